"""What a run, or a part of one, has done: counts that add up, in whatever order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from heapq import nsmallest

from cleaner.model import Failure
from cleaner.record import Record

SLOWEST = 10
UNKNOWN = "unknown"

Outcome = Record | Failure


@dataclass(frozen=True, slots=True)
class Slow:
    """How long a document took: its share, by characters, of those cleaned together with it."""

    id: str
    seconds: float
    chars: int
    together: int
    """How many were cleaned at once; the time of 1 is its own."""


@dataclass
class Tally:
    """Documents, characters and lines; what went, by label; which rules, flags, languages, errors.

    `seconds` is the time spent cleaning, by whichever processes.
    """

    documents: int = 0
    failed: int = 0
    chars: int = 0
    lines: int = 0
    kept_chars: int = 0
    kept_lines_of: Counter[str] = field(default_factory=Counter)
    kept_chars_of: Counter[str] = field(default_factory=Counter)
    lines_of: Counter[str] = field(default_factory=Counter)
    chars_of: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: list[Slow] = field(default_factory=list)

    def add(self, outcome: Outcome, rules: Iterable[str] = ()) -> None:
        """Count one more outcome; `rules` removed its lines, one each."""
        if isinstance(outcome, Failure):
            self.failed += 1
            self.failures[outcome.error] += 1
            return
        self.documents += 1
        self.chars += outcome.stats.source.chars
        self.lines += outcome.stats.source.lines
        self.kept_chars += outcome.stats.kept.chars
        for start, end, kept in outcome.kept:
            self.kept_lines_of[kept] += 1
            self.kept_chars_of[kept] += end - start
        for label, amount in outcome.stats.removed.items():
            self.lines_of[label] += amount.lines
            self.chars_of[label] += amount.chars
        self.rules.update(rules)
        self.flags.update(outcome.flags)
        self.languages[outcome.language or UNKNOWN] += 1

    def time(self, outcomes: Sequence[Outcome], seconds: float) -> None:
        """Add the time that these took together."""
        self.seconds += seconds
        records = [outcome for outcome in outcomes if isinstance(outcome, Record)]
        total = sum(record.stats.source.chars for record in records) or 1
        self._keep_slowest(
            Slow(record.id, seconds * chars / total, chars, len(outcomes))
            for record in records
            for chars in [record.stats.source.chars]
        )

    def merge(self, other: Tally) -> None:
        """Add what another one counted."""
        for each in fields(Tally):
            if each.name == "slowest":
                self._keep_slowest(other.slowest)
            elif isinstance(getattr(other, each.name), Counter):
                getattr(self, each.name).update(getattr(other, each.name))
            else:
                setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def _keep_slowest(self, more: Iterable[Slow]) -> None:
        self.slowest = nsmallest(SLOWEST, [*self.slowest, *more], lambda s: (-s.seconds, s.id))
