"""The attributes of tags that tell what elements are for, found by their quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.html.nesting import Places
from cleaner.html.tokens import Tokens, eight_bytes
from cleaner.model import Bools

# Attributes whose words say what an element is for.
_NAMING = (
    "class", "id", "role", "itemprop", "itemtype", "rel", "property", "data-testid",
    "data-component", "data-module", "data-type", "data-qa",
)  # fmt: skip
_HIDING = ("hidden", "aria-hidden", "style")
_KEYS = (*_NAMING, *_HIDING)
_CLASS = _KEYS.index("class")
_OTHER = len(_KEYS)
_ATTRIBUTE_RE = re.compile(rf' ({"|".join(_KEYS)})="([^"]*)"')
_INVISIBLE_RE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FIRST_NAME_RE = re.compile(r"[\w-]{1,40}")
_QUOTE, _EQUALS = ord('"'), ord("=")
_EIGHT = 8
# Style sheets made by machines name an element by dozens of classes; and a page can be hostile.
READ_CHARS = 400


@dataclass(frozen=True, slots=True, eq=False)
class Attributes:
    """The naming attributes of some tags, in order; columns have one row an attribute."""

    values: Sequence[bytes]
    tags: Places  # the tag that each is of
    are_classes: Bools
    hidden: Bools  # not a column: whether each tag hides its element; shape (tags,)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Attributes in order; columns have one row an attribute."""

    tags: Places
    keys: npt.NDArray[np.int8]  # index into _KEYS, or _OTHER
    starts: Places  # of the value
    ends: Places


def read_attributes(tokens: Tokens, unnamed: Bools) -> Attributes:
    """The attributes that name or hide an element; `unnamed` says whose names are not read."""
    found = _found(tokens)
    hidden = np.zeros(len(tokens), np.bool_)
    hiding = (found.keys >= len(_NAMING)) & (found.keys < _OTHER)
    values, tags = _values(tokens, found, hiding), found.tags[hiding].tolist()
    for key, value, tag in zip(found.keys[hiding].tolist(), values, tags, strict=True):
        hidden[tag] |= _hides(_KEYS[key], value)
    naming = (found.keys < len(_NAMING)) & ~unnamed[found.tags]
    values = _values(tokens, found, naming)
    return Attributes(values, found.tags[naming], found.keys[naming] == _CLASS, hidden)


def _values(tokens: Tokens, found: _Found, chosen: Bools) -> list[bytes]:
    starts = found.starts[chosen]
    ends = np.minimum(found.ends[chosen], starts + READ_CHARS)
    written = tokens.written
    return [written[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _found(tokens: Tokens) -> _Found:
    """All attributes; those of tags whose names have quotes in them are found one by one."""
    chars = np.frombuffer(tokens.written, np.uint8)
    quotes = np.flatnonzero(chars == _QUOTE)
    tags = np.searchsorted(tokens.starts, quotes, side="right") - 1
    inside = quotes < tokens.ends[tags]
    quotes, tags = quotes[inside], tags[inside]
    broken = _broken(chars, quotes, tags)
    if len(broken):
        sound = ~np.isin(tags, broken)
        quotes, tags = quotes[sound], tags[sound]
    opening, closing = quotes[::2], quotes[1::2]
    found = _Found(tags[::2], _keys(tokens.written, opening), opening + 1, closing)
    return _merged(found, list(_one_by_one(tokens, broken.tolist()))) if len(broken) else found


def _broken(chars: npt.NDArray[np.uint8], quotes: Places, tags: Places) -> Places:
    """The tags in which not every other quote opens a value."""
    opens = chars[quotes - 1] == _EQUALS
    pairs = len(quotes) % 2 == 0 and np.array_equal(tags[::2], tags[1::2])
    if pairs and opens[::2].all():
        return np.zeros(0, np.int64)
    own, first, counts = np.unique(tags, return_index=True, return_counts=True)
    nth = np.arange(len(tags)) - np.repeat(first, counts)
    return np.union1d(own[counts % 2 == 1], tags[(nth % 2 == 0) & ~opens])


def _keys(written: bytes, opening: Places) -> npt.NDArray[np.int8]:
    """The attribute before each quote that opens a value."""
    found = np.full(len(opening), _OTHER, np.int8)
    last, first = (eight_bytes(written, opening - 1 - back) for back in (_EIGHT, 2 * _EIGHT))
    for i, key in enumerate(_KEYS):
        name = f" {key}".encode()
        is_key = _ends_with(last, name[-_EIGHT:])
        if len(name) > _EIGHT:
            is_key &= _ends_with(first, name[:-_EIGHT])
        found[is_key] = i
    return found


def _ends_with(words: npt.NDArray[np.uint64], ending: bytes) -> Bools:
    shifted = words >> np.uint64(8 * (_EIGHT - len(ending)))
    return np.asarray(shifted == np.uint64(int.from_bytes(ending, "little")))


def _one_by_one(tokens: Tokens, tags: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    for tag in tags:
        start = int(tokens.starts[tag])
        # Bytes are read as characters one to one, so that places are those of the bytes.
        source = tokens.written[start : int(tokens.ends[tag])].decode("latin-1")
        for found in _ATTRIBUTE_RE.finditer(source):
            yield tag, _KEYS.index(found[1]), start + found.start(2), start + found.end(2)


def _merged(found: _Found, others: Sequence[tuple[int, int, int, int]]) -> _Found:
    rows = np.array(others, np.int64).reshape(-1, 4)
    columns = (found.tags, found.keys, found.starts, found.ends)
    merged = [np.concatenate([own, rows[:, i]]) for i, own in enumerate(columns)]
    order = np.argsort(merged[2], kind="stable")
    tags, keys, starts, ends = (column[order] for column in merged)
    return _Found(tags, keys.astype(np.int8), starts, ends)


def _hides(key: str, value: bytes) -> bool:
    if key == "style":
        return bool(_INVISIBLE_RE.search(value.decode("latin-1")))
    return key == "hidden" or value == b"true"


def label(tag: str) -> str:
    """What a style sheet would call an element, by its tag in a written tree.

    >>> label('div id="x" class="comment-list wide"')
    'div.comment-list'
    """
    name = tag.partition(" ")[0][:40]
    given = dict(_ATTRIBUTE_RE.findall(tag))
    for key, mark in (("class", "."), ("id", "#")):
        if found := _FIRST_NAME_RE.search(given.get(key, "")):
            return f"{name}{mark}{found.group()}"
    return name
