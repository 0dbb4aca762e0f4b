"""Pages with markup in other forms: with less noise, with none, and other texts in plain markup."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

import numpy as np

from cleaner.fit.forms import (
    SCRIPTED_SHARE,
    foreign_forms,
    is_wrappable,
    made_pages,
    renamed,
    wrapped,
)
from cleaner.fit.noise import Noise
from cleaner.fit.scripts import in_another_script
from cleaner.gold import GoldLine, GoldPage
from cleaner.gold.marked import MarkedPage
from cleaner.html.documents import documents
from cleaner.model import NOISE, Bools, HtmlPage, Label

THINNED_PER_PAGE = 2
# Articles with foreign lines in and around them.
MIXED_PER_PAGE = 1
# What is left of a page's runs of noise, and of the lines of some of these.
THINNED_SHARES = (0.05, 0.3, 0.6)
THINNED_INSIDE = 0.5
# Headings are marked as such in this share of the plain pages, and runs of noise as lists.
HEADED_SHARE, LISTED_SHARE = 0.6, 0.5
# Paragraphs of so many of these are no more than boxes.
BOXED_SHARE = 0.12


def marked_forms(
    pages: Sequence[MarkedPage], foreign: Mapping[str, Sequence[str]], seed: int = 0
) -> Iterator[MarkedPage]:
    """The pages, and other forms of them: thinned, and their articles with other noise or none."""
    rng = random.Random(seed)  # noqa: S311  # no secret, and the same each time
    noise = Noise.of(pages, foreign)
    for page in pages:
        yield page
        if any(line.label for line in page.lines):
            yield from _of_page(page, rng)
    texts = [GoldPage(id=page.id, lang=page.lang, lines=page.lines) for page in pages]
    made = [page for page in [*texts, *made_pages(foreign, rng)] if is_wrappable(page)]
    yield from in_plain_markup((renamed(p, "wrapped", wrapped(p, noise, rng)) for p in made), rng)
    own = (page for page in texts if is_wrappable(page))
    with_others = (x for page in own for x in foreign_forms(page, noise, rng, MIXED_PER_PAGE))
    yield from in_plain_markup(with_others, rng)
    some = (page for page in texts if rng.random() < SCRIPTED_SHARE)
    scripted = (renamed(p, "scripted-plain", in_another_script(list(p.lines), rng)) for p in some)
    yield from in_plain_markup(scripted, rng)


def _of_page(page: MarkedPage, rng: random.Random) -> Iterator[MarkedPage]:
    """The page with less noise, without any, and in another script."""
    for k in range(THINNED_PER_PAGE):
        yield _renamed(page.only(_thinned(page.lines, rng)), f"{page.id}~thinned-{k}")
    yield _renamed(page.only(without_noise(page)), f"{page.id}~clean")
    if rng.random() < SCRIPTED_SHARE:
        lines = in_another_script(list(page.lines), rng)
        yield _renamed(page.saying(lines), f"{page.id}~scripted")


def without_noise(page: GoldPage) -> Bools:
    """Which lines are no noise."""
    return np.asarray([line.label not in NOISE for line in page.lines], np.bool_)


def _renamed(page: MarkedPage, name: str) -> MarkedPage:
    return page.model_copy(update={"id": name})


def _thinned(lines: Sequence[GoldLine], rng: random.Random) -> Bools:
    """Which lines stay where whole runs of noise fall out, and lines of others."""
    share, stays = rng.choice(THINNED_SHARES), np.ones(len(lines), np.bool_)
    for is_noise, run in groupby(range(len(lines)), key=lambda i: lines[i].label in NOISE):
        rows = list(run)
        if is_noise and rng.random() >= share:
            stays[rows] = False
        elif is_noise and rng.random() < THINNED_INSIDE:
            stays[rows] = [rng.random() < share for _ in rows]
    return stays


def in_plain_markup(pages: Iterable[GoldPage], rng: random.Random) -> Iterator[MarkedPage]:
    """Texts as pages of bare paragraphs, headings and lists, as feeds and fragments have them."""
    for page in pages:
        markup = "\n".join(_plain(page.lines, rng))
        [document] = documents([HtmlPage(page.id, markup)])
        yield MarkedPage.of(page, document)


def _plain(lines: Sequence[GoldLine], rng: random.Random) -> Iterator[str]:
    headed, listed = rng.random() < HEADED_SHARE, rng.random() < LISTED_SHARE
    paragraph = "div" if rng.random() < BOXED_SHARE else "p"
    for is_noise, run in groupby(lines, key=lambda line: line.label in NOISE):
        as_list = is_noise and listed
        written = (_element(line, "li" if as_list else paragraph, headed=headed) for line in run)
        yield f"<ul>{''.join(written)}</ul>" if as_list else "".join(written)


def _element(line: GoldLine, name: str, *, headed: bool) -> str:
    name = "h1" if headed and name != "li" and line.label is Label.TITLE else name
    return f"<{name}>{escape(line.text)}</{name}>"
