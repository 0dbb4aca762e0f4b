"""Reader comments as a stream of their own: each with who wrote it and when, where that is said."""

from __future__ import annotations

import numpy as np

from cleaner.comments.plain import plain_comments
from cleaner.decide.decisions import Decisions
from cleaner.model import Document, Label
from cleaner.rows import Comment


def comments(document: Document, decisions: Decisions) -> tuple[Comment, ...]:
    """The comments of a document, in the order of its text; their lines are labelled comment.

    By the elements of the page if its markup has extents, else by its lines.
    """
    spoken = np.flatnonzero(decisions.labelled({Label.COMMENT})).tolist()
    if not spoken:
        return ()
    if document.markup is None or document.markup.extents is None:
        return tuple(plain_comments(document, spoken))
    from cleaner.comments.threads import tree_comments  # noqa: PLC0415  # text needs no HTML

    return tuple(tree_comments(document, decisions, spoken))
