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
        closes = (bits & CLOSES) > 0
        steps = np.where((bits & VOID) > 0, 0, np.where(closes, -1, 1)).astype(np.int8)
        depths = np.cumsum(steps, dtype=np.int32)
        paired, starts = np.flatnonzero(steps), np.flatnonzero(steps > 0)
        # On one level start tags and end tags take turns.
        levels = (depths - (steps > 0))[paired]
        in_pairs = paired[_in_order(levels)]
        element = np.cumsum(steps > 0) - 1
        ends = np.empty(len(starts), np.int64)
        ends[element[in_pairs[::2]]] = in_pairs[1::2]
        parents = _parents(depths[starts] - 1)
        # After a start tag its element owns the text; after an end tag the parent of that element.
        owners = np.zeros(len(bits), np.int64)
        owners[starts] = np.arange(len(starts))
        owners[in_pairs[1::2]] = parents[element[in_pairs[::2]]]
        last_paired = np.maximum.accumulate(np.where(steps != 0, np.arange(len(bits)), 0))
        above = (depths[starts] - 1).astype(np.int64)
        return cls(starts, ends, parents, above, owners[last_paired])

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


def _parents(depths: npt.NDArray[np.int32]) -> Places:
    """The element that holds each, by how many hold it; those that none holds hold themselves.

    Each element asks for one on the level above and then offers itself on its own.
    """
    count = len(depths)
    levels = np.stack([depths - 1, depths], axis=1).ravel()
    order = _in_order(levels + 1)
    offers = order % 2 == 1
    latest = np.maximum.accumulate(np.where(offers, np.arange(2 * count), 0))
    parents = np.empty(count, np.int64)
    parents[order[~offers] // 2] = (order // 2)[latest[~offers]]
    return np.where(depths == 0, np.arange(count), parents)


def _in_order(levels: npt.NDArray[np.int32]) -> Places:
    """The places of small whole numbers, in order of these, then of places."""
    small = levels.max(initial=0) <= np.iinfo(np.uint16).max
    # Numbers of 16 bits are sorted in linear time.
    return np.argsort(levels.astype(np.uint16) if small else levels, kind="stable")
