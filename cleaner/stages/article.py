"""Finds the article: lines of running text, and the stretch that holds most of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Label, Page, Proposal
from cleaner.structure import runs
from cleaner.voices import for_lines

PROSE_WEIGHT = 0.7
LONG_PROSE_WEIGHT = 0.96
LONG_WIDTH = 200
CORE_WEIGHT = 0.24
SURROUNDED_WEIGHT = 0.4
ANNOUNCED_WEIGHT = 0.8
ANNOUNCING_WIDTH = 40
# So many announcements of one list are heard; with all of them, a page of colons takes for ever.
MOST_ANNOUNCEMENTS = 8


def propose(page: Page) -> Iterator[Proposal]:
    """Body for running text, more inside the article's stretch, and for what it surrounds."""
    yield from _prose(page)
    yield from _core(page)
    yield from _surrounded(page)
    yield from _announced(page)


def _prose(page: Page) -> Iterator[Proposal]:
    lines = np.flatnonzero(page.structure.prose)
    most = np.where(page.measured.width[lines] >= LONG_WIDTH, LONG_PROSE_WEIGHT, PROSE_WEIGHT)
    weights = [round(weight, 2) for weight in (most * page.measured.prose[lines]).tolist()]
    reason = "reads like running text"
    return for_lines(lines.tolist(), Label.BODY, weights, "article.prose", reason)


def _core(page: Page) -> Iterator[Proposal]:
    core = page.structure.core
    if not core:
        return
    reason = "lies in the stretch with most running text"
    for first, last in runs(~page.structure.known[core[0] : core[1] + 1]):
        yield _body(core[0] + first, core[0] + last, CORE_WEIGHT, "article.core", reason)


def _surrounded(page: Page) -> Iterator[Proposal]:
    """One or two short lines between paragraphs: subheadings, quotes, list items."""
    known, reason = page.structure.known, "stands between paragraphs"
    heading = page.structure.comments_heading
    prose = np.flatnonzero(page.structure.prose[: None if heading is None else heading + 1])
    between = np.diff(prose) - 1
    for i in np.flatnonzero((between == 1) | (between == 2)).tolist():
        first, last = int(prose[i]) + 1, int(prose[i + 1]) - 1
        if not known[first] and not known[last]:
            yield _body(first, last, SURROUNDED_WEIGHT, "article.between", reason)


def _announced(page: Page) -> Iterator[Proposal]:
    """The list below a paragraph that ends in a colon, down to running text or a known phrase."""
    core, m = page.structure.core, page.measured
    if not core:
        return
    rows = slice(core[0], core[1] + 1)
    opening = np.flatnonzero(m.ends_colon[rows] & (m.width[rows] >= ANNOUNCING_WIDTH)) + core[0]
    if not len(opening):
        return
    closing = np.append(np.flatnonzero(page.structure.known | page.structure.prose), len(page))
    ends = closing[np.searchsorted(closing, opening + 1)]
    earlier = np.arange(len(ends)) - np.searchsorted(ends, ends)
    heard = (ends > opening + 1) & (earlier < MOST_ANNOUNCEMENTS)
    for i, end in zip(opening[heard].tolist(), ends[heard].tolist(), strict=True):
        reason = "is part of a list that the paragraph above announces"
        yield _body(i + 1, end - 1, ANNOUNCED_WEIGHT, "article.announced", reason)


def _body(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.BODY, weight, "article", rule, reason)
