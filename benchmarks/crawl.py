"""What counting repeated lines gains: python benchmarks/crawl.py GOLD.jsonl [--sizes 5,20].

Makes sites of the articles in GOLD: menus, boxes, lists of headlines and teasers of the site's
other pages around them, mostly the same from page to page. Scores the pages of each site cleaned
alone, and by counts over the site. Articles are cut in two where a site needs more of them.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from cleaner import Pipeline, Settings
from cleaner.evaluate import GoldLine, GoldPage, judge, read_gold
from cleaner.evaluate.scores import Scores
from cleaner.model import NOISE, Label
from cleaner.repeats.counting import count
from cleaner.repeats.tally import tallies

OF_ARTICLE = (Label.TITLE, Label.BODY, Label.CAPTION, Label.META)
LEAST_LINES = 4  # of an article, or half of one
LATEST, RELATED, MOST_READ = 12, 3, 5
LEAD_CHARS = 160


class Template(NamedTuple):
    """What a site prints in its language; texts of several lines are blocks, printed together."""

    host: str
    language: str
    menu: str
    consent: str
    share: str
    newsletter: str
    donate: str
    read_also: str
    related: str
    most_read: str
    authors: Sequence[str]
    comments: str
    footer: str
    headlines: Sequence[str]
    """Of articles that the crawl does not have."""
    standing: Sequence[str]
    """Headings that stand in every other article: they are its body."""
    series: str
    """What stands above the articles of a series, in running text: body."""


class Article(NamedTuple):
    """An article of a site and what teasers say about it."""

    lines: tuple[GoldLine, ...]
    headline: str
    lead: str


def templates() -> list[Template]:
    """All made sites."""
    written = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return [Template(**fields) for fields in written["site"]]


def articles(pages: Sequence[GoldPage], language: str, wanted: int) -> list[Article]:
    """Articles in a language: whole if there are enough of them, else halves of the longest too."""
    whole = [
        tuple(GoldLine(text=x.text, label=x.label) for x in page.lines if x.label in OF_ARTICLE)
        for page in pages
        if page.lang == language
    ]
    whole = sorted((x for x in whole if _titled(x)), key=len, reverse=True)
    halved = max(0, wanted - len(whole))
    cut = [part for lines in whole[:halved] for part in _halves(lines)]
    return [_article(lines) for lines in (*cut, *whole[halved:]) if _titled(lines)]


def _titled(lines: Sequence[GoldLine]) -> bool:
    labels = Counter(line.label for line in lines)
    return labels[Label.TITLE] > 0 and labels[Label.BODY] >= LEAST_LINES


def _halves(lines: tuple[GoldLine, ...]) -> Iterator[tuple[GoldLine, ...]]:
    """The first half, and the second under a sentence of it for a headline."""
    body = [i for i, line in enumerate(lines) if line.label is Label.BODY]
    middle = body[len(body) // 2]
    yield lines[:middle]
    headline = GoldLine(text=" ".join(lines[middle].text.split()[:8]), label=Label.TITLE)
    yield (headline, *lines[middle:])


def _article(lines: tuple[GoldLine, ...]) -> Article:
    headline = next(line.text for line in lines if line.label is Label.TITLE)
    lead = next(line.text for line in lines if line.label is Label.BODY)
    return Article(lines, headline, shorten(lead, LEAD_CHARS, placeholder=" …"))


def site(template: Template, given: Sequence[Article], size: int) -> list[GoldPage]:
    """A site of so many pages, each another article amid what the site prints on all of them."""
    draw = random.Random(f"{template.host} {size}")  # noqa: S311  # the same at every run
    chosen = draw.sample(list(given), size)
    most_read = [*draw.sample(chosen, 2), *_made(template, draw, MOST_READ - 2)]
    return [
        GoldPage(
            id=f"{template.host}/{i}",
            url=f"https://www.{template.host}/{i}",
            lang=template.language,
            lines=tuple(_page(template, draw, chosen, i, most_read)),
        )
        for i in range(size)
    ]


def _made(template: Template, draw: random.Random, wanted: int) -> list[Article]:
    """Articles that the crawl does not have."""
    return [Article((), headline, "") for headline in draw.sample(template.headlines, wanted)]


def _page(
    template: Template,
    draw: random.Random,
    chosen: Sequence[Article],
    number: int,
    most_read: Sequence[Article],
) -> Iterator[GoldLine]:
    """The lines of a page, from the menu to the footer."""
    own, others = chosen[number], [*chosen[:number], *chosen[number + 1 :]]
    newer = [chosen[number - n] for n in range(1, min(LATEST, len(chosen)))]
    above, below, inside = Label.BOILERPLATE, Label.BOILERPLATE, draw.random() < 0.6
    yield from _block(template.menu, above)
    yield from _block(template.consent, above)
    yield from _teasers("", [*newer, *_made(template, draw, 2)])
    yield from _article_lines(template, draw, own, draw.choice(others), newsletter=inside)
    yield from _block(template.share, below)
    if draw.random() < 0.7:
        yield from _block(
            template.authors[min(int(draw.expovariate(1)), len(template.authors) - 1)], below
        )
    yield from _block(template.donate, below)
    yield from _teasers(
        template.related, draw.sample(others, min(RELATED, len(others))), leads=True
    )
    if not inside:
        yield from _block(template.newsletter, below)
    yield from _block(template.comments, Label.COMMENT)
    yield from _teasers(template.most_read, most_read)
    yield from _block(template.footer, below)


def _article_lines(
    template: Template, draw: random.Random, own: Article, other: Article, *, newsletter: bool
) -> Iterator[GoldLine]:
    """The article's lines, with standing headings in some, and boxes between its paragraphs."""
    lines = own.lines
    first = next(i for i, line in enumerate(lines) if line.label is Label.BODY) + 1
    between = sorted(draw.sample(range(first, len(lines) + 1), 3))
    headed, of_series = draw.random() < 0.5, draw.random() < 0.1
    for i in range(len(lines) + 1):
        if i == first and of_series:
            yield from _block(template.series, Label.BODY)
        if i in between:
            if i == between[1] and newsletter:
                yield from _block(template.newsletter, Label.BOILERPLATE)
            if i == between[2]:
                yield GoldLine(text=template.read_also + other.headline, label=Label.TICKER)
            if headed and i < len(lines):
                yield from _block(template.standing[between.index(i)], Label.BODY)
        yield from lines[i : i + 1]


