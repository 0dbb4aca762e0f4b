"""What the index of a run shows, as values that know nothing of HTML."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.model import Label
from cleaner.report.totals import Summary, Totals


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule decided, with the first line it took as an example."""

    rule: str
    label: Label
    times: int
    example: str
    example_document: int
    example_row: str


@dataclass(frozen=True, slots=True)
class RunView:
    """A whole run."""

    name: str
    version: str | None
    failed: int
    documents: tuple[Summary, ...]
    totals: Totals
    rules: tuple[RuleCount, ...]

    @property
    def removed_labels(self) -> tuple[Label, ...]:
        """The labels of which anything was removed."""
        return tuple(count.label for count in self.totals.removed)

    @property
    def undecided(self) -> int:
        """How many lines were kept in doubt."""
        return sum(document.undecided for document in self.documents)
