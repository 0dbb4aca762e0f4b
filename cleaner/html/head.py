"""What a page says of itself: titles, address, language, and its metadata as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import chain, islice
from typing import Any

from cleaner.html.tags import attributes
from cleaner.html.tokens import Tokens
from cleaner.text.decode import without_surrogates

_TITLE_NAMES = ("og:title", "twitter:title")
# Scripts of XHTML pages hide from its parser, as in `//<![CDATA[`.
_HIDING_RE = re.compile(r"\A\s*(?:/[/*]\s*)?(?:<!\[CDATA\[|<!--)?(?:\s*\*/)?\s*")
_DECODER = json.JSONDecoder(strict=False)
# Of a page's own making, and without bound otherwise.
LONGEST_LINKED_CHARS, MOST_OBJECTS = 2_000_000, 5_000


@dataclass(frozen=True, slots=True)
class Head:
    """A page's metadata, raw: every value as the page gives it, entities aside."""

    titles: tuple[str, ...] = ()
    """Titles the page gives itself, in `title`, OpenGraph and JSON-LD; distinct."""
    url: str | None = None
    """The canonical address."""
    base: str | None = None
    """What addresses on the page are relative to."""
    language: str | None = None
    """The `lang` of the page."""
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Contents of `meta` by name or property in lower case, OpenGraph among them, in order."""
    linked: tuple[Mapping[str, Any], ...] = ()
    """All JSON-LD objects that have a type, those inside of others too."""

    def linked_texts(self, key: str) -> list[str]:
        """What the JSON-LD objects have under a key, where it is a text."""
        found = (thing.get(key) for thing in self.linked)
        texts = (value for value in found if isinstance(value, str) and value.strip())
        return [without_surrogates(text)[0] for text in texts]


def read_head(tokens: Tokens) -> Head:
    """What the tags and JSON-LD scripts of a page say; broken JSON-LD is passed over."""
    named = tokens.named(b"html", b"title", b"meta", b"link", b"base")
    given = [
        (tag[:4], attributes(tag.decode()))
        for tag, _ in named
        if tag[:4] != b"link" or b"canonical" in tag
    ]
    links = (each for name, each in given if name == b"link")
    head = Head(
        url=next((each["href"] for each in links if _is_canonical(each)), None),
        base=next((a["href"] for name, a in given if name == b"base" and a.get("href")), None),
        language=next((a["lang"] for name, a in given if name == b"html" and a.get("lang")), None),
        meta=_meta(each for name, each in given if name == b"meta"),
        linked=tuple(thing for script in tokens.linked_data for thing in _objects(script)),
    )
    titles = (tokens.text_after(end).decode() for tag, end in named if tag == b"title")
    own = list(map(unescape, islice(titles, 1)))
    return replace(head, titles=tuple(_titles(own, head)))


def _is_canonical(link: Mapping[str, str]) -> bool:
    return link.get("rel", "").lower() == "canonical" and bool(link.get("href"))


def _titles(own: Iterable[str], head: Head) -> Iterable[str]:
    named = (head.meta.get(name, ()) for name in _TITLE_NAMES)
    titles = chain(own, *named, head.linked_texts("headline"))
    return dict.fromkeys(" ".join(title.split()) for title in titles if title.strip())


def _meta(given: Iterator[Mapping[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for own in given:
        keys = (own.get(key, "") for key in ("property", "name", "itemprop", "http-equiv"))
        name = next((key.lower() for key in keys if key), "")
        content = own.get("content", "").strip()
        if name and content:
            found.setdefault(name, []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def _objects(script: str) -> Iterator[Mapping[str, Any]]:
    """The objects in a JSON-LD script that have a type, outer ones first."""
    try:
        # What stands behind the value, the end of a comment or a semicolon, is not looked at.
        readable = _HIDING_RE.sub("", script[:LONGEST_LINKED_CHARS], count=1)
        waiting = [_DECODER.raw_decode(readable)[0]]
    except (ValueError, RecursionError):
        return
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return
        thing = waiting.pop()
        if isinstance(thing, dict):
            if "@type" in thing:
                yield thing
            waiting += reversed([x for x in thing.values() if isinstance(x, dict | list)])
        elif isinstance(thing, list):
            waiting += reversed(thing)
