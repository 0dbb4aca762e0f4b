"""What the tag of an element tells by itself: its name, and the words of its attributes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from cleaner.html.elements import BITS, CLOSES, KINDS, VOID
from cleaner.html.families import FAMILIES_OF_ELEMENT, families_of

# Attributes whose words say what an element is for.
_NAMING = (
    "class", "id", "role", "itemprop", "itemtype", "rel", "property", "data-testid",
    "data-component", "data-module", "data-type", "data-qa",
)  # fmt: skip
_HIDING = ("hidden", "aria-hidden", "style")
# A written tree escapes quotes in values, so this cannot begin inside of one.
_ATTRIBUTE_RE = re.compile(rf' ({"|".join((*_NAMING, *_HIDING))})="([^"]*)"')
_WORD_RE = re.compile(r"[A-Z]?[^\W\d_A-Z]{2,}|[A-Z]{2,}(?![a-z])")
_WITHOUT_DIGITS = str.maketrans("", "", "0123456789")
_INVISIBLE_RE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FIRST_NAME_RE = re.compile(r"[\w-]{1,40}")
# Style sheets made by machines name an element by dozens of classes; and a page can be hostile.
READ_CHARS, READ_WORDS = 400, 16
CACHED_TAGS, CACHED_WORDS = 1 << 15, 1 << 16
# What `body` is called is said of the whole page.
_WHOLE_PAGE = frozenset(("html", "body"))
# They hold no text that their names could tell of.
_EMPTY = frozenset(name for name, bits in BITS.items() if bits & VOID)


class Tag(NamedTuple):
    """A start tag, or an end tag, of which only the bits are told."""

    bits: int  # see cleaner.html.elements
    kind: int = 0  # see Block
    families: int = 0
    words: tuple[int, ...] = ()  # their hashes
    signature: int = 0  # the same for elements of one name and classes, digits in them aside
    hidden: bool = False


def read_tag(source: str) -> Tag:
    """What a tag tells, as it stands between angle brackets in a written tree.

    >>> from cleaner.html.families import names_of
    >>> tag = read_tag('ol class="commentList c-12" hidden=""')
    >>> tag.hidden, names_of(tag.families)
    (True, ['comment', 'in_list'])
    """
    name, _, attributes = source.partition(" ")
    found = _ATTRIBUTE_RE.findall(source) if attributes and name not in _EMPTY else ()
    return _described(name, *found)


@lru_cache(CACHED_TAGS)
def _described(name: str, *attributes: tuple[str, str]) -> Tag:
    if name.startswith("/"):
        return Tag(CLOSES | BITS.get(name[1:], 0))
    shape, hidden, naming = name, False, []
    for key, value in attributes:
        if key in _HIDING:
            hidden |= _hides(key, value)
            continue
        naming.append(value[:READ_CHARS])
        if key == "class":
            shape = f"{name} {value[:READ_CHARS]}"
    words, families = _named(name, " ".join(naming))
    signature = crc32(shape.translate(_WITHOUT_DIGITS).encode())
    return Tag(BITS.get(name, 0), KINDS.get(name, 0), families, words, signature, hidden)


def _named(name: str, naming: str) -> tuple[tuple[int, ...], int]:
    """The hashes of the words that name an element, its own name among them, and its families."""
    families, own = FAMILIES_OF_ELEMENT.get(name, 0), _word(name)
    if not naming or name in _WHOLE_PAGE:
        return (own[0],), families
    words = [own, *map(_word, _WORD_RE.findall(naming)[:READ_WORDS])]
    for _, of_word in words[1:]:
        families |= of_word
    return tuple(dict(words)), families


@lru_cache(CACHED_WORDS)
def _word(word: str) -> tuple[int, int]:
    """The hash of a word and its families, whatever its case."""
    lower = word.lower()
    return crc32(lower.encode()), families_of(lower)


def _hides(key: str, value: str) -> bool:
    if key == "style":
        return bool(_INVISIBLE_RE.search(value[:READ_CHARS]))
    return key == "hidden" or value == "true"


def label(source: str) -> str:
    """What a style sheet would call an element, by its tag in a written tree.

    >>> label('div id="x" class="comment-list wide"')
    'div.comment-list'
    """
    name = source.partition(" ")[0][:40]
    given = dict(_ATTRIBUTE_RE.findall(source))
    for key, mark in (("class", "."), ("id", "#")):
        if found := _FIRST_NAME_RE.search(given.get(key, "")):
            return f"{name}{mark}{found.group()}"
    return name
