"""Who wrote a page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from cleaner.html.head import Head
from cleaner.html.linked import Thing, folded, texts, things
from cleaner.html.people import byline, distinct, is_person, listed, people
from cleaner.html.surface import Surface

# Names of `meta`, what names the writer of the article most surely first.
_NAMES = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "byl",
    "cxenseparse:author", "shareaholic:article_author_name", "citation_author", "dc.creator",
    "dc:creator", "dc.author", "dcterms.creator", "og:author", "article:author_name", "authors",
    "creator", "byline",
)  # fmt: skip
# Yoast gives them to be shown beside a shared link.
_LABELS, _VALUES = ("twitter:label1", "twitter:label2"), ("twitter:data1", "twitter:data2")
_WRITTEN_RE = re.compile(
    r"written|author|auteur|autor|verfasst|geschrieben|écrit|escrito|scritto|geschreven|skrivet",
    re.IGNORECASE,
)
_OF_AUTHOR_RE = re.compile(
    r' (?:rel="[^"]*\bauthor\b|itemprop="[^"]*\b(?:author|creator|name author)\b|class="[^"]*'
    r"(?:author|autor|byline|verfasser|contributor-name|\bfn\b))",
    re.IGNORECASE,
)
_LONE_INTRODUCTION_RE = re.compile(
    r"\W*(?:by|von|par|por|di|door|av|af|autor|author|text)\W*", re.IGNORECASE
)
_LABELS_OF_LINES = tuple(
    f"\n{label}:"
    for label in ("Text", "Autor", "Autorin", "Author", "Von", "Verfasser", "Auteur", "Autore")
)
_MOST_LINES, _NEIGHBOUR_LINES = 8, 2


def authors(page: Surface, articles: Sequence[Thing], sites: Collection[str]) -> tuple[str, ...]:
    """The names of those who wrote the article, as given; empty if none is told.

    The first source that tells of people is believed. What else is named (the site, an office, an
    agency, an account) counts where no source does.
    """
    own = {folded(site) for site in sites}
    others: tuple[str, ...] = ()
    for names in _sources(page, articles):
        given = distinct(names)
        persons = [name for name in given if is_person(name) and folded(name) not in own]
        if persons:
            return tuple(persons)
        others = others or given
    return others


def _sources(page: Surface, articles: Sequence[Thing]) -> Iterator[Iterable[str]]:
    head = page.flat.head
    for thing in articles:
        yield _linked(thing, head)
    for key in _NAMES:
        if key in head.meta:
            yield (name for value in head.meta[key] for name in people(value))
    yield _shared(head)
    yield from _of_lines(page)


def _linked(thing: Thing, head: Head) -> Iterator[str]:
    for key in ("author", "creator"):
        for each in things(thing.get(key), head.linked):
            for name in texts(each if isinstance(each, str) else each.get("name")):
                yield from people(name)


def _shared(head: Head) -> Iterator[str]:
    for label, value in zip(_LABELS, _VALUES, strict=True):
        if any(map(_WRITTEN_RE.search, head.meta.get(label, ()))):
            for text in head.meta.get(value, ()):
                yield from people(text)


def _of_lines(page: Surface) -> Iterator[Sequence[str]]:
    """The names in lines by the headline, then in lines that markup calls an author's."""
    comments = page.named("comment", "in_form", "in_figure")
    named = page.named("author", "date", "meta")
    near = {line: text for line, text in page.near.items() if not comments[line]}
    for line, text in near.items():
        yield byline(text, alone=bool(named[line]))
        if _LONE_INTRODUCTION_RE.fullmatch(text):
            yield _following(page, line)
    of_author = page.named("author")
    yield from _lists(page, {line: text for line, text in near.items() if of_author[line]})
    others = page.named("related", "teaser", "quote", "caption", "in_figure", "in_form")
    elsewhere = np.flatnonzero(of_author & ~comments & ~others).tolist()
    far = {line: text for line, text in page.short(elsewhere) if line not in near}
    yield from (byline(text, alone=True) for text in far.values())
    yield from _lists(page, far)
    yield from _labelled(page)


def _following(page: Surface, line: int) -> tuple[str, ...]:
    """The names in the lines behind one that says no more than "By"."""
    names: tuple[str, ...] = ()
    for next_line in range(line + 1, min(line + _MOST_LINES, len(page.ends))):
        text = page.content(next_line)
        if not (more := listed(text)) and not text.startswith("@"):
            break
        names += more
    return names


def _lists(page: Surface, lines: Mapping[int, str]) -> Iterator[Sequence[str]]:
    """The names in lines that are nothing else, those of neighbours together."""
    names: tuple[str, ...] = ()
    last = -1
    for line in sorted(lines):
        if _is_authors(page, line) and (more := listed(lines[line])):
            if names and line - last > _NEIGHBOUR_LINES:
                yield names
                names = ()
            names, last = (*names, *more), line
    yield names


def _is_authors(page: Surface, line: int) -> bool:
    """Whether the element of a line, or one right around it, is called the author's name."""
    markup = page.flat.markup
    element = int(markup.elements[line])
    around = element, int(markup.parents[element]), int(markup.parents[markup.parents[element]])
    return any(_OF_AUTHOR_RE.search(markup.tags[each]) for each in around)


def _labelled(page: Surface) -> Iterator[Sequence[str]]:
    """The names in lines as "Text: Ada Lovelace", wherever they stand."""
    for label in _LABELS_OF_LINES:
        place = page.flat.text.find(label)
        if place >= 0:
            line = bisect_right(page.starts, place + 1) - 1
            yield from (byline(text) for _, text in page.short([line]))
