"""Amounts of text by label, of a document and of a whole run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.model import Label


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How much text has a label, and whether it stayed."""

    label: Label
    kept: bool
    lines: int
    chars: int
    documents: int = 1


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a stacked bar; `start` and `share` are parts of one."""

    label: Label
    start: float
    share: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Amounts of text by label; characters leave out the white space around lines."""

    counts: tuple[LabelCount, ...] = ()

    @property
    def lines(self) -> int:
        """Lines of the source that are not blank; a line of two spans counts twice."""
        return sum(count.lines for count in self.counts)

    @property
    def chars(self) -> int:
        """Characters of the source."""
        return sum(count.chars for count in self.counts)

    @property
    def kept_chars(self) -> int:
        """Characters that stayed."""
        return sum(count.chars for count in self.counts if count.kept)

    @property
    def kept(self) -> tuple[LabelCount, ...]:
        """The labels that stayed."""
        return tuple(count for count in self.counts if count.kept)

    @property
    def removed(self) -> tuple[LabelCount, ...]:
        """The labels that went."""
        return tuple(count for count in self.counts if not count.kept)

    @property
    def share_removed(self) -> float:
        """Removed characters as a part of one; 0 where there is no text."""
        return 1 - self.kept_chars / self.chars if self.chars else 0.0

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The bar of removed characters, label by label."""
        return tuple(self._segments())

    def _segments(self) -> Iterator[Segment]:
        start = 0.0
        for count in self.removed:
            share = count.chars / self.chars if self.chars else 0.0
            yield Segment(count.label, start, share)
            start += share


@dataclass(frozen=True, slots=True)
class Summary:
    """A document in a line of the index; `number` counts from 1 in the order of the run.

    `score` is that of its least sure removal, None where nothing was removed; `site` the name of
    the site it is from, where that is known.
    """

    number: int
    id: str
    title: str | None
    language: str | None
    site: str | None
    flags: tuple[str, ...]
    totals: Totals
    score: float | None = None
    undecided: int = 0
