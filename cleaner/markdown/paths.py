"""What lists, quotes, tables and code blocks each line of a page lies in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from cleaner.html.elements import BITS, BLOCK
from cleaner.html.tags import attributes, name
from cleaner.markup import Markup

QUOTE, LIST, ITEM, TABLE, CODE = "blockquote", "list", "li", "table", "pre"
# Deeper ones are nobody's.
MOST_HOLDERS = 40
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_HEADING_RE = re.compile(r"h([1-6])$")
_LANGUAGE_RE = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?|highlight-source|brush:)[-\s]?([\w+#.-]{1,30})"
)
_NUMBER_RE = re.compile(r"\s*(-?\d{1,9})")


class Holder(NamedTuple):
    """What holds lines, and where it stands in the tree."""

    kind: str
    element: int


@dataclass(frozen=True)
class Tree:
    """The tree of a page, as Markdown wants it."""

    markup: Markup

    @cached_property
    def parents(self) -> Sequence[int]:
        """The element that holds each element."""
        found: list[int] = self.markup.parents.tolist()
        return found

    @cached_property
    def children(self) -> Mapping[int, Sequence[int]]:
        """The elements in each element that has any."""
        found: dict[int, list[int]] = {}
        for element, parent in enumerate(self.parents):
            if element != parent:
                found.setdefault(parent, []).append(element)
        return found

    def name(self, element: int) -> str:
        """The name of an element."""
        return name(self.markup.tags[element])

    @cached_property
    def _chains(self) -> dict[int, list[int]]:
        """What `chain` found before, by the line's element."""
        return {}

    def chain(self, line: int) -> list[int]:
        """The elements around a line, the outermost first."""
        element = int(self.markup.elements[line])
        if element not in self._chains:
            found = [element]
            while self.parents[found[-1]] != found[-1]:
                found.append(self.parents[found[-1]])
            self._chains[element] = found[::-1]
        return self._chains[element]

    def block(self, line: int) -> int:
        """The innermost block around a line."""
        chain = self.chain(line)
        return next((e for e in reversed(chain) if BITS.get(self.name(e), 0) & BLOCK), chain[0])

    def heading(self, line: int) -> int:
        """The level of the heading that a line is in; 0 for none."""
        levels = (_HEADING_RE.match(self.name(e)) for e in reversed(self.chain(line)))
        return next((int(found[1]) for found in levels if found), 0)

    def holders(self, line: int) -> tuple[Holder, ...]:
        """What holds a line, the outermost first; a code block holds nothing else."""
        found: list[Holder] = []
        for element in self.chain(line):
            kind = self.name(element)
            if kind in _LISTS:
                found.append(Holder(LIST, element))
            elif kind == ITEM and not (found and found[-1].kind == LIST):
                found += [Holder(LIST, self.parents[element]), Holder(ITEM, element)]
            elif kind in {QUOTE, ITEM, TABLE, CODE, "listing"}:
                found.append(Holder(CODE if kind == "listing" else kind, element))
            if found and (found[-1].kind == CODE or len(found) >= MOST_HOLDERS):
                break
        return tuple(found)

    def language(self, element: int) -> str:
        """The language of a code block, as its classes name it; empty where they do not."""
        own = (element, *self.children.get(element, ())[:1])
        classes = (attributes(self.markup.tags[e]).get("class", "") for e in own)
        found = filter(None, map(_LANGUAGE_RE.search, classes))
        return next((each[1] for each in found), "")

    def numbers(self, element: int) -> Mapping[int, int]:
        """The number of each item of an ordered list; empty for other lists."""
        if self.name(element) != "ol":
            return {}
        items = [e for e in self.children.get(element, ()) if self.name(e) == ITEM]
        found, following = {}, self._number(element, "start", 1)
        for item in items:
            found[item] = self._number(item, "value", following)
            following = found[item] + 1
        return found

    def _number(self, element: int, key: str, otherwise: int) -> int:
        found = _NUMBER_RE.match(attributes(self.markup.tags[element]).get(key, ""))
        return int(found[1]) if found else otherwise


def in_items(holders: Sequence[tuple[Holder, ...]]) -> list[tuple[Holder, ...]]:
    """The same, but that lists hold items only.

    What stands in a list outside of its items belongs to the item before it; without any, it is in
    no list.
    """
    found: list[tuple[Holder, ...]] = []
    last: dict[Holder, Holder] = {}
    for path in holders:
        fixed: list[Holder] = []
        for holder, inner in zip_longest(path, path[1:]):
            if holder.kind == LIST and (inner is None or inner.kind != ITEM):
                fixed += [holder, last[holder]] if holder in last else []
                continue
            fixed.append(holder)
            if holder.kind == ITEM and len(fixed) > 1:
                last[fixed[-2]] = holder
        found.append(tuple(fixed))
    return found
