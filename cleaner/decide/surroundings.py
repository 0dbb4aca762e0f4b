"""What stands around each line of some pages: neighbours, stretches, all before and all after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

Matrix = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Sums = npt.NDArray[Any]

# Neighbours that are read one by one, on both sides.
NEAR = 3
OFFSETS = tuple(k for k in range(-NEAR, NEAR + 1) if k)
# Stretches of lines that are read as their mean: from, to.
_LENGTHS = (8, 24)
STRETCHES = tuple(each for n in _LENGTHS for each in ((-n, -1), (1, n)))
NEAR_PARTS = len(OFFSETS) + len(STRETCHES)
# Of all lines before and of all after: the mean, and the most.
PARTS = NEAR_PARTS + 4
# Of up to so many lines, rounded means in single precision are those in double: sums stay below
# 2**24, and a mean that is no tie is farther from one than it can be off.
FEW_LINES = 1 << 15
# Sums of whole numbers up to 255 of up to so many lines fit 32 bits.
MANY_LINES = 1 << 24


class Places:
    """Where lines stand on their pages; `lengths` is how many lines each page has, in order."""

    def __init__(self, lengths: Sequence[int] | Ints) -> None:
        counts = np.asarray(lengths, np.int64)
        ends = np.cumsum(counts)
        self.first, self.end = np.repeat(ends - counts, counts), np.repeat(ends, counts)

    def shifted(self, values: Matrix, at: Ints, offset: int) -> Matrix:
        """The row this far away from each line; nothing beyond the ends of its page."""
        other = at + offset
        inside = (other >= self.first[at]) & (other < self.end[at])
        found = values[np.where(inside, other, at)]
        found[~inside] = 0
        return found

    def stretch(self, sums: Sums, at: Ints, first: int, last: int) -> Sums:
        """The sum from `first` to `last` lines away, nothing beyond the ends of the page.

        `sums` is what `sums_before` finds.
        """
        begin, end = self.first[at], self.end[at]
        found: Sums = sums.take(np.minimum(np.maximum(at + last + 1, begin), end), axis=0)
        found -= sums.take(np.minimum(np.maximum(at + first, begin), end), axis=0)
        return found


class Surroundings:
    """What stands around lines, of some numbers about each.

    `values` are not negative, shape (lines, numbers). Where they are whole numbers up to 255, so
    are their means: `whole` rounds them. Those may be given as bytes.
    """

    def __init__(
        self, values: Matrix | Bytes, lengths: Sequence[int] | Ints, *, whole: bool
    ) -> None:
        self.values, self._whole = values, whole
        self.places = Places(lengths)
        self._sums = sums_before(values, _kind(len(values)) if whole else np.float64)
        # What stands NEAR lines before each line, and behind the last one: nothing at the ends.
        padded, numbers = np.pad(values, ((NEAR, NEAR), (0, 0))), values.shape[1]
        self._near = sliding_window_view(padded.ravel(), NEAR * numbers)[::numbers]
        self.most_above = _most_so_far(values, lengths)
        # In order of lines: what is taken of it would be copied as a whole otherwise.
        below = _most_so_far(values[::-1], lengths[::-1])
        self.most_below = np.ascontiguousarray(below[::-1])

    def of(self, rows: slice, out: Matrix | None = None) -> Matrix:
        """What stands around these lines, side by side; shape (lines, PARTS x numbers).

        It is written to `out`, if that is given.
        """
        lines, numbers = self.values.shape
        at, places = np.arange(*rows.indices(lines)), self.places
        above, below = at - places.first[at], places.end[at] - at - 1
        if out is None:
            kind = np.float32 if self._whole else self.values.dtype
            out = np.empty((len(at), PARTS * numbers), kind)
        parts = out.reshape(len(at), PARTS, numbers)
        near = NEAR * numbers
        out[:, :near] = self._near[:lines][rows]
        out[:, near : 2 * near] = self._near[NEAR + 1 :][rows]
        for beyond in range(NEAR):  # the ends of a page, which neighbours do not reach across
            parts[above == beyond, : NEAR - beyond] = 0
            parts[below == beyond, NEAR + beyond : 2 * NEAR] = 0
        for i, length in enumerate((*_LENGTHS, None)):
            part = 2 * (NEAR + i)
            self._write_means(parts[:, part : part + 2], at, (above, below), length)
        parts[:, -2] = self.most_above.take(at - 1, axis=0, mode="clip")
        parts[above == 0, -2] = 0
        parts[:, -1] = self.most_below.take(at + 1, axis=0, mode="clip")
        parts[below == 0, -1] = 0
        return out

    def _write_means(
        self, out: Matrix, at: Ints, reach: tuple[Ints, Ints], length: int | None
    ) -> None:
        """The mean of so many lines above each, and of as many below; without a length, of all.

        `reach` is how many lines of the page stand above each line, and below it.
        """
        sums = self._sums
        above, below = reach if length is None else (np.minimum(side, length) for side in reach)
        upward = sums.take(at, axis=0) - sums.take(at - above, axis=0)
        downward = sums.take(at + 1 + below, axis=0) - sums.take(at + 1, axis=0)
        kind = np.float64 if sums.dtype == np.uint32 else sums.dtype
        for i, (sums_of_side, counts) in enumerate(zip((upward, downward), reach, strict=True)):
            total = sums_of_side.astype(kind, copy=False)
            many = length or np.maximum(counts, 1).astype(kind)[:, None]
            np.divide(total, many, out=total)
            out[:, i] = np.rint(total, out=total) if self._whole else total


def _kind(lines: int) -> npt.DTypeLike:
    """What sums of whole numbers up to 255 of so many lines are exact in."""
    if lines <= FEW_LINES:
        return np.float32
    return np.uint32 if lines <= MANY_LINES else np.float64


def sums_before(values: npt.NDArray[np.number], kind: npt.DTypeLike = np.float64) -> Sums:
    """The sum of all rows before each, and of all rows; one row more than `values`."""
    found: Sums = np.zeros((len(values) + 1, values.shape[1]), kind)
    np.cumsum(values, axis=0, dtype=kind, out=found[1:])
    return found


def _most_so_far(values: npt.NDArray[Any], lengths: Sequence[int] | Ints) -> npt.NDArray[Any]:
    """The most of each column on a line's page down to the line itself; pages are in order."""
    found, end = np.empty_like(values), 0
    for length in lengths:
        start, end = end, end + int(length)
        np.maximum.accumulate(values[start:end], axis=0, out=found[start:end])
    return found
