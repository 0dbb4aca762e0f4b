"""Blocks of Markdown: lines in lists, quotes, code and tables, put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cleaner.markdown.paths import ITEM, LIST, QUOTE, Holder

# Greater numbers, or those below zero, begin no item.
LAST_NUMBER = 999_999_999
_FENCE_RE = re.compile(r"`{3,}")
_NO_HOLDER = Holder("", -1)


class Entry(NamedTuple):
    """A line that is written, and what holds it."""

    line: int
    path: tuple[Holder, ...]


class Block(NamedTuple):
    """The lines of a block; `kind` as in `cleaner.markdown.paths`, empty for text."""

    lines: list[str]
    kind: str = ""
    marker: str = ""  # the last one of a list


Leaf = Callable[[Sequence[Entry], Holder], Iterator[list[str]]]
"""The blocks that lines are which nothing more holds, or which a table or code block holds."""
Numbers = Callable[[int], Mapping[int, int]]


def blocks(entries: Sequence[Entry], leaf: Leaf, numbers: Numbers, depth: int = 0) -> list[Block]:
    """The blocks of lines in order; `depth` of what holds them is written already."""
    found: list[Block] = []
    for holder, some in groupby(entries, lambda entry: _holder(entry, depth)):
        group = list(some)
        if holder.kind == QUOTE:
            inner = joined(blocks(group, leaf, numbers, depth + 1))
            found.append(Block([f"> {line}" if line else ">" for line in inner], QUOTE))
        elif holder.kind == LIST:
            before = found[-1].marker if found else ""
            found.append(_list(group, leaf, numbers, depth, before))
        else:
            found += [Block(lines, holder.kind) for lines in leaf(group, holder)]
    return found


def joined(found: Sequence[Block]) -> list[str]:
    """The lines of blocks with blank ones between."""
    lines: list[str] = []
    for i, block in enumerate(found):
        lines += ["", *block.lines] if i else block.lines
    return lines


def code(lines: Sequence[str], language: str) -> list[str]:
    """A fenced block."""
    longest = max((len(run) for line in lines for run in _FENCE_RE.findall(line)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}{language}", *lines, fence]


def _holder(entry: Entry, depth: int) -> Holder:
    return entry.path[depth] if len(entry.path) > depth else _NO_HOLDER


def _list(entries: Sequence[Entry], leaf: Leaf, numbers: Numbers, depth: int, before: str) -> Block:
    """A list; its marker differs from that of a list right before it, with which it would be one.

    A number that does not follow the one before begins a list of its own.
    """
    number_of = numbers(entries[0].path[depth].element)
    items = [
        (holder, blocks(list(some), leaf, numbers, depth + 2))
        for holder, some in groupby(entries, lambda entry: _holder(entry, depth + 1))
    ]
    loose = any(_is_loose(found) for _, found in items)
    lines: list[str] = []
    marker, expected = before, 0
    for i, (item, found) in enumerate(items):
        number = number_of.get(item.element, -1) if item.kind == ITEM else -1
        is_new = not i or (number != expected if 0 <= number <= LAST_NUMBER else False)
        marker = _marker(0 <= number <= LAST_NUMBER, marker, is_new=is_new)
        expected = number + 1
        prefix = f"{number}{marker} " if marker in ".)" else f"{marker} "
        inner = joined(found) if loose else [line for block in found for line in block.lines]
        lines += [""] if lines and (loose or is_new) else []
        lines += _indented(inner, prefix)
    return Block(lines, LIST, marker)


def _marker(is_number: bool, before: str, *, is_new: bool) -> str:  # noqa: FBT001  # one of two
    one, other = (".", ")") if is_number else ("-", "*")
    if before not in {one, other}:
        return one
    return (other if before == one else one) if is_new else before


def _is_loose(found: Sequence[Block]) -> bool:
    """Whether the blocks of an item need blank lines between: all but text with lists below."""
    return any(block.kind != LIST or block.marker in {".", ")"} for block in found[1:]) or any(
        block.kind == LIST for block in found[:-1]
    )


def _indented(lines: Sequence[str], prefix: str) -> list[str]:
    indent = " " * len(prefix)
    first, *others = lines
    return [f"{prefix}{first}", *(f"{indent}{line}" if line else "" for line in others)]
