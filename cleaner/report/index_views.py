"""What the index of a run shows, as values that know nothing of HTML."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.model import Label
from cleaner.report.plots import Histogram
from cleaner.report.totals import Totals


@dataclass(frozen=True, slots=True)
class Example:
    """A removed line: in which document, on which of its pages, under which name."""

    text: str
    document: int
    part: int
    row: str


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule decided for a label, and some of the lines it took."""

    rule: str
    label: Label
    times: int
    documents: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter by: its number in the data, its name, and how many documents have it."""

    number: int
    name: str
    documents: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the listing can be filtered by."""

    languages: tuple[Choice, ...] = ()
    sites: tuple[Choice, ...] = ()
    flags: tuple[Choice, ...] = ()
    rules: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class RunView:
    """A whole run, or a sample of it.

    `documents` is how many are listed, `of` how many the run has. The listing itself is no part of
    it: pages load it piece by piece from the `column_files` and from one file every `chunk`
    documents.
    """

    name: str
    version: str | None
    failed: int
    documents: int
    of: int
    totals: Totals
    undecided: int
    rules: tuple[RuleCount, ...]
    rules_left_out: int
    choices: Choices
    scores: Histogram
    shares: Histogram
    column_files: int
    chunk: int

    @property
    def removed_labels(self) -> tuple[Label, ...]:
        """The labels of which anything was removed."""
        return tuple(count.label for count in self.totals.removed)
