"""Finds the article: lines of running text, and the stretch that holds most of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import NOISE, Bools, Label, Page, Proposal
from cleaner.stages.lines import KNOWN_WEIGHT, comments_heading, core, is_prose, runs

PROSE_WEIGHT = 0.7
LONG_PROSE_WEIGHT = 0.96
LONG_WIDTH = 200
CORE_WEIGHT = 0.24
SURROUNDED_WEIGHT = 0.4
ANNOUNCED_WEIGHT = 0.8
ANNOUNCING_WIDTH = 40


def propose(page: Page) -> Iterator[Proposal]:
    """Body for running text, more inside the article's stretch, and for what it surrounds."""
    yield from _prose(page)
    yield from _core(page)
    yield from _surrounded(page)
    yield from _announced(page)


def _prose(page: Page) -> Iterator[Proposal]:
    prose, width = page.measured.prose, page.measured.width
    for i in np.flatnonzero(is_prose(page.measured)):
        most = LONG_PROSE_WEIGHT if width[i] >= LONG_WIDTH else PROSE_WEIGHT
        weight = round(most * float(prose[i]), 2)
        yield _body(int(i), int(i), weight, "article.prose", "reads like running text")


def _core(page: Page) -> Iterator[Proposal]:
    found = core(page)
    if not found:
        return
    inside = np.zeros(len(page), np.bool_)
    inside[found[0] : found[1] + 1] = True
    for first, last in runs(inside & ~_known(page)):
        reason = "lies in the stretch with most running text"
        yield _body(first, last, CORE_WEIGHT, "article.core", reason)


def _surrounded(page: Page) -> Iterator[Proposal]:
    """One or two short lines between paragraphs: subheadings, quotes, list items."""
    prose, known = is_prose(page.measured), _known(page)
    end = comments_heading(page) or len(page)
    for first, last in runs(~prose):
        between = last - first < 2 and first > 0 and last < min(end, len(page) - 1)
        if between and not known[first : last + 1].any():
            yield _body(
                first, last, SURROUNDED_WEIGHT, "article.between", "stands between paragraphs"
            )


def _announced(page: Page) -> Iterator[Proposal]:
    """The list below a paragraph that ends in a colon."""
    found, known = core(page), _known(page)
    if not found:
        return
    m = page.measured
    prose = is_prose(m)
    opening = m.ends_colon & (m.width >= ANNOUNCING_WIDTH)
    for i in np.flatnonzero(opening[found[0] : found[1] + 1]) + found[0]:
        ends = np.flatnonzero((known | prose)[i + 1 :])
        last = int(i) + (int(ends[0]) if len(ends) else len(page) - 1 - int(i))
        if last > i:
            reason = "is part of a list that the paragraph above announces"
            yield _body(int(i) + 1, last, ANNOUNCED_WEIGHT, "article.announced", reason)


def _known(page: Page) -> Bools:
    """Lines with a known phrase of something that is not the article's text."""
    known = np.zeros(len(page), np.bool_)
    apart = NOISE | {Label.META}
    known[[h.line for h in page.hits if h.label in apart and h.weight >= KNOWN_WEIGHT]] = True
    return known


def _body(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.BODY, weight, "article", rule, reason)
