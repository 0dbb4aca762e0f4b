"""Counts of a run's rows, row by row: memory does not grow with documents, nor without end."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, log1p
from pathlib import Path
from typing import Any

from cleaner.errors import LedgerError
from cleaner.repeats.sites import site
from cleaner.stats.places import Place, find
from cleaner.writers.runs import json_rows
from cleaner.writers.schemas import DOCUMENTS, REMOVED

UNKNOWN = "unknown"
# Once there are twice as many sites, those with the fewest documents are counted together; 400
# bytes each.
MOST_SITES = 20_000
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

    def merge(self, other: Group) -> None:
        """Add what another group counted."""
        self.documents += other.documents
        self.chars += other.chars
        self.kept_chars += other.kept_chars
        self.removed_chars_of.update(other.removed_chars_of)


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
    other_sites: Group = field(default_factory=Group)
    """The documents of sites with so few that they are not told apart; none up to 40,000 sites."""
    languages: defaultdict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    flags: Counter[str] = field(default_factory=Counter)
    before: Lengths = field(default_factory=Lengths)
    after: Lengths = field(default_factory=Lengths)
    shares: Counter[int] = field(default_factory=Counter)
    """Documents by their share removed, in SHARE_BINS bins."""
    summary: Mapping[str, Any] = field(default_factory=dict)
    """What run.json says, or would say of what is finished; empty where there is none."""
    is_finished: bool = True
    lacks: tuple[str, ...] = ()
    """What is missing of the rows, and the cure."""

    def add(self, row: Mapping[str, Any]) -> None:
        """Count one more row of documents."""
        amounts = row["stats"]
        if len(self.sites) >= 2 * MOST_SITES:
            self._merge_small_sites()
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

    def _merge_small_sites(self) -> None:
        small = sorted(self.sites, key=lambda name: (-self.sites[name].documents, name))
        for name in small[MOST_SITES:]:
            self.other_sites.merge(self.sites.pop(name))


def gather(folder: Path, tell: Callable[[], None] = lambda: None) -> Stats:
    """The counts of a run, or of what is finished of it; `tell` is called for every document.

    Raises:
        LedgerError: files are missing, or a row is not what `cleaner run` writes.
    """
    place = find(folder)
    stats = Stats(summary=place.summary, is_finished=place.is_finished)
    for number, line in enumerate(_rows(place, DOCUMENTS), 1):
        try:
            stats.add(json.loads(line))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise LedgerError(
                f"{folder}: row {number:,} of documents is not what `cleaner run` writes"
                f" ({error!r}); run again"
            ) from error
        tell()
    stats.lacks = tuple(_lacks(place, stats))
    return stats


def _rows(place: Place, kind: str) -> Iterator[bytes]:
    return (row for folder in place.folders for row in json_rows(folder, kind))


def _lacks(place: Place, stats: Stats) -> Iterator[str]:
    """What the rows lack of what the run's numbers say."""
    if not place.summary:
        return
    try:
        removed = sum(1 for _ in _rows(place, REMOVED))
    except LedgerError as error:
        yield str(error)
    else:
        lines = sum(amount["lines"] for amount in place.summary["removed"].values())
        yield from _lack(place, REMOVED, removed, lines)
    yield from _lack(place, DOCUMENTS, stats.whole.documents, place.summary["documents"])


def _lack(place: Place, kind: str, found: int, known: int) -> Iterator[str]:
    if found != known:
        yield (
            f"{place.name}: has {found:,} rows of {kind}, and by its numbers there are {known:,};"
            " clean the sources again"
        )


def _site(row: Mapping[str, Any]) -> str:
    source = row["source"]
    return site(row["url"] or source["url"], source["path"]).name or UNKNOWN
