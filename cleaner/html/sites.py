"""The name of the site that a page is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaner.html.head import Head
from cleaner.html.linked import Thing, folded, texts, things, types
from cleaner.html.separators import last_piece
from cleaner.text.decode import without_surrogates

_HOST_RE = re.compile(r"(?:https?:)?//(?:[^/@\s]*@)?(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)
_NAMES = (
    "shareaholic:site_name", "dc.publisher", "application-name", "apple-mobile-web-app-title",
    "publisher",
)  # fmt: skip
LONGEST_SITE_CHARS = 100
# So many letters of a title's last piece are in the host where that is the site's name.
_SHARED_CHARS = 4


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
    for name in _NAMES:
        yield from _plain(head.meta.get(name, ()))
    for title in head.titles[:1]:
        last = last_piece(title)
        if last and _is_host(last, host):
            yield from _plain([last])


def names_of_site(head: Head) -> frozenset[str]:
    """The names, folded, that a page may put beside its title: the site's and its host's."""
    hosts = (host(url) for url in (head.url, *head.meta.get("og:url", ())))
    own = [name for name in hosts if name]
    last = (last_piece(title) for title in head.titles[:1])
    shown = (name for name in last if name and own and _is_host(name, own[0]))
    return frozenset(map(folded, (*own, *shown, *head.meta.get("og:site_name", ()))))


def _plain(names: Iterable[str]) -> Iterator[str]:
    """The names that are no addresses, without marks around them."""
    for name in names:
        bare = name.strip(" \t-–|")
        if 0 < len(bare) <= LONGEST_SITE_CHARS and "//" not in bare:
            yield without_surrogates(bare)[0]


def _is_host(name: str, host: str | None) -> bool:
    return host is None or folded(name)[:_SHARED_CHARS] in folded(host)


def host(url: str | None) -> str | None:
    """The host in an address, without `www.`.

    >>> host("https://www.example.com:80/a"), host("/a")
    ('example.com', None)
    """
    found = _HOST_RE.match(url or "")
    return found.group(1).lower() if found else None
