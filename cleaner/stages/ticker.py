"""Finds headlines of other articles: tickers, teaser lists, 'read also' lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Bools, Label, Page, Proposal
from cleaner.stages.lines import by_rules, core, crowd, is_headline, is_prose, runs

RUN_LINES = 3
# Alternating marks and headlines are a list by themselves from here on.
MARKED_RUN_LINES = 4
MARK_WIDTH = 3
SECTION_LINES = 30
SECTION_WEIGHT = 0.6
MARKED_WEIGHT = 0.95
# A run of this many headlines speaks as loudly as it can.
MANY_LINES = 10
# Headlines are about this long; the lines of a list or table are shorter.
TEASER_WORDS = 4.5
# What such lines still weigh on a page without any of the trappings of a whole web page.
SHORT_LINES_SHARE = 0.4


def propose(page: Page) -> Iterator[Proposal]:
    """Ticker for known phrases, what follows their headings, and runs of headlines in any dress."""
    yield from by_rules("ticker", page, Label.TICKER)
    yield from _sections(page)
    yield from _marked_runs(page)
    yield from _runs(page)


def _sections(page: Page) -> Iterator[Proposal]:
    """The headlines below a heading such as 'Most read', up to the next running text."""
    ends = is_prose(page.measured)
    for hit in page.hits_of(Label.TICKER):
        if hit.opens:
            last = _section_end(hit.line, ends)
            if last > hit.line:
                reason = f"follows {hit.rule}"
                yield _ticker(hit.line + 1, last, SECTION_WEIGHT, "ticker.section", reason)


def _section_end(start: int, ends: Bools) -> int:
    below = ends[start + 1 : start + 1 + SECTION_LINES]
    prose = np.flatnonzero(below)
    return start + (int(prose[0]) if len(prose) else len(below))


def _marked_runs(page: Page) -> Iterator[Proposal]:
    """'-' alone on the line above each headline."""
    alone = page.measured.only_marks & (page.measured.width <= MARK_WIDTH)
    pairs = alone[:-1] & is_headline(page.measured)[1:]
    marked = np.zeros(len(page), np.bool_)
    marked[:-1] |= pairs
    marked[1:] |= pairs
    for first, last in runs(marked):
        if last - first + 1 >= MARKED_RUN_LINES:
            reason = "is one of a run of headlines with a mark above each"
            yield _ticker(first, last, MARKED_WEIGHT, "ticker.marked_run", reason)


def _runs(page: Page) -> Iterator[Proposal]:
    """Headlines one below the other, plain, behind bullets, numbers or times, beside the article."""
    found, crowded = core(page), crowd(page)
    for first, last in runs(is_headline(page.measured)):
        count = last - first + 1
        inside = found is not None and found[0] <= first and last <= found[1]
        if count >= RUN_LINES and not inside:
            weight = 0.3 + 0.5 * min(count, MANY_LINES) / MANY_LINES
            if page.measured.words[first : last + 1].mean() < TEASER_WORDS:
                weight *= SHORT_LINES_SHARE + (1 - SHORT_LINES_SHARE) * crowded
            reason = f"is one of {count} headlines in a row"
            yield _ticker(first, last, round(weight, 2), "ticker.run", reason)


def _ticker(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.TICKER, weight, "ticker", rule, reason)
