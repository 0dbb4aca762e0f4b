"""Articles with lines of other languages: some that are spam, and some that are the article's own.

Short foreign lines in runs are somebody else's, wherever they stand; a lone one inside the article
is a quotation or a title; and where paragraphs are in two languages, the article is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from cleaner.evaluate.mixed import BLOCK_LINES, gaps, run, with_runs
from cleaner.gold import GoldLine
from cleaner.model import Label

# The articles that have runs, of these those with a block as well, and the blocks that stand above.
RUNS_SHARE, BLOCK_SHARE, ABOVE_SHARE = 0.75, 0.4, 0.3
# The lone lines that an article quotes, and how many of these stand in quotation marks.
QUOTATIONS, QUOTED_SHARE = (1, 3), 0.5
# Paragraphs of the other language: so many, of so many sentences; half of the pages have one
# language below the other, half have them by turns.
PARAGRAPHS, SENTENCES, BY_TURNS_SHARE = (2, 8), (3, 6), 0.5
# Short lines by turns, as in a list of words with their translations.
PAIRS_SHARE, PAIRS = 0.2, (3, 10)
_QUOTES = ("„{}“", "“{}”", "«{}»", '"{}"', "»{}«", "「{}」")

Lines = list[GoldLine]
Texts = Mapping[str | None, Sequence[str]]
"""Short lines by language."""


def with_foreign(article: Lines, texts: Texts, language: str | None, rng: random.Random) -> Lines:
    """An article with foreign runs between its lines, a block above or below, or both."""
    others = _others(texts, language)
    if not others:
        return article
    drawn = [texts[name] for name in others]
    has_runs = rng.random() < RUNS_SHARE
    found = with_runs(article, drawn, rng) if has_runs else list(article)
    if has_runs and rng.random() >= BLOCK_SHARE:
        return found
    block = run(drawn, BLOCK_LINES, rng)
    return [*block, *found] if rng.random() < ABOVE_SHARE else [*found, *block]


def with_quotations(
    article: Lines, texts: Texts, language: str | None, rng: random.Random
) -> Lines:
    """An article with lone foreign lines between its paragraphs, which are its own."""
    others, found = _others(texts, language), list(article)
    if not others:
        return found
    for place in gaps(article, QUOTATIONS, rng):
        text = rng.choice(texts[rng.choice(others)])
        quoted = rng.choice(_QUOTES).format(text) if rng.random() < QUOTED_SHARE else text
        found.insert(place, GoldLine(text=quoted, label=Label.BODY))
    return found


def in_two_languages(
    article: Lines, texts: Texts, language: str | None, rng: random.Random
) -> Lines:
    """An article that has paragraphs of another language, too, all of them its own."""
    others = _others(texts, language)
    if not others:
        return article
    drawn = texts[rng.choice(others)]
    if rng.random() < PAIRS_SHARE:
        return [*article, *_pairs(drawn, texts.get(language, ()), rng)]
    paragraphs = [
        GoldLine(text=" ".join(rng.choices(drawn, k=rng.randint(*SENTENCES))), label=Label.BODY)
        for _ in range(rng.randint(*PARAGRAPHS))
    ]
    if rng.random() >= BY_TURNS_SHARE:
        return [*article, *paragraphs]
    found: Lines = []
    for i, line in enumerate(article):
        found += [line, *paragraphs[i : i + 1]]
    return [*found, *paragraphs[len(article) :]]


def _pairs(foreign: Sequence[str], own: Sequence[str], rng: random.Random) -> Iterator[GoldLine]:
    for _ in range(rng.randint(*PAIRS) if own else 0):
        for texts in (own, foreign):
            yield GoldLine(text=rng.choice(texts), label=Label.BODY)


def _others(texts: Texts, language: str | None) -> list[str | None]:
    return [name for name, some in texts.items() if name != language and some]
