"""Finds headlines of other articles: tickers, teaser lists, 'read also' lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from cleaner.headings import section_below
from cleaner.model import WEIGHS_NOTHING, Bools, Label, Page, Proposal
from cleaner.structure import runs
from cleaner.voices import by_rules, for_lines

RUN_LINES = 3
# Between an article's paragraphs only a long run of full headlines is no list of its own.
INSIDE_LINES = 7
# Alternating marks and headlines are a list by themselves from here on.
MARKED_RUN_LINES = 4
MARK_WIDTH = 3
SECTION_WEIGHT = 0.95
SECTION_OTHER_WEIGHT = 0.85
SECTION_SENTENCE_WEIGHT = 0.4
MARKED_WEIGHT = 0.97
# A run of this many headlines speaks as loudly as it can.
MANY_LINES = 7
# Items of a list have about this many words, headlines that many.
LIST_WORDS = 3.5
HEADLINE_WORDS = 5.5
# Even a long run of headlines may be the article's own list.
DOUBT = 0.15
# What a run of any short lines weighs at most on a page with the trappings of a whole web page.
LIST_WEIGHT = 0.2


def propose(page: Page) -> Iterator[Proposal]:
    """Ticker for known phrases, what follows their headings, and runs of headlines in any dress."""
    spoken = by_rules("ticker", page, Label.TICKER)
    return chain(spoken, _sections(page), _marked_runs(page), _runs(page))


def _sections(page: Page) -> Iterator[Proposal]:
    """The lines below headings such as 'Most read', headlines above all."""
    openings = [hit for hit in page.structure.openings if hit.label is Label.TICKER]
    if openings:
        weights = _section_weights(page)
        for hit in openings:
            below, reason = section_below(page, hit), f"follows {hit.rule}"
            heard = weights[below.start : below.stop]
            yield from for_lines(below, Label.TICKER, heard, "ticker.section", reason)


def _section_weights(page: Page) -> list[float]:
    sentence = page.measured.ends_sentence
    other = np.where(sentence, SECTION_SENTENCE_WEIGHT, SECTION_OTHER_WEIGHT)
    weights: list[float] = np.where(page.structure.headline_shaped, SECTION_WEIGHT, other).tolist()
    return weights


def _marked_runs(page: Page) -> Iterator[Proposal]:
    """'-' alone on the line above each headline."""
    alone = page.measured.only_marks & (page.measured.width <= MARK_WIDTH)
    pairs = alone[:-1] & page.structure.headline_shaped[1:]
    if not np.count_nonzero(pairs):
        return
    marked = np.zeros(len(page), np.bool_)
    marked[:-1] |= pairs
    marked[1:] |= pairs
    for first, last in runs(marked):
        if last - first + 1 >= MARKED_RUN_LINES:
            reason = "is one of a run of headlines with a mark above each"
            yield _ticker(first, last, MARKED_WEIGHT, "ticker.marked_run", reason)


def _runs(page: Page) -> Iterator[Proposal]:
    """Headlines in a row beside the article: plain, or behind bullets, numbers or times."""
    core = page.structure.core
    long = [run for run in runs(_others(page)) if run[1] - run[0] + 1 >= RUN_LINES]
    longest = int(page.measured.width[page.structure.paragraph].sum()) if long else 0
    for first, last in long:
        count = last - first + 1
        inside = core is not None and core[0] <= first and last <= core[1]
        if not inside or count >= INSIDE_LINES:
            likely = _likeness(page, first, last, longest) * min(count, MANY_LINES) / MANY_LINES
            if inside and (page.measured.ends_colon[first - 1] or likely < 1):
                continue  # a list that the article announces, or one of short lines
            teasers = likely * (1 - WEIGHS_NOTHING - DOUBT)
            least = 0.0 if inside else LIST_WEIGHT * page.structure.crowd
            weight = round(WEIGHS_NOTHING + max(teasers, least), 2)
            reason = f"is one of {count} headlines in a row"
            yield _ticker(first, last, weight, "ticker.run", reason)


def _others(page: Page) -> Bools:
    """Lines of a headline's shape, but for what may be the page's own."""
    own, likeliest = page.structure.headlines, page.structure.headline
    others = page.structure.headline_shaped.copy()
    if likeliest:
        others[[likeliest.line, *(candidate.line for candidate in own[-2:])]] = False
    return others


def _likeness(page: Page, first: int, last: int, longest: int) -> float:
    """How like headlines of other articles the lines of a run are, 0 to 1.

    Headlines are sentences without a full stop, items of a list are shorter; and where the run is
    longer than all running text (`longest`), it is what the page is about.
    """
    rows = slice(first, last + 1)
    if int(page.measured.width[rows].sum()) > longest:
        return 0.0
    words = int(page.measured.words[rows].sum()) / (last - first + 1)
    return min(1.0, max(0.0, (words - LIST_WORDS) / (HEADLINE_WORDS - LIST_WORDS)))


def _ticker(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.TICKER, weight, "ticker", rule, reason)
