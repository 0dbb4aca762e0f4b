"""What the listing is sorted and filtered by: a few numbers a document, column by column."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from cleaner.model import LABELS, Label
from cleaner.report.index_views import Choice
from cleaner.report.totals import Summary

# Shares and scores are told in thousandths: short to write, and finer than anybody sees.
THOUSAND = 1_000
# Among more than these, a name is found sooner by searching for it.
_MOST_CHOICES = 1_000
# Flags are bits of one number, and JavaScript has 31 of them; the cleaner itself knows seven.
_MOST_FLAGS = 30
NO_SCORE = -1
_NUMBERS = (
    "number",
    "lines",
    "chars",
    "removed",
    "score",
    "undecided",
    "language",
    "site",
    "flags",
)


@dataclass
class Vocabulary:
    """Names, numbered from 1 as they come, and how many documents have each; 0 is none."""

    numbers: dict[str, int] = field(default_factory=dict)
    documents: Counter[str] = field(default_factory=Counter)

    def number(self, name: str | None) -> int:
        """The number of the name of one more document."""
        if name is None:
            return 0
        self.documents[name] += 1
        return self.numbers.setdefault(name, len(self.numbers) + 1)

    def choices(self) -> tuple[Choice, ...]:
        """The most frequent names."""
        ranked = sorted(self.numbers, key=lambda name: (-self.documents[name], name))
        return tuple(
            Choice(self.numbers[name], name, self.documents[name])
            for name in ranked[:_MOST_CHOICES]
        )


@dataclass
class Columns:
    """A row of numbers for each document so far."""

    numbers: dict[str, array[int]] = field(
        default_factory=lambda: {name: array("l") for name in _NUMBERS}
    )
    shares: dict[Label, array[int]] = field(
        default_factory=lambda: {label: array("h") for label in LABELS}
    )
    languages: Vocabulary = field(default_factory=Vocabulary)
    sites: Vocabulary = field(default_factory=Vocabulary)
    flags: Vocabulary = field(default_factory=Vocabulary)

    def __len__(self) -> int:
        return len(self.numbers["lines"])

    def add(self, summary: Summary) -> None:
        """Add a document."""
        totals = summary.totals
        row = {
            "number": summary.number,
            "lines": totals.lines,
            "chars": totals.chars,
            "removed": _thousandths(totals.share_removed),
            "score": NO_SCORE if summary.score is None else _thousandths(summary.score),
            "undecided": summary.undecided,
            "language": self.languages.number(summary.language),
            "site": self.sites.number(summary.site),
            "flags": self._bits(summary.flags),
        }
        for name, number in row.items():
            self.numbers[name].append(number)
        shares = {c.label: max(_thousandths(c.chars / totals.chars), 1) for c in totals.removed}
        for label, column in self.shares.items():
            column.append(shares.get(label, 0))

    def _bits(self, flags: tuple[str, ...]) -> int:
        bits = (self.flags.number(flag) - 1 for flag in dict.fromkeys(flags))
        return sum(1 << bit for bit in bits if bit < _MOST_FLAGS)

    def slice(self, first: int, last: int) -> Mapping[str, object]:
        """The columns of the documents from `first` up to `last`; labels that none has left out."""
        shares = {
            label: column[first:last].tolist()
            for label, column in self.shares.items()
            if any(column)
        }
        numbers = {name: column[first:last].tolist() for name, column in self.numbers.items()}
        return {"first": first, **numbers, "labels": shares}


def _thousandths(share: float) -> int:
    return round(share * THOUSAND)
