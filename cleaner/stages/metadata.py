"""Finds the page's own headline, and the lines that say who wrote it and when."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import regex

from cleaner.model import Label, Page, Proposal
from cleaner.stages.lines import HEADLINE_WIDTH, by_rules, core, is_prose

# The headline stands above the first paragraph, with little between: kicker, byline, date, caption.
LINES_ABOVE = 8
MIN_TITLE_LETTERS = 8
# Words of a headline that come back in the article's beginning make it its headline.
BEGINNING_CHARS = 2_000
SHARED_WEIGHT = 0.95
NEAREST_WEIGHT = 0.6
_WORD_RE = regex.compile(r"\p{L}{4,}|[\p{Han}\p{Hiragana}\p{Katakana}]{2}")
_DATE_PREFIX_RE = regex.compile(r"date:?\s+\d{4}-\d\d(?:-\d\d)?|\ufeff")


def propose(page: Page) -> Iterator[Proposal]:
    """Meta for known phrases and the prefix of crawl dumps, title for the headline."""
    yield from by_rules("metadata", page, Label.META, Label.TITLE, Label.CAPTION)
    yield from _prefix(page)
    yield from _title(page)


def _prefix(page: Page) -> Iterator[Proposal]:
    for i in range(min(2, len(page))):
        if _DATE_PREFIX_RE.fullmatch(page.document.content(i)):
            yield Proposal(
                i,
                i,
                Label.META,
                1.0,
                "metadata",
                "metadata.prefix",
                "is the prefix of a crawl dump",
            )


def _title(page: Page) -> Iterator[Proposal]:
    found = core(page)
    if not found:
        return
    first = _first_paragraph(page, found)
    scores = {i: _shared_words(page, i, first) for i in _candidates(page, first)}
    best = max(scores, key=lambda i: (scores[i], i), default=None)
    if best is None:
        return
    if scores[best] >= 2:
        reason = f"{scores[best]} of its words come back in the article below"
        yield _proposal(best, SHARED_WEIGHT, "metadata.title", reason)
    elif best == first - 1:
        yield _proposal(
            best, NEAREST_WEIGHT, "metadata.nearest", "stands above the first paragraph"
        )


def _first_paragraph(page: Page, found: tuple[int, int]) -> int:
    prose = np.flatnonzero(is_prose(page.measured)[found[0] : found[1] + 1])
    return found[0] + int(prose[0]) if len(prose) else found[0]


def _candidates(page: Page, first: int) -> Iterator[int]:
    m = page.measured
    meta = {hit.line for hit in page.hits_of(Label.META, Label.BOILERPLATE, Label.TICKER)}
    for i in range(max(0, first - LINES_ABOVE), first):
        if (
            m.letters[i] >= MIN_TITLE_LETTERS
            and m.words[i] >= 2
            and m.width[i] <= 2 * HEADLINE_WIDTH
            and i not in meta
        ):
            yield i


def _shared_words(page: Page, line: int, first: int) -> int:
    beginning = page.document.text[page.document.lines[first].start :][:BEGINNING_CHARS]
    words = set(_WORD_RE.findall(beginning.lower()))
    return len(words & set(_WORD_RE.findall(page.document.content(line).lower())))


def _proposal(line: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(line, line, Label.TITLE, weight, "metadata", rule, reason)
