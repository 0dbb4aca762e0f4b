"""Finds headlines of other articles: tickers, teaser lists, 'read also' lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Bools, Label, Page, Proposal
from cleaner.stages.lines import by_rules, core, crowd, is_headline, is_prose, runs

RUN_LINES = 3
# Alternating marks and headlines are a list by themselves from here on.
MARKED_RUN_LINES = 4
SECTION_LINES = 30


def propose(page: Page) -> Iterator[Proposal]:
    """Ticker for known phrases, what follows their headings, and runs of headlines in any dress."""
    yield from by_rules("ticker", page, Label.TICKER)
    yield from _sections(page)
    yield from _marked_runs(page)
    yield from _plain_runs(page)


def _sections(page: Page) -> Iterator[Proposal]:
    """The headlines below a heading such as 'Most read', up to the next running text."""
    ends = is_prose(page.measured)
    for hit in page.hits_of(Label.TICKER):
        if hit.opens:
            last = _section_end(hit.line, ends)
            if last > hit.line:
                yield _ticker(hit.line + 1, last, 0.6, "ticker.section", f"follows {hit.rule}")


def _section_end(start: int, ends: Bools) -> int:
    following = np.flatnonzero(ends[start + 1 : start + 1 + SECTION_LINES])
    return start + (
        int(following[0]) if len(following) else min(SECTION_LINES, len(ends) - start - 1)
    )


def _marked_runs(page: Page) -> Iterator[Proposal]:
    """'-' alone on the line above each headline; or each headline behind a bullet."""
    alone = page.measured.only_marks & (page.measured.width <= 3)
    headline = _like_headline(page)
    pair = np.zeros(len(page), np.bool_)
    pairs = alone[:-1] & headline[1:]
    pair[:-1] |= pairs
    pair[1:] |= pairs
    for first, last in runs(pair):
        if last - first + 1 >= MARKED_RUN_LINES:
            yield _ticker(first, last, 0.95, "ticker.marked_run", "headlines, a mark above each")
    bulleted = page.measured.starts_bullet & headline
    for first, last in runs(bulleted):
        if last - first + 1 >= RUN_LINES:
            weight = 0.3 if _inside_core(page, first, last) else 0.3 + 0.5 * crowd(page)
            yield _ticker(first, last, weight, "ticker.bulleted_run", "headlines behind bullets")


def _plain_runs(page: Page) -> Iterator[Proposal]:
    for first, last in runs(_like_headline(page)):
        count = last - first + 1
        if count >= RUN_LINES and not _inside_core(page, first, last):
            weight = min(0.75, 0.3 + 0.05 * count) * (0.4 + 0.6 * crowd(page))
            yield _ticker(first, last, weight, "ticker.run", f"{count} headlines in a row")


def _like_headline(page: Page) -> Bools:
    return is_headline(page.measured)


def _inside_core(page: Page, first: int, last: int) -> bool:
    found = core(page)
    return found is not None and found[0] <= first and last <= found[1]


def _ticker(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.TICKER, round(weight, 2), "ticker", rule, reason)
