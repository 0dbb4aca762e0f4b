"""When a page was published, and when it was last changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from cleaner.html.attributes import attributes_of
from cleaner.html.dates import PARTIAL_CHARS, address_date, field_date, written_dates
from cleaner.html.families import FAMILIES
from cleaner.html.flatten import Flat
from cleaner.html.head import Head
from cleaner.html.linked import Thing, texts
from cleaner.html.surface import SHORT_CHARS, around_headline, content, nearest_first
from cleaner.markup import FAR, WITHIN_2
from cleaner.model import Bools

# Names of `meta`, what says most surely when the article was published first.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "publishdate",
    "publish_date", "publish-date", "publication_date", "pubdate", "pub_date", "published",
    "published_time", "displaydate", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "dcterms.created", "dc.date", "dc:date", "dcterms.date", "citation_publication_date",
    "citation_date", "article_date_original", "bi3dpubdate", "datecreated", "date", "rnews:datepublished",
    "uploaddate", "video:release_date", "og:release_date", "gentime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "shareaholic:article_modified_time", "last-modified",
    "lastmod", "modified", "revised", "article:modified",
)  # fmt: skip
_OF_PUBLICATION_RE = re.compile(
    r'itemprop="[^"]*(?:datePublished|dateCreated|uploadDate)|pubdate|class="[^"]*'
    r"(?:publish|entry-date|post-date|dt-published|pubdate)",
    re.IGNORECASE,
)
_OF_CHANGE_RE = re.compile(
    r'itemprop="[^"]*dateModified|class="[^"]*(?:modified|updated|dt-updated)', re.IGNORECASE
)
_ANY_RE = re.compile("")
_DATED_RE = re.compile(r'(?:time |.* (?:itemprop="[^"]*(?:[dD]ate)|class="[^"]*(?:published|updated)))')
_MONTH_FIRST = ("en", "en-us", "")
_NAMED = [FAMILIES.index(name) for name in ("date", "in_time", "meta")]
_COMMENT = FAMILIES.index("comment")
_OTHERS = [FAMILIES.index(name) for name in ("related", "teaser", "sidebar")]
_YEAR_RE = re.compile(r"(?:19|20)\d\d|[./-]\d\d\b")
_INTRODUCED_RE = re.compile(
    r"publi|posted|date ?:|datum ?:|written|erschienen|veröffentlicht|erstellt|geschrieben|vom \d|mis en ligne"
    r"|pubblicato|gepubliceerd|geplaatst|dodano|opublik|zveřejněno|lagt ut|tarih|发布|公開",
    re.IGNORECASE,
)
_CHANGED_RE = re.compile(
    r"updated|modified|edited|änderung|aktualisiert|geändert|mis à jour|modifié|actualizad|aggiornat|atualizad"
    r"|bijgewerkt|zuletzt|last|stand:|uppdaterad|opdateret|aktualizac",
    re.IGNORECASE,
)


def published(flat: Flat, articles: Sequence[Thing], url: str | None = None) -> str | None:
    """When the article came out, as ISO 8601: by fields, by its markup, by its text or `url`."""
    return _first(_published(flat, articles, url))


def _published(flat: Flat, articles: Sequence[Thing], url: str | None) -> Iterator[str | None]:
    head = flat.head
    yield from _linked(articles, ("datePublished",))
    yield from _of_meta(head, _PUBLISHED)
    yield from _linked(articles, ("uploadDate", "dateCreated"))
    yield from _of_elements(flat, _OF_PUBLICATION_RE)
    in_path = address_date(url) if url else None
    # A day said in the address is surer than one that is read; a month is not.
    if in_path and len(in_path) > PARTIAL_CHARS:
        yield in_path
    yield from _of_elements(flat, _ANY_RE)
    yield from _of_lines(flat, changed=False)
    yield in_path


def modified(flat: Flat, articles: Sequence[Thing]) -> str | None:
    """When the article was last changed, as ISO 8601; where it says so."""
    return _first(_modified(flat, articles))


def _modified(flat: Flat, articles: Sequence[Thing]) -> Iterator[str | None]:
    yield from _linked(articles, ("dateModified",))
    yield from _of_meta(flat.head, _MODIFIED)
    yield from _of_elements(flat, _OF_CHANGE_RE)
    yield from _of_lines(flat, changed=True)


def _first(dates: Iterable[str | None]) -> str | None:
    return next(filter(None, dates), None)


def _linked(articles: Sequence[Thing], keys: Sequence[str]) -> Iterator[str | None]:
    for key in keys:
        for thing in articles:
            yield from map(field_date, texts(thing.get(key)))


def _of_meta(head: Head, names: Sequence[str]) -> Iterator[str | None]:
    for name in names:
        yield from map(field_date, head.meta.get(name, ()))


def _of_elements(flat: Flat, wanted: re.Pattern[str]) -> Iterator[str | None]:
    """The dates in attributes of elements that tell of this, the nearest to the headline first."""
    tags = flat.markup.tags
    dated = [i for i, tag in enumerate(tags) if _DATED_RE.match(tag) and wanted.search(tag)]
    for element in nearest_first(flat, dated):
        given = attributes_of(tags[element])
        values = (given.get(key, "") for key in ("datetime", "content", "title"))
        yield from map(field_date, filter(None, values))


def _of_lines(flat: Flat, *, changed: bool) -> Iterator[str | None]:
    """The dates in lines of change, or in others: by the headline, called a date, or introduced."""
    month_first = _is_month_first(flat.head)
    near = {line: text for line, text in around_headline(flat) if _YEAR_RE.search(text)}
    named = _named_lines(flat)
    wanted = (
        [text for line, text in near.items() if named[line]],
        near.values(),
        (text for _, text in _dated_lines(flat, named)),
        (text for _, text in _dated_lines(flat, _uncommented(flat)) if _INTRODUCED_RE.search(text)),
    )
    for text in chain.from_iterable(wanted):
        if bool(_CHANGED_RE.search(text)) == changed:
            yield from written_dates(text, month_first=month_first)


def _is_month_first(head: Head) -> bool:
    """Whether 3/5/2019 is a day in March: in the United States, and where nothing else is said."""
    said = (head.language, *head.meta.get("og:locale", ()))
    language = next(filter(None, said), "").lower().replace("_", "-")
    return language in _MONTH_FIRST


def _named_lines(flat: Flat) -> Bools:
    """Which lines stand in elements named like a date, outside of other articles and comments."""
    return _outside(flat) & (flat.markup.families[:, _NAMED].max(axis=1) >= WITHIN_2)


def _outside(flat: Flat) -> Bools:
    """Which lines stand neither in comments nor near names of other articles."""
    return _uncommented(flat) & (flat.markup.families[:, _OTHERS].max(axis=1) <= FAR)


def _uncommented(flat: Flat) -> Bools:
    return np.asarray(flat.markup.families[:, _COMMENT] == 0)


def _dated_lines(flat: Flat, lines: Bools) -> Iterator[tuple[int, str]]:
    """The short ones among some lines that have a number like a year."""
    for line in np.flatnonzero(lines).tolist():
        if flat.lines.ends[line] - flat.lines.starts[line] <= SHORT_CHARS:
            text = content(flat, line)
            if _YEAR_RE.search(text):
                yield line, text
