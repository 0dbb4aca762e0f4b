"""The tree of a page with what is said in its comments: elements by their place in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.decide.decisions import Decisions
from cleaner.markup import Block, Bools, Places
from cleaner.model import Document, Label

# Elements beside comments that say who and when may carry these labels.
_BESIDE = (Label.COMMENT, Label.META, Label.BOILERPLATE, Label.CAPTION, Label.SPAM)
_STOPS = (Block.FORM, *(block for block in Block if block >= Block.HEADING_1))
# Who and when stand this near to a line of comments.
NEAR_LINES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """The elements of a page; all lists have one row an element unless they say otherwise."""

    document: Document
    tags: Sequence[str]
    parents: Sequence[int]
    starts: Sequence[int]  # in the page's text
    ends: Sequence[int]
    free: Sequence[bool]  # whether it holds nothing of the article
    own_lines: Sequence[int]  # the element each line begins in; shape (lines,)
    line_starts: Sequence[int]  # shape (lines,)
    line_ends: Sequence[int]
    content_starts: Sequence[int]  # the starts behind list marks
    stops_before: Sequence[int]  # headings and forms before each line; shape (lines + 1,)

    def text(self, element: int) -> str:
        """What an element holds."""
        return self.document.text[self.starts[element] : self.ends[element]]

    def above(self, element: int) -> Iterator[int]:
        """An element and all that hold it, the innermost first."""
        while True:
            yield element
            if self.parents[element] == element:
                return
            element = self.parents[element]

    def holds(self, element: int, start: int, end: int) -> bool:
        """Whether a stretch of the text lies in an element."""
        return self.starts[element] <= start and end <= self.ends[element]

    def common(self, elements: Sequence[int]) -> int:
        """The innermost element that holds all of these."""
        start = min(self.starts[element] for element in elements)
        end = max(self.ends[element] for element in elements)
        return next(e for e in self.above(elements[0]) if self.holds(e, start, end) or not e)

    def line_of(self, place: int) -> int:
        """The line that begins at a place of the text, or holds it."""
        return max(0, bisect_left(self.line_starts, place + 1) - 1)

    def stops(self, element: int) -> int:
        """How many lines of headings and forms an element has."""
        last = self.line_of(self.ends[element] - 1)
        return self.stops_before[last + 1] - self.stops_before[self.line_of(self.starts[element])]


def tree_of(document: Document, decisions: Decisions) -> Tree:
    """The tree of a page whose markup has extents."""
    markup = document.markup
    if markup is None or markup.extents is None:
        raise ValueError(f"{document.id}: its markup has no extents; ask for them when it is read")
    starts, ends = markup.extents.T
    return Tree(
        document=document,
        tags=markup.tags,
        parents=markup.parents.tolist(),
        starts=starts.tolist(),
        ends=ends.tolist(),
        free=_free(document, ~decisions.labelled(_BESIDE), starts, ends).tolist(),
        own_lines=markup.elements.tolist(),
        line_starts=document.lines.starts.tolist(),
        line_ends=document.lines.ends.tolist(),
        content_starts=(document.lines.starts + markup.marks).tolist(),
        stops_before=[0, *np.cumsum(np.isin(markup.blocks, _STOPS)).tolist()],
    )


def _free(document: Document, others: Bools, starts: Places, ends: Places) -> Bools:
    """Which stretches of the text hold none of the other lines."""
    before = np.concatenate([[0], np.cumsum(others)])
    first = np.searchsorted(document.lines.ends, starts, side="right")
    last = np.searchsorted(document.lines.starts, ends, side="left")
    return np.asarray(before[np.maximum(first, last)] == before[first])


def near(tree: Tree, spoken: Sequence[int]) -> list[int]:
    """The elements with text that hold nothing of the article, in and around these lines."""
    lines = tree.document.lines
    start = int(lines.starts[max(0, spoken[0] - NEAR_LINES)])
    end = int(lines.ends[min(len(lines) - 1, spoken[-1] + NEAR_LINES)])
    return [
        e
        for e, (own_start, own_end) in enumerate(zip(tree.starts, tree.ends, strict=True))
        if tree.free[e] and start <= own_start < own_end <= end
    ]
