"""Bullets and numbers of list items, which browsers draw and no text node holds."""

from __future__ import annotations

import re

import numpy as np

from cleaner.html.elements import ITEM, NUMBERED
from cleaner.html.forest import Forest
from cleaner.html.nesting import Places

BULLET = "• "
_NUMBER_RE = re.compile(r' (?:start|value)="\s*(-?\d{1,9})')


def list_marks(forest: Forest) -> list[str]:
    """What stands before each line: a bullet, a number with a full stop, or nothing.

    A list item's mark stands before its first line, that of the innermost where several begin.
    """
    nesting, lines = forest.nesting, forest.lines
    marks = [""] * len(lines)
    items = np.flatnonzero(forest.has(ITEM))
    first_tokens = lines.first_tokens
    rows = np.searchsorted(first_tokens, nesting.starts[items])
    begins = np.append(first_tokens, len(nesting.owners))[rows] < nesting.ends[items]
    numbered = forest.has(NUMBERED)[nesting.parents[items]]
    numbers = _numbers(forest, items[numbered]) if numbered.any() else {}
    for item, row in zip(items[begins].tolist(), rows[begins].tolist(), strict=True):
        marks[row] = f"{numbers[item]}. " if item in numbers else BULLET
    return marks


def _numbers(forest: Forest, items: Places) -> dict[int, int]:
    """The number of each item of an ordered list."""
    nesting, tags = forest.nesting, forest.tags
    next_number: dict[int, int] = {}
    found: dict[int, int] = {}
    for item, parent in zip(items.tolist(), nesting.parents[items].tolist(), strict=True):
        if parent not in next_number:
            next_number[parent] = _given(tags[parent], 1)
        found[item] = _given(tags[item], next_number[parent])
        next_number[parent] = found[item] + 1
    return found


def _given(tag: str, otherwise: int) -> int:
    """The number that a list starts with, or an item has, by its attributes."""
    found = _NUMBER_RE.search(tag)
    return int(found.group(1)) if found else otherwise
