"""The attributes of tags that tell what elements are for, found in one search over all tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from operator import itemgetter

import numpy as np

from cleaner.html.nesting import Places
from cleaner.model import Bools

# Attributes whose words say what an element is for.
_NAMING = (
    "class", "id", "role", "itemprop", "itemtype", "rel", "property", "data-testid",
    "data-component", "data-module", "data-type", "data-qa",
)  # fmt: skip
_HIDING = ("hidden", "aria-hidden", "style")
_KEYS = {key: i for i, key in enumerate((*_NAMING, *_HIDING, ""))}
_CLASS, _END_OF_TAG = _KEYS["class"], _KEYS[""]
# No attribute can begin inside of one, for a written tree escapes quotes in values; NUL ends a tag.
_ATTRIBUTE_RE = re.compile(rf'\0| ({"|".join((*_NAMING, *_HIDING))})="([^"]*)"')
_ANY_ATTRIBUTE_RE = re.compile(r' ([^\s"=]+)="([^"]*)"')
_INVISIBLE_RE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FIRST_NAME_RE = re.compile(r"[\w-]{1,40}")
# Style sheets made by machines name an element by dozens of classes; and a page can be hostile.
READ_CHARS = 400


@dataclass(frozen=True, slots=True, eq=False)
class Attributes:
    """The naming attributes of some tags, in order; columns have one row an attribute."""

    values: Sequence[str]
    tags: Places  # the tag that each is of
    are_classes: Bools
    hidden: Bools  # not a column: whether each tag hides its element; shape (tags,)


def read_attributes(tags: Sequence[str]) -> Attributes:
    """The attributes of tags, as they stand in written trees, that name or hide an element."""
    found = _ATTRIBUTE_RE.findall("\0".join([*tags, ""]))
    keys = np.fromiter(map(_KEYS.__getitem__, map(itemgetter(0), found)), np.int64, len(found))
    of_tags = np.cumsum(keys == _END_OF_TAG)
    hidden = np.zeros(len(tags), np.bool_)
    hiding = np.flatnonzero((keys >= len(_NAMING)) & (keys != _END_OF_TAG)).tolist()
    hidden[[int(of_tags[i]) for i in hiding if _hides(*found[i])]] = True
    # What `body` is called is said of the whole page.
    whole = np.fromiter(map(_is_whole_page, tags), np.bool_, len(tags))
    naming = np.flatnonzero((keys < len(_NAMING)) & ~np.append(whole, True)[of_tags])
    values = [found[i][1][:READ_CHARS] for i in naming.tolist()]
    return Attributes(values, of_tags[naming], keys[naming] == _CLASS, hidden)


def _is_whole_page(tag: str) -> bool:
    return tag.startswith(("html ", "body "))


def _hides(key: str, value: str) -> bool:
    if key == "style":
        return bool(_INVISIBLE_RE.search(value[:READ_CHARS]))
    return key == "hidden" or value == "true"


def attributes_of(tag: str) -> dict[str, str]:
    """All attributes of a tag as it stands in a written tree.

    >>> attributes_of('time datetime="2019" title="a &amp; b"')
    {'datetime': '2019', 'title': 'a & b'}
    """
    found = dict(_ANY_ATTRIBUTE_RE.findall(tag))
    return {name: unescape(value) for name, value in found.items()} if "&" in tag else found


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
