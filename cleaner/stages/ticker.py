"""Finds headlines of other articles: tickers, teaser lists, 'read also' lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import WEIGHS_NOTHING, Label, Page, Proposal
from cleaner.stages.headline import best, headlines
from cleaner.stages.lines import (
    by_rules,
    core,
    crowd,
    is_headline,
    is_paragraph,
    runs,
    section_below,
)

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
    yield from by_rules("ticker", page, Label.TICKER)
    yield from _sections(page)
    yield from _marked_runs(page)
    yield from _runs(page)


def _sections(page: Page) -> Iterator[Proposal]:
    """The lines below a heading such as 'Most read', headlines above all."""
    headline, sentence = is_headline(page.measured), page.measured.ends_sentence
    for hit in page.hits_of(Label.TICKER):
        for i in section_below(page, hit) if hit.opens else ():
            other = SECTION_SENTENCE_WEIGHT if sentence[i] else SECTION_OTHER_WEIGHT
            weight = SECTION_WEIGHT if headline[i] else other
            yield _ticker(i, i, weight, "ticker.section", f"follows {hit.rule}")


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
    """Headlines in a row beside the article: plain, or behind bullets, numbers or times."""
    found, crowded = core(page), crowd(page)
    headline = is_headline(page.measured)
    own = headlines(page)
    if own:
        headline[[best(own).line, *(candidate.line for candidate in own[-2:])]] = False
    for first, last in runs(headline):
        count = last - first + 1
        inside = found is not None and found[0] <= first and last <= found[1]
        if count >= (INSIDE_LINES if inside else RUN_LINES):
            likely = _likeness(page, first, last) * min(count, MANY_LINES) / MANY_LINES
            teasers = likely * (1 - WEIGHS_NOTHING - DOUBT)
            weight = WEIGHS_NOTHING + max(teasers, 0.0 if inside else LIST_WEIGHT * crowded)
            if inside and (page.measured.ends_colon[first - 1] or likely < 1):
                continue  # a list that the article announces, or one of short lines
            reason = f"is one of {count} headlines in a row"
            yield _ticker(first, last, round(weight, 2), "ticker.run", reason)


def _likeness(page: Page, first: int, last: int) -> float:
    """How like headlines of other articles the lines of a run are, 0 to 1.

    Headlines are sentences without a full stop, items of a list are shorter; and where the run is
    longer than all running text, it is what the page is about.
    """
    m = page.measured
    prose = is_paragraph(page)
    if int(m.width[first : last + 1].sum()) > int(m.width[prose].sum()):
        return 0.0
    low, high = LIST_WORDS, HEADLINE_WORDS
    return float(np.clip((m.words[first : last + 1].mean() - low) / (high - low), 0, 1))


def _ticker(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.TICKER, weight, "ticker", rule, reason)
