"""Finds the page's own headline, and the lines that say who wrote it and when."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cleaner.model import Label, Page, Proposal
from cleaner.stages.lines import HEADLINE_WIDTH, by_rules, core, first_paragraph

# The headline stands above the first paragraph, with little between: kicker, byline, date, caption.
LINES_ABOVE = 15
MIN_TITLE_LETTERS = 4
# Words of a headline that come back in the article's beginning make it its headline.
BEGINNING_CHARS = 2_000
MANY_SHARED_WORDS = 4
MIN_LIKENESS = 1.4
COPY_BONUS = 2.0
FOLLOWED_BONUS = 0.7
TOP_LINES = 4
MIN_COPY_CHARS = 10
DISTANCE_COST = 0.05
SHARED_WEIGHT = 0.98
NEAREST_WEIGHT = 0.35
# Pairs of letters stand for words where no spaces do; words are compared without their endings.
_PAIR_RE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]{2}")
_WORD_RE = regex.compile(r"[\p{L}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]]{4,}", regex.V1)
STEM_LETTERS = 6
_BETWEEN = (Label.META, Label.CAPTION, Label.BOILERPLATE, Label.COMMENT)
BESIDE_WEIGHT = 0.5
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
    first = first_paragraph(page, found)
    shared = {i: _shared_words(page, i, first) for i in _candidates(page, first)}
    best = max(shared, key=lambda i: (_likeness(page, i, shared[i], first), i), default=None)
    if best is None:
        return
    if _likeness(page, best, shared[best], first) >= MIN_LIKENESS:
        reason = f"{shared[best]} of its words come back in the article below"
        yield _proposal(best, SHARED_WEIGHT, "metadata.title", reason)
    nearest = max(shared)
    if not set(range(nearest + 1, first)) - _lines_of(page, *_BETWEEN):
        reason = "stands above the first paragraph"
        yield _proposal(nearest, NEAREST_WEIGHT, "metadata.nearest", reason)
    yield from _beside(page, min(best, nearest), first)


def _beside(page: Page, title: int, first: int) -> Iterator[Proposal]:
    """Bylines and dates between headline and first paragraph are the article's own."""
    for line in sorted(_lines_of(page, Label.META) & set(range(title, first))):
        reason = "stands between headline and article"
        yield Proposal(line, line, Label.META, BESIDE_WEIGHT, "metadata", "metadata.beside", reason)


def _lines_of(page: Page, *labels: Label) -> set[int]:
    return {hit.line for hit in page.hits_of(*labels)}


def _likeness(page: Page, line: int, shared: int, first: int) -> float:
    """How like the article's headline a line is.

    Its words come back in the article; it stands near, and reads like no sentence; the page's first
    lines hold it too, as the browser's title; byline, date or first paragraph follow at once.
    """
    m = page.measured
    words = max(1, len(_found_words(page.document.content(line))))
    likeness = min(shared, MANY_SHARED_WORDS) + shared / words - DISTANCE_COST * (first - line)
    likeness += COPY_BONUS * _is_browser_title(page, line)
    followed = line + 1 == first or any(h.line == line + 1 for h in page.hits_of(Label.META))
    likeness += FOLLOWED_BONUS * followed
    return likeness * (0.5 if m.ends_sentence[line] and not m.ends_loudly[line] else 1.0)


def _is_browser_title(page: Page, line: int) -> bool:
    """Whether one of the page's first lines, further up, holds this line's text."""
    text = page.document.content(line).casefold()
    top = range(min(TOP_LINES, line))
    return len(text) >= MIN_COPY_CHARS and any(
        text in page.document.content(i).casefold() for i in top
    )


def _candidates(page: Page, first: int) -> Iterator[int]:
    m = page.measured
    other = _lines_of(page, Label.META, Label.BOILERPLATE, Label.TICKER, Label.CAPTION)
    for i in range(max(0, first - LINES_ABOVE), first):
        if (
            m.letters[i] >= MIN_TITLE_LETTERS
            and m.width[i] <= 2 * HEADLINE_WIDTH
            and i not in other
        ):
            yield i


def _shared_words(page: Page, line: int, first: int) -> int:
    beginning = page.document.text[page.document.lines[first].start :][:BEGINNING_CHARS]
    words = _found_words(beginning)
    return len(words & _found_words(page.document.content(line)))


def _found_words(text: str) -> set[str]:
    lowered = text.lower()
    words = {word[:STEM_LETTERS] for word in _WORD_RE.findall(lowered)}
    return words | set(_PAIR_RE.findall(lowered, overlapped=True))


def _proposal(line: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(line, line, Label.TITLE, weight, "metadata", rule, reason)
