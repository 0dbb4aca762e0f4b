"""Finds reader comments: from their heading or their voices to where they end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Label
from cleaner.page.pages import Pages
from cleaner.stages.voices import Voices, by_rules, for_runs

SECTION_WEIGHT = 0.98
# Voices of commenters (names, dates, 'Reply') this near to each other belong to one thread.
THREAD_GAP_LINES = 8
THREAD_VOICES = 3
THREAD_LINES_PER_VOICE = 4
THREAD_WEIGHT = 0.95


def propose(pages: Pages) -> Iterator[Voices]:
    """Comment for known phrases, what is in a section of comments, and what voices frame."""
    yield by_rules("comments", pages, Label.COMMENT)
    yield _sections(pages)
    yield _threads(pages)


def _sections(pages: Pages) -> Voices:
    """Everything below the heading; what ends the page speaks for itself."""
    headings = ((i, page.structure.comments_heading) for i, page in enumerate(pages.pages))
    rows = [(i, heading) for i, heading in headings if heading is not None]
    page, line = np.asarray(rows, np.intp).reshape(-1, 2).T
    first, last = pages.places.starts[page] + line, pages.places.ends[page] - 1
    above, reason = first < last, "is in a section of comments"
    return for_runs(
        (first[above], last[above]), Label.COMMENT, SECTION_WEIGHT, "comments.section", reason
    )


def _threads(pages: Pages) -> Voices:
    hits = pages.hits
    lines = np.unique(hits.lines[hits.labelled(Label.COMMENT) & ~hits.opens])
    page = pages.places.page[lines]
    apart = (np.diff(lines) > THREAD_GAP_LINES) | (np.diff(page) > 0)
    begins = np.flatnonzero(np.append(np.ones(min(1, len(lines)), np.bool_), apart))
    counts = np.diff(begins, append=len(lines))
    first, last = lines[begins], lines[begins + counts - 1]
    heard = (counts >= THREAD_VOICES) & (last - first <= THREAD_LINES_PER_VOICE * counts)
    return for_runs(
        (first[heard], last[heard]),
        Label.COMMENT,
        THREAD_WEIGHT,
        "comments.thread",
        [f"{count} voices around it" for count in counts[heard].tolist()],
    )
