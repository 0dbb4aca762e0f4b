"""Lines laid end to end as one array of code points, and what can be counted of them at once.

A table says what each code point is; sums between line starts say how many of them a line has. No
Python loop runs over characters, and only the cheapest over lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from cleaner import characters as ch
from cleaner.model import Bools, Ints

# A longer line is measured by its first and last half of this; so one 200 MB line costs no more.
# Below 2**16, for counts are packed into 16 bits.
LONGEST_MEASURED_CHARS = 8_000

Positions = npt.NDArray[np.int64]
Packed = npt.NDArray[np.uint64]
_FIELD_BITS = 16
_FIELDS = 4


class Laid:
    """Lines laid end to end, each followed by a line feed.

    `text` is all of them, `points` every character of it as an index into the tables of
    `cleaner.characters`, `flags` its classes; `starts` and `lengths` bound the lines, shape
    (lines,). The line feed counts with the line before it, and is white space.
    """

    def __init__(self, contents: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, contents), np.int64, len(contents))
        self.truncated: Bools = lengths > LONGEST_MEASURED_CHARS
        if self.truncated.any():
            contents = [_shortened(c) for c in contents]
            lengths = np.fromiter(map(len, contents), np.int64, len(contents))
        self.lengths = lengths
        ends = np.cumsum(lengths + 1)
        self.starts: Positions = ends - lengths - 1
        self.text = "\n".join(contents) + "\n" if contents else ""
        self.points = ch.code_points(self.text)
        self.flags = ch.classes()[self.points]

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.starts)

    @cached_property
    def line_of(self) -> Positions:
        """The line each character belongs to; shape (characters,)."""
        return np.repeat(np.arange(len(self)), self.lengths + 1)

    def has(self, flag: int) -> Bools:
        """Which characters have one of these classes."""
        return self.has_flag(self.flags, flag)

    def counts(self, *flags: int) -> list[Ints]:
        """How many characters of each line have each of these classes; four cost as much as one."""
        found: list[Ints] = []
        for i in range(0, len(flags), _FIELDS):
            some = flags[i : i + _FIELDS]
            found += self._unpacked(_packed_table(some)[self.points], len(some))
        return found

    def sums(self, *masks: Bools) -> list[Ints]:
        """How many characters of each line each mask marks; cheap where they are few."""
        size = len(self)
        return [
            np.bincount(self.line_of[np.flatnonzero(mask)], minlength=size).astype(np.int32)
            for mask in masks
        ]

    def _unpacked(self, packed: Packed, fields: int) -> list[Ints]:
        if not len(self):
            return [np.zeros(0, np.int32)] * fields
        sums = np.add.reduceat(packed, self.starts)
        mask = np.uint64((1 << _FIELD_BITS) - 1)
        return [
            ((sums >> np.uint64(i * _FIELD_BITS)) & mask).astype(np.int32) for i in range(fields)
        ]

    def any_at(self, positions: Positions) -> Bools:
        """Which lines hold one of these positions."""
        found = np.zeros(len(self), np.bool_)
        found[np.searchsorted(self.starts, positions, side="right") - 1] = True
        return found

    def at(self, positions: Positions, flag: int) -> Bools:
        """Whether the characters at these positions have one of these classes."""
        if not len(self.points):
            return np.zeros(len(positions), np.bool_)
        return self.has_flag(self.flags[positions], flag)

    @staticmethod
    def has_flag(flags: npt.NDArray[np.uint32], flag: int) -> Bools:
        """Which of some classes are among these."""
        return np.asarray((flags & np.uint32(flag)) != 0)

    @cached_property
    def first(self) -> Positions:
        """Where the first character stands that is no mark, at most four further on."""
        return self._skipping(self.starts, ch.MARK | ch.SPACE, 1)

    @cached_property
    def last(self) -> Positions:
        """Where the last character stands, closing marks aside, at most four before the end."""
        return self._skipping(self.starts + self.lengths - 1, ch.CLOSING | ch.SPACE, -1)

    def _skipping(self, positions: Positions, flag: int, step: int) -> Positions:
        at, ends = positions.copy(), self.starts + self.lengths
        for _ in range(4):
            moved = at + step
            skip = (moved >= self.starts) & (moved < ends) & self.at(at, flag)
            if not skip.any():
                break
            at[skip] = moved[skip]
        return at


def _shortened(content: str) -> str:
    half = LONGEST_MEASURED_CHARS // 2
    return content if len(content) <= 2 * half else content[:half] + content[-half:]


@cache
def _packed_table(flags: tuple[int, ...]) -> Packed:
    """For every code point a one in the field of each class it has."""
    table = np.zeros(ch.TABLE_SIZE, np.uint64)
    for i, flag in enumerate(flags):
        has = (ch.classes() & np.uint32(flag)) != 0
        table |= has.astype(np.uint64) << np.uint64(i * _FIELD_BITS)
    return table
