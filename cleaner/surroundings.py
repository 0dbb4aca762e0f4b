"""What stands around each line of some pages: neighbours, stretches, all before and all after."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Table = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Neighbours that are read one by one, on both sides.
NEAR = 3
OFFSETS = tuple(k for k in range(-NEAR, NEAR + 1) if k)
# Stretches of lines that are read as their mean: from, to.
STRETCHES = ((-8, -1), (1, 8), (-24, -1), (1, 24))
NEAR_PARTS = len(OFFSETS) + len(STRETCHES)
# Of all lines before and of all after: the mean, and the most.
PARTS = NEAR_PARTS + 4


class Places:
    """Where lines stand on their pages; `lengths` is how many lines each page has, in order."""

    def __init__(self, lengths: Sequence[int] | Ints) -> None:
        counts = np.asarray(lengths, np.int64)
        ends = np.cumsum(counts)
        self.page = np.repeat(np.arange(len(counts)), counts)
        self.first, self.end = np.repeat(ends - counts, counts), np.repeat(ends, counts)

    def shifted(self, values: Matrix, at: Ints, offset: int) -> Matrix:
        """The row this far away from each line; nothing beyond the ends of its page."""
        other = at + offset
        inside = (other >= self.first[at]) & (other < self.end[at])
        found = values[np.where(inside, other, at)]
        found[~inside] = 0
        return found

    def stretch(self, sums: Table, at: Ints, first: int, last: int) -> Table:
        """The sum from `first` to `last` lines away, nothing beyond the ends of the page.

        `sums` is what `sums_before` finds.
        """
        start = np.clip(at + first, self.first[at], self.end[at])
        end = np.clip(at + last + 1, self.first[at], self.end[at])
        return np.asarray(sums[end] - sums[start])


class Surroundings:
    """What stands around lines, of some numbers about each.

    `values` are not negative, shape (lines, numbers). Where they are whole, so are their means:
    `whole` rounds them.
    """

    def __init__(self, values: Matrix, lengths: Sequence[int] | Ints, *, whole: bool) -> None:
        self.values, self._whole = values, whole
        self.places = Places(lengths)
        self._sums = sums_before(values)
        page = self.places.page
        self.most_above = _most_so_far(values, page)
        self.most_below = _most_so_far(values[::-1], page.max(initial=0) - page[::-1])[::-1]

    def of(self, rows: slice) -> Matrix:
        """What stands around these lines, side by side; shape (lines, PARTS x numbers)."""
        at, places = np.arange(*rows.indices(len(self.values))), self.places
        above, below = at - places.first[at], places.end[at] - at - 1
        parts = [places.shifted(self.values, at, offset) for offset in OFFSETS]
        parts += [self._mean(at, first, last, last - first + 1) for first, last in STRETCHES]
        far = len(self.values)
        parts.append(self._mean(at, -far, -1, above))
        parts.append(self._mean(at, 1, far, below))
        parts.append(places.shifted(self.most_above, at, -1))
        parts.append(places.shifted(self.most_below, at, 1))
        return np.concatenate(parts, axis=1)

    def _mean(self, at: Ints, first: int, last: int, count: int | Ints) -> Matrix:
        sums = self.places.stretch(self._sums, at, first, last)
        means = sums / np.maximum(count, 1).reshape(-1, 1)
        return np.asarray(np.rint(means) if self._whole else means, self.values.dtype)


def sums_before(values: npt.NDArray[np.floating]) -> Table:
    """The sum of all rows before each, and of all rows; one row more than `values`."""
    found = np.zeros((len(values) + 1, values.shape[1]), np.float64)
    np.cumsum(values, axis=0, dtype=np.float64, out=found[1:])
    return found


def _most_so_far(values: Matrix, page: Ints) -> Matrix:
    """The most of each column on a line's page down to the line itself; pages are in order."""
    # Lifted above all pages before it, a page has nothing of theirs.
    lift = (page * (float(values.max(initial=0)) + 1))[:, None]
    return np.asarray(np.maximum.accumulate(values + lift, axis=0) - lift, values.dtype)
