"""Counts of a run's rows, row by row: memory grows with the sites, not with the documents."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import exp, log1p
from pathlib import Path
from typing import Any

from cleaner.errors import LedgerError
from cleaner.repeats.sites import site
from cleaner.writers.runs import json_rows, read_summary
from cleaner.writers.schemas import DOCUMENTS

UNKNOWN = "unknown"
# Lengths are counted in steps of a fiftieth of a factor of e, so a median is right to 1%.
STEPS = 50
# Shares removed, in twentieths.
SHARE_BINS = 20


@dataclass
class Group:
    """Some documents: how many, and how many of their characters stayed, or went by which label."""

    documents: int = 0
    chars: int = 0
    kept_chars: int = 0
    removed_chars_of: Counter[str] = field(default_factory=Counter)

    @property
    def share_removed(self) -> float:
        """The characters that went, as a part of one; 0 where there were none."""
        return 1 - self.kept_chars / self.chars if self.chars else 0.0

    def add(self, amounts: Mapping[str, Any]) -> None:
        """Count one more document, by the `stats` of its row."""
        self.documents += 1
        self.chars += amounts["source"]["chars"]
        self.kept_chars += amounts["kept"]["chars"]
        for label, amount in amounts["removed"].items():
            self.removed_chars_of[label] += amount["chars"]


@dataclass
class Lengths:
    """How long texts are, in characters."""

    counts: Counter[int] = field(default_factory=Counter)
    """By the step that log(1 + length) lies in."""

    def add(self, chars: int) -> None:
        """Count one more text."""
        self.counts[round(log1p(chars) * STEPS)] += 1

    @property
    def median(self) -> int:
        """The length that half of the texts do not exceed, to 1%; 0 where there are none.

        >>> lengths = Lengths()
        >>> for chars in (0, 1000, 5000): lengths.add(chars)
        >>> 990 < lengths.median < 1010
        True
        """
        left = (self.counts.total() + 1) // 2
        for step in sorted(self.counts):
            left -= self.counts[step]
            if left <= 0:
                return round(exp(step / STEPS) - 1)
        return 0


@dataclass
class Stats:
    """What a run did to its documents."""

    whole: Group = field(default_factory=Group)
    sites: defaultdict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    languages: defaultdict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    flags: Counter[str] = field(default_factory=Counter)
    before: Lengths = field(default_factory=Lengths)
    after: Lengths = field(default_factory=Lengths)
    shares: Counter[int] = field(default_factory=Counter)
    """Documents by their share removed, in SHARE_BINS bins."""
    summary: Mapping[str, Any] = field(default_factory=dict)
    """What run.json says; empty where there is none."""

    def add(self, row: Mapping[str, Any]) -> None:
        """Count one more row of documents."""
        amounts = row["stats"]
        own = Group()
        for group in (
            own,
            self.whole,
            self.sites[_site(row)],
            self.languages[row["language"] or UNKNOWN],
        ):
            group.add(amounts)
        self.flags.update(row["flags"])
        self.before.add(own.chars)
        self.after.add(own.kept_chars)
        self.shares[min(int(own.share_removed * SHARE_BINS), SHARE_BINS - 1)] += 1


def gather(folder: Path, tell: Callable[[], None] = lambda: None) -> Stats:
    """The counts of a finished run; `tell` is called for every document.

    Raises:
        LedgerError: files are missing, or a row is not what `cleaner run` writes.
    """
    stats = Stats(summary=read_summary(folder))
    for number, line in enumerate(json_rows(folder, DOCUMENTS), 1):
        try:
            stats.add(json.loads(line))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise LedgerError(
                f"{folder}: row {number:,} of documents is not what `cleaner run` writes"
                f" ({error!r}); run again"
            ) from error
        tell()
    return stats


def _site(row: Mapping[str, Any]) -> str:
    source = row["source"]
    return site(row["url"] or source["url"], source["path"]).name or UNKNOWN
