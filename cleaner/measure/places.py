"""Where the lines of pages laid end to end stand: on which page, and at which place of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.model import Bools

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the lines of some pages laid end to end stand; one row a line, but for the first two.

    Places on a page count from its first line, those of lines of all pages from the first of all.
    """

    starts: Positions  # the first line of each page; shape (pages,)
    ends: Positions  # the line behind its last one; shape (pages,)
    page: Positions  # the page it is of
    first: Positions  # the first line of that page
    end: Positions  # the line behind its last one

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Places:
        """The places of lines on pages of so many of them."""
        counts = np.fromiter(lengths, np.intp, len(lengths))
        ends = np.cumsum(counts)
        starts, page = ends - counts, np.repeat(np.arange(len(counts)), counts)
        return cls(starts, ends, page, starts[page], ends[page])

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.page)

    @property
    def at(self) -> Positions:
        """The place of each line on its page, from 0."""
        return np.arange(len(self)) - self.first

    @property
    def lines(self) -> Positions:
        """How many lines there are on each line's page."""
        return self.end - self.first

    def rows(self) -> Iterator[slice]:
        """The lines of each page."""
        return map(slice, self.starts.tolist(), self.ends.tolist())

    def marked(self, lines: Positions | Sequence[int]) -> Bools:
        """A mask of these lines."""
        found = np.zeros(len(self), np.bool_)
        found[lines] = True
        return found

    def before(self, values: npt.NDArray[np.integer | np.bool_]) -> Positions:
        """The sum of whole numbers of the lines above on the page."""
        sums = sums_before(values)
        return np.asarray(sums[:-1] - sums[self.first])

    def whole(self, values: npt.NDArray[np.integer | np.bool_]) -> Positions:
        """The sum of whole numbers of all lines of each line's page."""
        sums = sums_before(values)
        return np.asarray(sums[self.end] - sums[self.first])

    def runs(self, mask: Bools) -> tuple[Positions, Positions]:
        """First and last line of every stretch of true values; none goes on to the next page.

        >>> [side.tolist() for side in Places.of([3, 2]).runs(np.array([0, 1, 1, 1, 0]) > 0)]
        [[1, 3], [2, 3]]
        """
        goes_on = mask[1:] & mask[:-1] & (self.page[1:] == self.page[:-1])
        begins, ends = mask.copy(), mask.copy()
        begins[1:] &= ~goes_on
        ends[:-1] &= ~goes_on
        return np.flatnonzero(begins), np.flatnonzero(ends)


def sums_before(values: npt.NDArray[np.integer | np.bool_]) -> Positions:
    """The sum of all whole numbers before each, and of all of them."""
    sums = np.zeros(len(values) + 1, np.intp)
    np.cumsum(values, out=sums[1:])
    return sums


def follow_each_other(columns: Sequence[npt.NDArray[Any]]) -> bool:
    """Whether each column begins in memory where the one before it ends; empty ones aside."""
    some = [column for column in columns if len(column)]
    begins = [column.__array_interface__["data"][0] for column in some]
    ends = [begin + column.nbytes for begin, column in zip(begins, some, strict=True)]
    return begins[1:] == ends[:-1]


def end_to_end(columns: Sequence[npt.NDArray[Any]], *, in_order: bool) -> npt.NDArray[Any]:
    """Columns of some pages as one; not copied where they are all there is of one already.

    `in_order` says that another column of these pages, cut as this one is, does follow each other.
    """
    whole = columns[0].base
    if in_order and whole is not None and all(column.base is whole for column in columns):
        same = whole.dtype == columns[0].dtype and whole.shape == (sum(map(len, columns)),)
        if same:
            return whole
    return np.concatenate(columns)
