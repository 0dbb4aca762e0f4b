"""Articles with short lines of other languages placed in and below them, to see which are found."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleaner.gold import GoldLine, GoldPage, weigh
from cleaner.model import ARTICLE, Label

LANGUAGES = ("de", "en", "es", "fr", "pl", "pt")
"""What the articles are in."""
# Of many scripts and families, among them close relatives of the articles' own.
FOREIGN_LANGUAGES = (
    "ar", "cs", "da", "el", "fi", "he", "hi", "hu", "id", "it", "ja", "ko", "nl", "ro", "ru", "sv",
    "th", "tr", "vi", "zh",
)  # fmt: skip
# An article has so many letters and digits at least, and so many lines.
LEAST_ARTICLE, FEWEST_LINES = 300, 4
RUN_LINES, BLOCK_LINES, RUNS = (2, 4), (4, 14), (1, 3)
# Of the runs, this share is of several languages.
SEVERAL_SHARE = 0.25
FORMS = ("runs", "block", "both")

Lines = list[GoldLine]
Texts = Sequence[Sequence[str]]
"""Short lines of one language after the other."""


def mixed_articles(
    pages: Iterable[GoldPage], sentences: Mapping[str, Sequence[str]], seed: int = 0
) -> Iterator[GoldPage]:
    """Each article in LANGUAGES with foreign lines: once a form of FORMS.

    That is with runs of them between its paragraphs, with a block below, and with both. The foreign
    lines are labelled spam. Of pages without much of an article there is nothing.
    """
    rng = random.Random(seed)  # noqa: S311  # no secret, and the same each time
    for page in pages:
        article = article_of(page)
        if page.lang not in LANGUAGES or not _is_long(article):
            continue
        languages = [x for x in FOREIGN_LANGUAGES if x != page.lang and sentences.get(x)]
        drawn = [sentences[name] for name in languages]
        for form in FORMS if drawn else ():
            lines = article if form == "block" else with_runs(article, drawn, rng)
            below = [] if form == "runs" else run(drawn, BLOCK_LINES, rng)
            yield page.model_copy(update={"id": f"{page.id}~{form}", "lines": (*lines, *below)})


def article_of(page: GoldPage) -> Lines:
    """The lines of a page's article."""
    return [line for line in page.lines if line.label in ARTICLE and line.text.strip()]


def _is_long(article: Lines) -> bool:
    return len(article) >= FEWEST_LINES and sum(weigh(x.text) for x in article) >= LEAST_ARTICLE


def with_runs(article: Lines, drawn: Texts, rng: random.Random) -> Lines:
    """An article with a few runs of foreign lines, each between two of its lines."""
    found = list(article)
    for place in gaps(article, RUNS, rng):
        found[place:place] = run(drawn, RUN_LINES, rng)
    return found


def gaps(article: Lines, counts: tuple[int, int], rng: random.Random) -> list[int]:
    """A few places between two lines of an article, the last first."""
    places = range(1, len(article))
    return sorted(rng.sample(places, min(len(places), rng.randint(*counts))), reverse=True)


def run(drawn: Texts, lengths: tuple[int, int], rng: random.Random) -> Lines:
    """Lines of one language or, now and then, of several; all of them spam."""
    count, several = rng.randint(*lengths), rng.random() < SEVERAL_SHARE
    chosen = rng.choices(drawn, k=count if several else 1)
    texts = [text for of_language in chosen for text in of_language]
    some = rng.sample(texts, min(count, len(texts)))
    return [GoldLine(text=text, label=Label.SPAM) for text in some]