def _teasers(heading: str, given: Sequence[Article], *, leads: bool = False) -> Iterator[GoldLine]:
    yield from _block(heading, Label.TICKER)
    for article in given:
        yield from _block(article.headline, Label.TICKER)
        if leads:
            yield from _block(article.lead, Label.TICKER)


def _block(text: str, label: Label) -> list[GoldLine]:
    return [GoldLine(text=line, label=label) for line in text.split("\n") if line]


class Measured(NamedTuple):
    """What became of the pages of a site: shares of letters and digits, and of standing lines."""

    noise_removed: float
    body_lost: float
    title_kept: float
    f1: float
    standing_kept: float


def measured(template: Template, pages: Sequence[GoldPage], pipeline: Pipeline) -> Measured:
    """What a pipeline makes of the pages."""
    scores, standing = Scores(), Counter[bool]()
    own = {*template.standing, template.series}
    for judged in judge(pages, pipeline):
        scores.add(judged.page.id, judged.fates, quarantined=judged.quarantined)
        standing.update(fate.removed for fate in judged.fates if judged.text(fate) in own)
    removed = sum(scores.removed[label] for label in NOISE)
    return Measured(
        removed / sum(scores.weights[label] for label in NOISE),
        scores.removed_share(Label.BODY) or 0.0,
        1 - (scores.removed_share(Label.TITLE) or 0.0),
        scores.total.f1,
        standing[False] / max(1, standing.total()),
    )


def compared(template: Template, pages: Sequence[GoldPage]) -> list[Measured]:
    """The same pages cleaned alone, and by counts of all of them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "site.counts"
        documents = [page.document() for page in pages]
        count(tallies(documents, lambda inputs: inputs), file, least=3)
        by_counts = Pipeline(Settings(repeats=file))
        return [measured(template, pages, each) for each in (Pipeline(), by_counts)]


def main() -> None:
    """Print a table of sites and sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--sizes", default="5,20,100,400")
    asked = parser.parse_args()
    gold = [page for file in asked.gold for page in read_gold(file)]
    print(f"| pages | site | {' | '.join(f.replace('_', ' ') for f in Measured._fields)} |")
    print(f"| ---: | --- |{' ---: |' * len(Measured._fields)}")
    for size in map(int, asked.sizes.split(",")):
        for template in templates():
            given = articles(gold, template.language, size)
            if len(given) >= size:
                alone, by_counts = compared(template, site(template, given, size))
                shown = (f"{a:.1%} → {b:.1%}" for a, b in zip(alone, by_counts, strict=True))
                print(f"| {size} | {template.language} | {' | '.join(shown)} |", flush=True)


if __name__ == "__main__":
    main()
