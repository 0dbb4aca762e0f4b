"""Bullets and numbers of list items, which browsers draw and no text node holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from cleaner.html.lines import Layout
from cleaner.html.nesting import Nesting, Places
from cleaner.model import Bools

BULLET = "• "
_NUMBER_RE = re.compile(r' (?:start|value)="\s*(-?\d{1,9})')


def list_marks(tags: Sequence[str], items: Bools, nesting: Nesting, lines: Layout) -> list[str]:
    """What stands before each line: a bullet, a number with a full stop, or nothing.

    A list item's mark stands before its first line, that of the innermost where several begin.
    `items` says which elements are list items.
    """
    marks = [""] * len(lines)
    elements = np.flatnonzero(items)
    first_tokens = lines.first_tokens
    rows = np.searchsorted(first_tokens, nesting.starts[elements])
    begins = np.append(first_tokens, len(tags))[rows] < nesting.ends[elements]
    numbers = _numbers(tags, elements, nesting)
    for row, number, has_text in zip(rows.tolist(), numbers, begins.tolist(), strict=True):
        if has_text:
            marks[row] = BULLET if number is None else f"{number}. "
    return marks


def _numbers(tags: Sequence[str], items: Places, nesting: Nesting) -> list[int | None]:
    """The number of each item of an ordered list; None for the others."""
    next_number: Counter[int] = Counter()
    found: list[int | None] = []
    starts = nesting.starts.tolist()
    for item, parent in zip(items.tolist(), nesting.parents[items].tolist(), strict=True):
        of_list = tags[starts[parent]]
        if of_list.partition(" ")[0] != "ol":
            found.append(None)
            continue
        if parent not in next_number:
            next_number[parent] = _given(of_list, 1)
        number = _given(tags[starts[item]], next_number[parent])
        next_number[parent] = number + 1
        found.append(number)
    return found


def _given(tag: str, otherwise: int) -> int:
    """The number that a list starts with, or an item has, by its attributes."""
    found = _NUMBER_RE.search(tag)
    return int(found.group(1)) if found else otherwise
