"""The name of the site that a page is from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.html.head import Head
from cleaner.html.linked import Thing, folded, is_organisation, texts, things, types
from cleaner.html.titles import last_piece
from cleaner.decode import without_surrogates

_HOST_RE = re.compile(r"(?:https?:)?//(?:[^/@\s]*@)?(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)
_NAMES = ("og:site_name", "shareaholic:site_name", "dc.publisher", "application-name", "apple-mobile-web-app-title", "publisher")


def site_name(head: Head, articles: Sequence[Thing], host: str | None) -> str | None:
    """The name of the site as its pages give it; its host if they do not."""
    return next(_names(head, articles, host), None) or host


def _names(head: Head, articles: Sequence[Thing], host: str | None) -> Iterator[str]:
    yield from _plain(head.meta.get("og:site_name", ()))
    for thing in articles:
        for each in things(thing.get("publisher"), head.linked):
            yield from _plain(texts(each))
    for thing in head.linked:
        if "WebSite" in types(thing):
            yield from _plain(texts(thing))
    for name in _NAMES[1:]:
        yield from _plain(head.meta.get(name, ()))
    for title in head.titles[:1]:
        last = last_piece(title)
        if last and _is_host(last, host):
            yield without_surrogates(last)[0]


def _plain(names) -> Iterator[str]:
    return (name.strip() for name in names if name.strip() and len(name) <= 100 and "//" not in name)


def _is_host(name: str, host: str | None) -> bool:
    return host is None or folded(name)[:4] in folded(host)


def host(url: str | None) -> str | None:
    """The host in an address, without `www.`.

    >>> host("https://www.example.com:80/a"), host("/a")
    ('example.com', None)
    """
    found = _HOST_RE.match(url or "")
    return found.group(1).lower() if found else None
