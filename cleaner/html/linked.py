"""What a page's JSON-LD says of its article; anything in it may be of any type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleaner.html.head import Head
from cleaner.text.decode import without_surrogates

Thing = Mapping[str, Any]
# Types of schema.org: works that have a headline, an author and a date of their own.
_ARTICLE_RE = re.compile(
    r"(?:article|posting|report|review|recipe|chapter|thesis|question|howto)$", re.IGNORECASE
)
# And the page around them.
_PAGE_RE = re.compile(r"(?:webpage|itempage|creativework|videoobject|event)$", re.IGNORECASE)
_NO_LETTER_RE = re.compile(r"[\W_]+")
# A list in a list is a mistake, a third one hostile; and nobody has so many authors.
DEEPEST_LISTS, MOST_VALUES = 4, 40
LONGEST_TEXT_CHARS = 1_000


def types(thing: Thing) -> tuple[str, ...]:
    """The types of an object, without the vocabulary they are of."""
    given = thing.get("@type")
    names = given if isinstance(given, list) else [given]
    return tuple(re.split("[/:#]", name)[-1] for name in names if isinstance(name, str))


def articles(head: Head) -> list[Thing]:
    """The objects that may be the page's article, the likeliest first; then the page itself.

    On a page with teasers there are several; the article's headline is in the page's own titles.
    """
    found = [thing for thing in head.linked if any(map(_ARTICLE_RE.search, types(thing)))]
    if len(found) > 1:
        own = folded(" ".join((*head.titles[:1], *head.meta.get("og:title", ()))))
        found.sort(key=lambda thing: not _is_titled(thing, own))
    pages = [thing for thing in head.linked if any(map(_PAGE_RE.search, types(thing)))]
    return found[:1] + pages[:1]


def _is_titled(thing: Thing, own: str) -> bool:
    headlines = (thing.get(key) for key in ("headline", "name"))
    return any(isinstance(text, str) and folded(text) in own for text in headlines if text)


def folded(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _NO_LETTER_RE.sub("", text).lower()


def texts(value: object) -> Iterator[str]:
    """The texts in a value, or the names of the objects in it; fit for UTF-8, never blank."""
    for each in _flat(value):
        text = each.get("name", each.get("@value")) if isinstance(each, Mapping) else each
        for part in _flat(text):
            if isinstance(part, str) and part.strip():
                yield without_surrogates(part.strip()[:LONGEST_TEXT_CHARS])[0]


def things(value: object, known: Sequence[Thing]) -> Iterator[Thing | str]:
    """The texts and objects in a value; one that is only named by its `@id` is looked up."""
    for each in _flat(value):
        if isinstance(each, str):
            yield each
        elif isinstance(each, Mapping):
            named = "name" in each or "@id" not in each
            yield each if named else _known(each["@id"], known)


def _known(name: object, known: Sequence[Thing]) -> Thing:
    return next((each for each in known if "name" in each and each.get("@id") == name), {})


def _flat(value: object, depth: int = 0) -> Iterator[object]:
    """The values in lists in lists."""
    if not isinstance(value, list):
        yield value
    elif depth < DEEPEST_LISTS:
        for each in value[:MOST_VALUES]:
            yield from _flat(each, depth + 1)
