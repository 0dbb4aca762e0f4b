"""Finds the article: lines of running text, and the stretch that holds most of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from cleaner.model import Label, Page, Proposal
from cleaner.structure import runs
from cleaner.voices import by_rules, for_lines

PROSE_WEIGHT = 0.7
LONG_PROSE_WEIGHT = 0.96
LONG_WIDTH = 200
CORE_WEIGHT = 0.24
SURROUNDED_WEIGHT = 0.4
SURROUNDED_LINES = 2
ANNOUNCED_WEIGHT = 0.8
ANNOUNCING_WIDTH = 40
# So many announcements of one list are heard; with all of them, a page of colons takes for ever.
MOST_ANNOUNCEMENTS = 8


def propose(page: Page) -> Iterator[Proposal]:
    """Body for running text, more inside the article's stretch, for what it surrounds, by rules."""
    spoken = by_rules("article", page, Label.BODY)
    return chain(spoken, _prose(page), _core(page), _surrounded(page), _announced(page))


def _prose(page: Page) -> Iterator[Proposal]:
    lines = page.structure.prose.nonzero()[0]
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
    prose = page.structure.prose[: None if heading is None else heading + 1].nonzero()[0]
    above, below = prose[:-1], prose[1:]
    between = (below - above > 1) & (below - above <= SURROUNDED_LINES + 1)
    for first, end in zip((above[between] + 1).tolist(), below[between].tolist(), strict=True):
        if not known[first] and not known[end - 1]:
            yield _body(first, end - 1, SURROUNDED_WEIGHT, "article.between", reason)


def _announced(page: Page) -> Iterator[Proposal]:
    """The list below a paragraph that ends in a colon, down to running text or a known phrase."""
    core, m = page.structure.core, page.measured
    if not core:
        return
    rows = slice(core[0], core[1] + 1)
    [opening] = (m.ends_colon[rows] & (m.width[rows] >= ANNOUNCING_WIDTH)).nonzero()
    if not len(opening):
        return
    opening += core[0]
    closing = np.append((page.structure.known | page.structure.prose).nonzero(), len(page))
    ends = closing[np.searchsorted(closing, opening + 1)]
    earlier = np.arange(len(ends)) - np.searchsorted(ends, ends)
    heard = (ends > opening + 1) & (earlier < MOST_ANNOUNCEMENTS)
    for i, end in zip(opening[heard].tolist(), ends[heard].tolist(), strict=True):
        reason = "is part of a list that the paragraph above announces"
        yield _body(i + 1, end - 1, ANNOUNCED_WEIGHT, "article.announced", reason)


def _body(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.BODY, weight, "article", rule, reason)
