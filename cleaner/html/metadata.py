"""What a page says of itself, in the terms of a record."""

from __future__ import annotations

from urllib.parse import urljoin

from cleaner.decode import without_surrogates
from cleaner.html.authors import authors
from cleaner.html.flatten import Flat
from cleaner.html.head import Head
from cleaner.html.language import language
from cleaner.html.linked import articles
from cleaner.html.publication import modified, published
from cleaner.html.sites import host, site_name
from cleaner.html.surface import Surface
from cleaner.html.titles import title
from cleaner.model import Metadata

_SCHEMES = ("http://", "https://")
LONGEST_URL_CHARS = 2_000


def metadata(flat: Flat, address: str | None = None) -> Metadata:
    """Title, authors, dates, site, language and address of a page; what is unknown is left out.

    `address` is where the page was fetched. Values can be written as UTF-8.
    """
    page, head, things = Surface(flat), flat.head, articles(flat.head)
    url = canonical(head, address)
    site = site_name(head, things, host(url or address))
    sites = (*filter(None, (site, host(url or address))), *head.meta.get("og:site_name", ()))
    named = {
        "title": title(page, things, sites),
        "authors": authors(page, things, sites),
        "date": published(page, things, url or address),
        "modified": modified(page, things),
        "sitename": site,
        "declared_language": language(head, things),
        "url": url,
    }
    return {key: _encodable(value) for key, value in named.items() if value}


def canonical(head: Head, address: str | None = None) -> str | None:
    """The absolute address that a page gives itself; None where it gives none, or half of one."""
    for given in (head.url, *head.meta.get("og:url", ())):
        if given and (url := _absolute(given.strip(), address)):
            return url
    return None


def _absolute(url: str, address: str | None) -> str | None:
    if url.startswith("//"):
        url = f"https:{url}"
    if not url.lower().startswith(_SCHEMES):
        try:
            url = urljoin(address or "", url)
        except ValueError:
            return None
    whole = url.lower().startswith(_SCHEMES) and host(url) and len(url) <= LONGEST_URL_CHARS
    return url if whole and not any(map(str.isspace, url)) else None


def _encodable(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """The value fit to be written as UTF-8; a page's JSON-LD may hold lone surrogates."""
    if isinstance(value, str):
        return without_surrogates(value)[0]
    return tuple(without_surrogates(part)[0] for part in value)
