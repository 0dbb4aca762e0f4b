"""When a page was published, and when it was last changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaner.html.dates import DAY_CHARS, PARTIAL_CHARS, address_date, field_date, written_dates
from cleaner.html.head import Head
from cleaner.html.linked import Thing, texts
from cleaner.html.surface import Surface
from cleaner.html.tags import attributes

# Names of `meta`, what says most surely when the article was published first.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "publishdate",
    "publish_date", "publish-date", "publication_date", "pubdate", "pub_date", "published",
    "published_time", "displaydate", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "dcterms.created", "dc.date", "dc:date", "dcterms.date", "citation_publication_date",
    "citation_date", "article_date_original", "bi3dpubdate", "datecreated", "date",
    "rnews:datepublished", "uploaddate", "video:release_date", "og:release_date", "gentime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "shareaholic:article_modified_time", "last-modified",
    "lastmod", "modified", "revised", "article:modified",
)  # fmt: skip
_PUBLISHED_RE = re.compile(
    r'itemprop="[^"]*(?:datePublished|dateCreated|uploadDate)| pubdate', re.IGNORECASE
)
_MODIFIED_RE = re.compile(r'itemprop="[^"]*dateModified', re.IGNORECASE)
_CALLED_MODIFIED_RE = re.compile(
    r'class="[^"]*(?:modified|updated)(?![^"]*published)', re.IGNORECASE
)
_OTHER_RE = re.compile(r'\A(?!.*itemprop="[^"]*dateModified)', re.DOTALL)
# Elements this near to the headline tell of its article, farther ones often of others.
NEAR_ELEMENTS = 60
# A page with more dates elsewhere lists other articles.
MOST_DATES = 2
_MONTH_FIRST = ("en", "en-us", "")
_YEAR_RE = re.compile(r"(?:19|20)\d\d|[./-]\d\d\b")
_INTRODUCED_RE = re.compile(
    r"publi|posted|date ?:|datum ?:|written|erschienen|veröffentlicht|erstellt|geschrieben|vom \d"
    r"|mis en ligne|pubblicato|gepubliceerd|geplaatst|dodano|opublik|zveřejněno|lagt ut|tarih|发布"
    r"|公開",
    re.IGNORECASE,
)
CHANGED_RE = re.compile(
    r"updated|modified|edited|änderung|aktualisiert|geändert|mis à jour|modifié|actualizad"
    r"|aggiornat|atualizad|bijgewerkt|zuletzt|last|stand:|uppdaterad|opdateret|aktualizac",
    re.IGNORECASE,
)


def published(page: Surface, articles: Sequence[Thing], url: str | None = None) -> str | None:
    """When the article came out, as ISO 8601: by fields, by its markup, by its text or `url`."""
    return _first(_published(page, articles, url))


def _published(page: Surface, articles: Sequence[Thing], url: str | None) -> Iterator[str | None]:
    yield from _linked(articles, ("datePublished",))
    yield from _of_meta(page.flat.head, _PUBLISHED)
    yield from _linked(articles, ("uploadDate", "dateCreated"))
    yield from _of_elements(page, _PUBLISHED_RE)
    in_path = address_date(url) if url else None
    # A day said in the address is surer than one that is read; a month is not.
    if in_path and len(in_path) > PARTIAL_CHARS:
        yield in_path
    yield from _of_elements(page, _OTHER_RE, near=True)
    yield from _of_lines(page, _near_lines(page), changed=False)
    yield from _few(_of_elements(page, _OTHER_RE))
    yield from _few(_of_lines(page, _named_lines(page), changed=False))
    yield from _of_lines(page, _introduced_lines(page), changed=False)
    yield in_path


def modified(page: Surface, articles: Sequence[Thing]) -> str | None:
    """When the article was last changed, as ISO 8601; only where it says so."""
    return _first(_modified(page, articles))


def _modified(page: Surface, articles: Sequence[Thing]) -> Iterator[str | None]:
    yield from _linked(articles, ("dateModified",))
    yield from _of_meta(page.flat.head, _MODIFIED)
    yield from _of_elements(page, _MODIFIED_RE)
    yield from _of_elements(page, _CALLED_MODIFIED_RE, near=True)
    for lines in (_near_lines, _named_lines, _introduced_lines):
        yield from _of_lines(page, lines(page), changed=True)


def _first(dates: Iterable[str | None]) -> str | None:
    return next(filter(None, dates), None)


def _linked(articles: Sequence[Thing], keys: Sequence[str]) -> Iterator[str | None]:
    for key in keys:
        for thing in articles:
            yield from map(field_date, texts(thing.get(key)))


def _of_meta(head: Head, names: Sequence[str]) -> Iterator[str | None]:
    for name in names:
        if name in head.meta:
            yield from map(field_date, head.meta[name])


def _of_elements(
    page: Surface, wanted: re.Pattern[str], *, near: bool = False
) -> Iterator[str | None]:
    """The dates in attributes of elements that tell of this, the nearest to the headline first."""
    tags = page.flat.markup.tags
    for element in page.nearest_first([i for i in page.marked if wanted.search(tags[i])]):
        if (near and page.distance(element) > NEAR_ELEMENTS) or page.is_of_others(element):
            continue
        given = attributes(tags[element])
        values = (given.get(key, "") for key in ("datetime", "content", "title"))
        yield from map(field_date, filter(None, values))


def _few(dates: Iterable[str | None]) -> Sequence[str]:
    """The dates if they are few."""
    found = [date for date in dates if date]
    return found if len({date[:DAY_CHARS] for date in found}) <= MOST_DATES else ()


def _of_lines(page: Surface, lines: Iterable[str], *, changed: bool) -> Iterator[str]:
    """The dates in lines that tell of a change, or in the others."""
    month_first = _is_month_first(page.flat.head)
    for text in lines:
        if bool(CHANGED_RE.search(text)) == changed:
            yield from written_dates(text, month_first=month_first)


def _near_lines(page: Surface) -> Iterator[str]:
    """The lines by the headline that may have a date, first those that are called one."""
    near = {line: text for line, text in page.near.items() if _YEAR_RE.search(text)}
    if near:
        named = page.called_dates
        yield from (text for line, text in near.items() if named[line])
        yield from near.values()


def _named_lines(page: Surface) -> Iterator[str]:
    """The lines anywhere that are called a date, outside of comments and other articles."""
    if page.dated:
        named = page.called_dates
        yield from (text for line, text in page.dated.items() if named[line])


def _introduced_lines(page: Surface) -> Iterator[str]:
    """The lines anywhere that say what their date is of."""
    for line, text in page.dated.items():
        if page.uncommented[line] and _INTRODUCED_RE.search(text):
            yield text


def _is_month_first(head: Head) -> bool:
    """Whether 3/5/2019 is a day in March: in the United States, and where nothing else is said."""
    said = (head.language, *head.meta.get("og:locale", ()))
    language = next(filter(None, said), "").lower().replace("_", "-")
    return language in _MONTH_FIRST
