"""Who wrote a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.html.families import FAMILIES
from cleaner.html.flatten import Flat
from cleaner.html.head import Head
from cleaner.html.linked import Thing, folded, is_organisation, text_of, things
from cleaner.html.names import byline, distinct, is_person, listed, people
from cleaner.html.surface import SHORT_CHARS, around_headline, content
from cleaner.markup import WITHIN_2
from cleaner.model import Bools

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
_AUTHOR = [FAMILIES.index("author")]
_NAMED = [FAMILIES.index(name) for name in ("author", "date", "meta")]
_COMMENTS = [FAMILIES.index(name) for name in ("comment", "in_form", "in_figure")]
_OTHERS = [
    FAMILIES.index(name)
    for name in ("related", "teaser", "quote", "caption", "in_figure", "in_form")
]
_OF_AUTHOR_RE = re.compile(
    r' (?:rel="[^"]*\bauthor\b|itemprop="[^"]*\b(?:author|creator|name author)\b|class="[^"]*'
    r"(?:author|autor|byline|verfasser|contributor-name|\bfn\b))",
    re.IGNORECASE,
)
_LONE_INTRODUCTION_RE = re.compile(r"\W*(?:by|von|par|por|di|door|av|af|autor|author|text)\W*", re.IGNORECASE)
_LABELLED_RE = re.compile(r"(?:text|autor(?:in)?|author|verfasser(?:in)?|auteur|autore): ?\w", re.IGNORECASE)
_MOST_LINES, _NEIGHBOUR_LINES = 8, 2


def authors(flat: Flat, articles: Sequence[Thing], sites: Collection[str]) -> tuple[str, ...]:
    """The names of those who wrote the article, as given; empty if none is told.

    The first source that tells of people is believed. What else is named (the site, an office, an
    agency, an account) counts where no source does.
    """
    own = {folded(site) for site in sites}
    others: tuple[str, ...] = ()
    for names in _sources(flat, articles):
        given = distinct(names)
        persons = [name for name in given if is_person(name) and folded(name) not in own]
        if persons:
            return tuple(persons)
        others = others or given
    return others


def _sources(flat: Flat, articles: Sequence[Thing]) -> Iterator[Iterable[str]]:
    for thing in articles:
        yield _linked(thing, flat.head)
    for name in _NAMES:
        yield (name for value in flat.head.meta.get(name, ()) for name in people(value))
    yield _shared(flat.head)
    yield from _of_lines(flat)


def _linked(thing: Thing, head: Head) -> Iterator[str]:
    for key in ("author", "creator"):
        for each in things(thing.get(key), head.linked):
            name = each if isinstance(each, str) else text_of(each, "name")
            yield from people(name) if name else ()


def _shared(head: Head) -> Iterator[str]:
    for label, value in zip(_LABELS, _VALUES, strict=True):
        if any(map(_WRITTEN_RE.search, head.meta.get(label, ()))):
            for text in head.meta.get(value, ()):
                yield from people(text)


def _of_lines(flat: Flat) -> Iterator[Sequence[str]]:
    """The names in lines by the headline, then in lines that markup calls an author's."""
    families = flat.markup.families
    comments, named = _near(families, _COMMENTS), _near(families, _NAMED)
    near = {line: text for line, text in around_headline(flat) if not comments[line]}
    for line, text in near.items():
        yield byline(text, alone=bool(named[line]))
        if _LONE_INTRODUCTION_RE.fullmatch(text):
            yield _following(flat, line)
    yield from _lists(flat, near)
    elsewhere = _near(families, _AUTHOR) & ~comments & ~_near(families, _OTHERS)
    far = {line: text for line, text in _short(flat, elsewhere) if line not in near}
    yield from (byline(text, alone=True) for text in far.values())
    yield from _lists(flat, far)
    yield from (byline(text) for _, text in _short(flat, ~comments) if _LABELLED_RE.match(text))


def _short(flat: Flat, lines: Bools) -> Iterator[tuple[int, str]]:
    short = lines & (flat.lines.ends - flat.lines.starts <= SHORT_CHARS)
    return ((line, content(flat, line)) for line in np.flatnonzero(short).tolist())


def _following(flat: Flat, line: int) -> tuple[str, ...]:
    """The names in the lines behind one that says no more than "By"."""
    names: tuple[str, ...] = ()
    for next_line in range(line + 1, min(line + _MOST_LINES, len(flat.lines))):
        text = content(flat, next_line)
        if not (more := listed(text)) and not text.startswith("@"):
            break
        names += more
    return names


def _lists(flat: Flat, lines: Mapping[int, str]) -> Iterator[Sequence[str]]:
    """The names in lines that are nothing else, those of neighbours together."""
    names: tuple[str, ...] = ()
    last = -1
    for line in sorted(lines):
        if _is_authors(flat, line) and (more := listed(lines[line])):
            if names and line - last > _NEIGHBOUR_LINES:
                yield names
                names = ()
            names, last = (*names, *more), line
    yield names


def _near(families: npt.NDArray[np.uint8], wanted: Sequence[int]) -> Bools:
    """Which lines have one of these families within two levels."""
    return np.asarray(families[:, wanted].max(axis=1) >= WITHIN_2)


def _is_authors(flat: Flat, line: int) -> bool:
    """Whether the element of a line, or one right around it, is called the author's name."""
    element, parents = int(flat.markup.elements[line]), flat.markup.parents
    around = element, int(parents[element]), int(parents[parents[element]])
    return any(_OF_AUTHOR_RE.search(flat.markup.tags[each]) for each in around)
