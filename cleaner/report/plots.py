"""Counts to bars: the geometry of a histogram, in parts of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.model import LABELS, Label

BINS = 20
# So that a single one among many can still be seen.
_LEAST_HEIGHT = 0.012


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a bar that stands at `start` on the axis; `label` is None where none is told."""

    label: Label | None
    start: float
    bottom: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars from 0 to 1, `highest` what the highest stands for, and each bin in words."""

    bars: tuple[Bar, ...] = ()
    highest: int = 0
    bins: tuple[tuple[float, float, int], ...] = ()

    @property
    def width(self) -> float:
        """How wide a bar is."""
        return 1 / BINS


@dataclass
class Bins:
    """Counts values from 0 to 1 by label."""

    counts: Counter[tuple[int, Label | None]] = field(default_factory=Counter)

    def add(self, value: float, label: Label | None = None) -> None:
        """Count one more value."""
        self.counts[min(int(value * BINS), BINS - 1), label] += 1

    def histogram(self) -> Histogram:
        """The values so far, the labels of a bin upon each other."""
        totals = [sum(n for (at, _), n in self.counts.items() if at == i) for i in range(BINS)]
        highest = max(totals)
        edges = ((i / BINS, (i + 1) / BINS, n) for i, n in enumerate(totals) if n)
        return Histogram(tuple(self._bars(highest)), highest, tuple(edges))

    def _bars(self, highest: int) -> Iterator[Bar]:
        labels: Sequence[Label | None] = (None, *LABELS)
        for at in range(BINS):
            bottom = 0.0
            for label in labels:
                if count := self.counts[at, label]:
                    height = max(count / highest, _LEAST_HEIGHT)
                    yield Bar(label, at / BINS, bottom, height)
                    bottom += height
