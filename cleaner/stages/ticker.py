"""Finds headlines of other articles: tickers, teaser lists, 'read also' lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.measure.places import Positions, sums_before
from cleaner.model import WEIGHS_NOTHING, Bools, Label, Scores
from cleaner.page.headings import below_headings
from cleaner.page.pages import Pages
from cleaner.stages.voices import Voices, by_rules, for_lines, for_runs, rounded

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


def propose(pages: Pages) -> Iterator[Voices]:
    """Ticker for known phrases, what follows their headings, and runs of headlines in any dress."""
    yield by_rules("ticker", pages, Label.TICKER)
    yield _sections(pages)
    yield _marked_runs(pages)
    yield _runs(pages)


def _sections(pages: Pages) -> Voices:
    """The lines below headings such as 'Most read', headlines above all."""
    sentence = pages.measured.ends_sentence
    other = np.where(sentence, SECTION_SENTENCE_WEIGHT, SECTION_OTHER_WEIGHT)
    weights = np.where(pages.headline_shaped, SECTION_WEIGHT, other)
    lines, reasons = below_headings(pages, Label.TICKER)
    return for_lines(lines, Label.TICKER, weights[lines], "ticker.section", reasons)


def _marked_runs(pages: Pages) -> Voices:
    """'-' alone on the line above each headline."""
    alone = pages.measured.only_marks & (pages.measured.width <= MARK_WIDTH)
    page = pages.places.page
    pairs = alone[:-1] & pages.headline_shaped[1:] & (page[:-1] == page[1:])
    marked = np.zeros(len(pages), np.bool_)
    marked[:-1] |= pairs
    marked[1:] |= pairs
    first, last = pages.places.runs(marked)
    long = last - first + 1 >= MARKED_RUN_LINES
    reason = "is one of a run of headlines with a mark above each"
    return for_runs(
        (first[long], last[long]), Label.TICKER, MARKED_WEIGHT, "ticker.marked_run", reason
    )


def _runs(pages: Pages) -> Voices:
    """Headlines in a row beside the article: plain, or behind bullets, numbers or times."""
    first, last = pages.places.runs(_others(pages))
    inside = pages.in_core(first) & pages.in_core(last)
    long = last - first + 1 >= np.where(inside, INSIDE_LINES, RUN_LINES)
    first, last, inside = first[long], last[long], inside[long]
    count = last - first + 1
    likely = _likeness(pages, first, last) * np.minimum(count, MANY_LINES) / MANY_LINES
    # No list that the article announces, and none of short lines.
    announced = pages.measured.ends_colon[first - 1] & (first > pages.places.first[first])
    heard = ~inside | (~announced & (likely >= 1))
    teasers = likely * (1 - WEIGHS_NOTHING - DOUBT)
    least = np.where(inside, 0.0, LIST_WEIGHT * pages.crowd[pages.places.page[first]])
    weights = rounded((WEIGHS_NOTHING + np.maximum(teasers, least))[heard])
    reasons = [f"is one of {n} headlines in a row" for n in count[heard].tolist()]
    return for_runs((first[heard], last[heard]), Label.TICKER, weights, "ticker.run", reasons)


def _others(pages: Pages) -> Bools:
    """Lines of a headline's shape, but for what may be the page's own."""
    others = pages.headline_shaped.copy()
    for page, start in zip(pages.pages, pages.places.starts.tolist(), strict=True):
        likeliest, own = page.structure.headline, page.structure.headlines[-2:]
        if likeliest:
            others[[start + headline.line for headline in (likeliest, *own)]] = False
    return others


def _likeness(pages: Pages, first: Positions, last: Positions) -> Scores:
    """How like headlines of other articles the lines of runs are, 0 to 1.

    Headlines are sentences without a full stop, items of a list are shorter; and where a run is
    longer than all running text, it is what the page is about.
    """
    m, page = pages.measured, pages.places.page
    text = np.bincount(page[pages.paragraph], m.width[pages.paragraph], len(pages.pages))
    widths, words = sums_before(m.width), sums_before(m.words)
    mean = (words[last + 1] - words[first]) / (last - first + 1)
    likely = np.clip((mean - LIST_WORDS) / (HEADLINE_WORDS - LIST_WORDS), 0.0, 1.0)
    return np.where(widths[last + 1] - widths[first] > text[page[first]], 0.0, likely)
