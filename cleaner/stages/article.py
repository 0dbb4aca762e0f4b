"""Finds the article: lines of running text, and the stretch that holds most of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import NOISE, Label, Page, Proposal
from cleaner.stages.lines import comments_heading, core, is_prose, runs

PROSE_WEIGHT = 0.65
LONG_PROSE_WEIGHT = 0.9
LONG_WIDTH = 200
CORE_WEIGHT = 0.35
SURROUNDED_WEIGHT = 0.6
# A known phrase of noise between paragraphs is no subheading.
KNOWN_WEIGHT = 0.5


def propose(page: Page) -> Iterator[Proposal]:
    """Body for running text, more inside the article's stretch, and for what it surrounds."""
    yield from _prose(page)
    yield from _core(page)
    yield from _surrounded(page)


def _prose(page: Page) -> Iterator[Proposal]:
    prose, width = page.measured.prose, page.measured.width
    for i in np.flatnonzero(is_prose(page.measured)):
        most = LONG_PROSE_WEIGHT if width[i] >= LONG_WIDTH else PROSE_WEIGHT
        weight = round(most * float(prose[i]), 2)
        yield _body(int(i), int(i), weight, "article.prose", "reads like running text")


def _core(page: Page) -> Iterator[Proposal]:
    if found := core(page):
        yield _body(
            *found, CORE_WEIGHT, "article.core", "lies in the stretch with most running text"
        )


def _surrounded(page: Page) -> Iterator[Proposal]:
    """One or two short lines between paragraphs: subheadings, quotes, list items."""
    prose = is_prose(page.measured)
    known = {hit.line for hit in page.hits if hit.label in NOISE and hit.weight >= KNOWN_WEIGHT}
    end = comments_heading(page) or len(page)
    for first, last in runs(~prose):
        between = last - first < 2 and first > 0 and last < min(end, len(page) - 1)
        if between and not known & set(range(first, last + 1)):
            yield _body(
                first, last, SURROUNDED_WEIGHT, "article.between", "stands between paragraphs"
            )


def _body(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.BODY, weight, "article", rule, reason)
