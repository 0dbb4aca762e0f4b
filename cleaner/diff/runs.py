"""Two runs against each other: the lines whose label changed, and the rules that changed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.diff.changes import Change, Fate, changes
from cleaner.diff.lines import Kind, Line, numbered, reason
from cleaner.diff.pairs import pairs
from cleaner.text.hidden import inert
from cleaner.writers.runs import read_run

KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of comparing a document, in a word or two, and its lines that changed."""

    document: str
    told: str
    changes: tuple[Change, ...] = ()

    def lines(self) -> Iterator[Line]:
        """What is shown of it; nothing where no line changed."""
        if not self.changes:
            return
        many = f"{len(self.changes):,} line{'s' if len(self.changes) != 1 else ''}"
        yield Line(Kind.DOCUMENT, f"{inert(self.document) or 'text'}: {many} changed")
        for change in self.changes:
            yield from _shown(change)


def compare(before: Path, after: Path) -> Iterator[Outcome]:
    """Every document of two runs, matched by id.

    A document of which the runs have different sources is not compared.

    Raises:
        LedgerError: a run's files are missing, or do not account for their sources.
    """
    for old, new in pairs(read_run(before), read_run(after)):
        if new is None:
            yield Outcome(old.id if old else "", "only before")
        elif old is None:
            yield Outcome(new.id, "only after")
        elif old.source.text_sha256 != new.source.text_sha256:
            yield Outcome(new.id, "of another source")
        else:
            found = tuple(changes(old, new))
            yield Outcome(new.id, "changed" if found else "the same", found)


@dataclass
class Compared:
    """Documents by what came of comparing them, lines by their two labels and rules."""

    documents: Counter[str] = field(default_factory=Counter)
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    chars: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one more document."""
        self.documents[outcome.told] += 1
        for change in outcome.changes:
            labels = _label(change.before), _label(change.after)
            self.labels[labels] += 1
            self.chars[labels] += len(change.text)
            self.rules[change.before.rule or KEPT, change.after.rule or KEPT] += 1


def _shown(change: Change) -> Iterator[Line]:
    yield numbered(_kind(change), change.number, change.text, change.after.label)
    yield reason(f"{_told(change.before)} → {_told(change.after)}", change.after.label)
    for sign, rule, why in change.voices:
        yield reason(f"  {sign} {rule}: {why}")


def _kind(change: Change) -> Kind:
    if change.before.removed is change.after.removed:
        return Kind.OTHER
    return Kind.GONE if change.after.removed else Kind.BACK


def _label(fate: Fate) -> str:
    return fate.label if fate.removed else f"{fate.label} ({KEPT})"


def _told(fate: Fate) -> str:
    if fate.score is None:
        return _label(fate)
    return f"{fate.label} {fate.score:.2f} {fate.rule}"
