"""What a page says of itself, in the terms of a record."""

from __future__ import annotations

from urllib.parse import urljoin

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
from cleaner.text.decode import without_surrogates

_SCHEMES = ("http://", "https://")
LONGEST_URL_CHARS = 2_000
# Scheme, nothing, host.
SITE_PARTS = 3


def metadata(flat: Flat, address: str | None = None) -> Metadata:
    """Title, authors, dates, site, language and address of a page; what is unknown is left out.

    `address` is where the page was fetched. Values can be written as UTF-8.
    """
    page, head, things = Surface(flat), flat.head, articles(flat.head)
    url = canonical(head, address)
    known = host(url) or host(address) or host(head.base)
    site = site_name(head, things, known)
    sites = (*filter(None, (site, known)), *head.meta.get("og:site_name", ()))
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
    """The absolute address that a page gives itself; None where it gives none, or half of one.

    An address with a path is believed more than one without: that is the site's.
    """
    base = _absolute(head.base or "", address) or address
    given = (_absolute(url, base) for url in (head.url, *head.meta.get("og:url", ())) if url)
    whole = [url for url in given if url]
    return next(filter(_has_path, whole), whole[0] if whole else None)


def _has_path(url: str) -> bool:
    return len(url.rstrip("/").split("/")) > SITE_PARTS


def _absolute(url: str, base: str | None) -> str | None:
    try:
        whole = urljoin(base or "https:", url.strip())
    except ValueError:  # "Invalid IPv6 URL"
        return None
    right = whole.lower().startswith(_SCHEMES) and host(whole) and len(whole) <= LONGEST_URL_CHARS
    return whole if right and not any(map(str.isspace, whole)) else None


def _encodable(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """The value fit to be written as UTF-8; a page's JSON-LD may hold lone surrogates."""
    if isinstance(value, str):
        return without_surrogates(value)[0]
    return tuple(without_surrogates(part)[0] for part in value)
