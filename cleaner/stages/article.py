"""Finds the article: lines of running text, and the stretch that holds most of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Label
from cleaner.page.pages import Pages
from cleaner.stages.voices import Voices, by_rules, for_lines, for_runs, rounded

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


def propose(pages: Pages) -> Iterator[Voices]:
    """Body for running text, more inside the article's stretch, for what it surrounds, by rules."""
    yield by_rules("article", pages, Label.BODY)
    yield _prose(pages)
    yield _core(pages)
    yield _surrounded(pages)
    yield _announced(pages)


def _prose(pages: Pages) -> Voices:
    lines = np.flatnonzero(pages.prose)
    most = np.where(pages.measured.width[lines] >= LONG_WIDTH, LONG_PROSE_WEIGHT, PROSE_WEIGHT)
    weights = rounded(most * pages.measured.prose[lines])
    return for_lines(lines, Label.BODY, weights, "article.prose", "reads like running text")


def _core(pages: Pages) -> Voices:
    first, last = pages.places.runs(pages.core & ~pages.known)
    reason = "lies in the stretch with most running text"
    return for_runs((first, last), Label.BODY, CORE_WEIGHT, "article.core", reason)


def _surrounded(pages: Pages) -> Voices:
    """One or two short lines between paragraphs: subheadings, quotes, list items."""
    prose = np.flatnonzero(pages.prose)
    above, below = prose[:-1], prose[1:]
    # Not below the heading of reader comments, which ends the page's article.
    headings = (page.structure.comments_heading for page in pages.pages)
    ends = [len(pages) if heading is None else heading for heading in headings]
    page, starts = pages.places.page, pages.places.starts
    between = (below - above > 1) & (below - above <= SURROUNDED_LINES + 1)
    between &= (page[above] == page[below]) & (below <= (starts + ends)[page[below]])
    first, last = above[between] + 1, below[between] - 1
    unknown = ~(pages.known[first] | pages.known[last])
    reason = "stands between paragraphs"
    return for_runs(
        (first[unknown], last[unknown]), Label.BODY, SURROUNDED_WEIGHT, "article.between", reason
    )


def _announced(pages: Pages) -> Voices:
    """The list below a paragraph that ends in a colon, down to running text or a known phrase."""
    m, reason = pages.measured, "is part of a list that the paragraph above announces"
    opening = np.flatnonzero(m.ends_colon & (m.width >= ANNOUNCING_WIDTH))
    opening = opening[pages.in_core(opening)]
    closing = np.append(np.flatnonzero(pages.known | pages.prose), len(pages))
    ends = closing[np.searchsorted(closing, opening + 1)]
    ends = np.minimum(ends, pages.places.end[opening])
    earlier = np.arange(len(ends)) - np.searchsorted(ends, ends)
    heard = (ends > opening + 1) & (earlier < MOST_ANNOUNCEMENTS)
    first, last = opening[heard] + 1, ends[heard] - 1
    return for_runs((first, last), Label.BODY, ANNOUNCED_WEIGHT, "article.announced", reason)
