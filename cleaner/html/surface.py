"""Where the headline of a page stands, and the lines and elements around it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.html.flatten import Flat
from cleaner.markup import NUMBERS

_TO_HEADLINE = NUMBERS.index("lines_to_headline")
# Kicker, byline and date stand this near; with pictures and buttons between them.
LINES_ABOVE, LINES_BELOW = 6, 14
SHORT_CHARS = 160


def headline(flat: Flat) -> int | None:
    """The line that is likeliest the headline; None if no line is like one."""
    found = np.flatnonzero(flat.markup.numbers[:, _TO_HEADLINE] == 0)
    # Where there is none, all lines are as near.
    single = len(found) == 1 and (len(flat.lines) > 1 or flat.markup.numbers[0, _TO_HEADLINE] == 0)
    return int(found[0]) if single else None


def content(flat: Flat, line: int) -> str:
    """The text of a line, without its list mark."""
    start = int(flat.lines.starts[line]) + int(flat.markup.marks[line])
    return flat.text[start : int(flat.lines.ends[line])]


def around_headline(flat: Flat) -> Iterator[tuple[int, str]]:
    """The short lines below the headline, the nearest first, then those above it."""
    at = headline(flat)
    if at is None:
        return
    below = range(at + 1, min(at + LINES_BELOW + 1, len(flat.lines)))
    above = range(at - 1, max(at - LINES_ABOVE, 0) - 1, -1)
    for line in (*below, *above):
        if flat.lines.ends[line] - flat.lines.starts[line] <= SHORT_CHARS:
            yield line, content(flat, line)


def nearest_first(flat: Flat, elements: list[int]) -> list[int]:
    """Elements in the order of their distance from the headline, those below it first."""
    at = headline(flat)
    if at is None:
        return elements
    place = int(flat.markup.elements[at])
    return sorted(elements, key=lambda each: (each < place, abs(each - place)))
