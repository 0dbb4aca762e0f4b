"""What the tag of an element tells by itself: its name, and the words of its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from cleaner.html.elements import BITS, CLOSES, KINDS, VOID
from cleaner.html.families import FAMILIES_OF_ELEMENT, families_of

# Attributes whose words say what an element is for.
_NAMING = (
    "class", "id", "role", "itemprop", "itemtype", "rel", "property", "aria-label", "data-testid",
    "data-component", "data-module", "data-type", "data-qa", "data-name",
)  # fmt: skip
_HIDING = ("hidden", "aria-hidden", "style")
# A written tree escapes quotes in values, so this cannot begin inside of one.
_ATTRIBUTE_RE = re.compile(rf' ({"|".join((*_NAMING, *_HIDING))})="([^"]*)"')
_WORD_RE = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])")
_DIGITS_RE = re.compile(r"\d+")
_INVISIBLE_RE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FIRST_NAME_RE = re.compile(r"[\w-]{1,40}")
# Style sheets made by machines name an element by dozens of classes; and a page can be hostile.
READ_CHARS, READ_WORDS = 400, 16
CACHED_TAGS = 1 << 16
# They hold no text that their names could tell of.
_EMPTY = frozenset(name for name, bits in BITS.items() if bits & VOID)
# What `body` is called is said of the whole page.
_WHOLE_PAGE = frozenset(("html", "body"))


class Tag(NamedTuple):
    """A start tag, or an end tag, of which only name and bits are told."""

    name: str
    bits: int  # see cleaner.html.elements
    kind: int = 0
    families: int = 0
    words: tuple[int, ...] = ()  # their hashes
    signature: int = 0  # the same for elements of one name and classes, numbers in them aside
    hidden: bool = False
    label: str = ""  # as a style sheet would call it


def read_tag(source: str) -> Tag:
    """What a tag tells, as it stands between angle brackets in a written tree.

    >>> from cleaner.html.families import names_of
    >>> tag = read_tag('ol class="commentList c-12" hidden=""')
    >>> tag.label, tag.hidden, names_of(tag.families)
    ('ol.commentList', True, ['comment', 'in_list'])
    """
    name, _, attributes = source.partition(" ")
    found = _ATTRIBUTE_RE.findall(source) if attributes and name not in _EMPTY else ()
    return _described(name, *found) if found else _named(name)


@lru_cache(CACHED_TAGS)
def _named(name: str) -> Tag:
    if name.startswith("/"):
        return Tag(name[1:], CLOSES | BITS.get(name[1:], 0))
    return _described(name)


@lru_cache(CACHED_TAGS)
def _described(name: str, *attributes: tuple[str, str]) -> Tag:
    given = dict(attributes)
    naming = " ".join(given[key][:READ_CHARS] for key in _NAMING if key in given)
    words = () if name in _WHOLE_PAGE else tuple(_words(naming))
    families = FAMILIES_OF_ELEMENT.get(name, 0)
    for word in words:
        families |= families_of(word)
    shape = f"{name} {_DIGITS_RE.sub('0', given.get('class', '')[:READ_CHARS])}"
    return Tag(
        name,
        BITS.get(name, 0),
        KINDS.get(name, 0),
        families,
        tuple(crc32(word.encode()) for word in (name, *words)),
        crc32(shape.encode()),
        _is_hidden(given),
        _label(name, given),
    )


def _words(naming: str) -> Iterator[str]:
    """The distinct words of names, in lower case and in order."""
    found = (word.lower() for word in _WORD_RE.findall(naming) if len(word) > 1)
    yield from list(dict.fromkeys(found))[:READ_WORDS]


def _is_hidden(given: dict[str, str]) -> bool:
    return (
        "hidden" in given
        or given.get("aria-hidden") == "true"
        or bool(_INVISIBLE_RE.search(given.get("style", "")[:READ_CHARS]))
    )


def _label(name: str, given: dict[str, str]) -> str:
    for key, mark in (("class", "."), ("id", "#")):
        if found := _FIRST_NAME_RE.search(given.get(key, "")):
            return f"{name[:40]}{mark}{found.group()}"
    return name[:40]
