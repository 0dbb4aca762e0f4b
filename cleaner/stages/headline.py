"""Where the page's own headline stands: asked by the stage that names it and by those beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from cleaner.model import Label, Page
from cleaner.segment import prefix_lines
from cleaner.stages.lines import HEADLINE_WIDTH, core, first_paragraph

# The headline stands above the first paragraph, with little between: kicker, byline, date, caption.
LINES_ABOVE = 15
MIN_LETTERS = 4
# Words of a headline that come back in this much of the article make it its headline.
BEGINNING_CHARS = 2_000
MANY_SHARED_WORDS = 4
# What makes a line more or less like a headline, in shared words; found by trying on gold pages.
MIN_LIKENESS = 1.4
COPY_BONUS = 2.0
FOLLOWED_BONUS = 0.7
FIRST_BONUS = 1.0
DISTANCE_COST = 0.05
SENTENCE_SHARE = 0.5
# The browser's title is among the page's first lines.
TOP_LINES = 4
# A page that comes to its article within this many lines begins with its headline.
NEAR_LINES = 4
MIN_COPY_CHARS = 10
# Pairs of letters stand for words where no spaces do; words are compared without their endings.
_PAIR_RE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]{2}")
_WORD_RE = regex.compile(r"[\p{L}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]]{4,}", regex.V1)
STEM_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Headline:
    """A candidate: its line, how many of its words come back, and how like a headline it is."""

    line: int
    shared: int
    likeness: float

    @property
    def is_likely(self) -> bool:
        """Whether it may be called the headline without further evidence."""
        return self.likeness >= MIN_LIKENESS


def headlines(page: Page) -> list[Headline]:
    """The lines above the article that may be its headline, from top to bottom."""
    found = core(page)
    if not found:
        return []
    first = first_paragraph(page, found)
    article = _words(page.document.text[page.document.lines[first].start :][:BEGINNING_CHARS])
    meta = {hit.line for hit in page.hits_of(Label.META)}
    return [_headline(page, i, first, article, meta) for i in _candidates(page, first)]


def best(candidates: Sequence[Headline]) -> Headline:
    """The likeliest of some candidates; of equals the one nearest to the article."""
    return max(candidates, key=lambda headline: (headline.likeness, headline.line))


def _candidates(page: Page, first: int) -> Iterator[int]:
    m = page.measured
    others = page.hits_of(Label.META, Label.BOILERPLATE, Label.TICKER, Label.CAPTION)
    other = {hit.line for hit in others}
    for i in range(max(prefix_lines(page.document), first - LINES_ABOVE), first):
        if m.letters[i] >= MIN_LETTERS and m.width[i] <= 2 * HEADLINE_WIDTH and i not in other:
            yield i


def _headline(page: Page, line: int, first: int, article: set[str], meta: set[int]) -> Headline:
    """How like the article's headline a line is.

    Its words come back in the article; it stands near, and reads like no sentence; the page's first
    lines hold it too, as the browser's title; byline, date or first paragraph follow at once; or
    the page begins with it and comes to the article soon.
    """
    m = page.measured
    words = _words(page.document.content(line))
    shared = len(words & article)
    likeness = min(shared, MANY_SHARED_WORDS) + shared / max(1, len(words))
    likeness -= DISTANCE_COST * (first - line)
    likeness += COPY_BONUS * _is_browser_title(page, line)
    likeness += FOLLOWED_BONUS * (line + 1 == first or line + 1 in meta)
    likeness += FIRST_BONUS * (line == prefix_lines(page.document) and first - line <= NEAR_LINES)
    if m.ends_sentence[line] and not m.ends_loudly[line]:
        likeness *= SENTENCE_SHARE
    return Headline(line, shared, likeness)


def _is_browser_title(page: Page, line: int) -> bool:
    """Whether one of the page's first lines, further up, holds this line's text."""
    text = page.document.content(line).casefold()
    above = (page.document.content(i).casefold() for i in range(min(TOP_LINES, line)))
    return len(text) >= MIN_COPY_CHARS and any(text in other for other in above)


def _words(text: str) -> set[str]:
    lowered = text.lower()
    words = {word[:STEM_LETTERS] for word in _WORD_RE.findall(lowered)}
    return words | set(_PAIR_RE.findall(lowered, overlapped=True))
