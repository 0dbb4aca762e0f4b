"""Which element holds which: tags in their order to parents, ends and owners, by array operations.

All arrays are of whole numbers; elements are those with content, in the order of their start tags.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.html.elements import CLOSES, VOID
from cleaner.model import Bools

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Nesting:
    """The trees of pages laid end to end, of which each has a root that holds all of it."""

    starts: Places  # the start tag of each element; shape (elements,)
    ends: Places  # the tag that closes it
    parents: Places  # the element that holds it; a root holds itself
    depths: Places  # how many elements hold it
    owners: Places  # the element that holds the text after each tag; shape (tags,)

    @classmethod
    def of(cls, bits: npt.NDArray[np.int64]) -> Nesting:
        """The trees of tags by their bits (see `cleaner.html.elements`); they pair up."""
        count, closes = len(bits), (bits & CLOSES) > 0
        steps = np.where((bits & VOID) > 0, 0, np.where(closes, -1, 1))
        depths = np.cumsum(steps)
        starts = np.flatnonzero(steps > 0)
        # An element is found by its depth and the last start tag of that depth.
        keys = depths[starts] * (count + 1) + starts
        order = np.argsort(keys)

        def last_start(of_depths: Places, before: Places) -> Places:
            at = np.searchsorted(keys[order], of_depths * (count + 1) + before, side="right") - 1
            return np.asarray(order[np.maximum(at, 0)])

        ends = np.full(len(starts), count, np.int64)
        closing = np.flatnonzero(closes)
        ends[last_start(depths[closing] + 1, closing)] = closing
        parents = last_start(np.maximum(depths[starts] - 1, 1), starts)
        owners = last_start(np.maximum(depths, 1), np.arange(count))
        return cls(starts, ends, parents, depths[starts] - 1, owners)

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def roots(self) -> Places:
        """The root of each page."""
        return np.flatnonzero(self.depths == 0)

    def within(self, elements: Bools) -> Bools:
        """Whether the text after each tag lies in one of these elements; shape (tags,)."""
        steps = np.zeros(len(self.owners) + 1, np.int64)
        steps[self.starts[elements]] = 1
        steps[self.ends[elements]] -= 1
        return np.asarray(np.cumsum(steps[:-1]) > 0)

    def nearest(self, elements: Bools) -> Places:
        """The nearest of these that holds or is each element; the root where there is none.

        By doubling the way that is looked ahead: as many steps as the depth has binary digits.
        """
        found = np.where(elements, np.arange(len(self)), self.parents)
        while True:
            further = found[found]
            if (further == found).all():
                return found
            found = further

    def united(self, sets: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        """The union of each element's set and those of all above it; sets are bits of a number."""
        found, above = sets, self.parents
        while True:
            found = found | found[above]
            if not self.depths[above].any():
                return np.asarray(found)
            above = above[above]

    def up(self, elements: Places, levels: int) -> Places:
        """The elements so many levels above, or the roots."""
        for _ in range(levels):
            elements = self.parents[elements]
        return elements
