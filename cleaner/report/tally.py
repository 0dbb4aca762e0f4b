"""Counts what the index shows while documents pass by; keeps a few numbers of each, no text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cleaner.model import LABELS, Label
from cleaner.report.firings import Firings
from cleaner.report.index_views import Choice, Choices, RunView
from cleaner.report.listing import ROWS_A_FILE, Listing
from cleaner.report.plots import Bins
from cleaner.report.totals import LabelCount, Totals
from cleaner.report.views import DocumentView

# Rules with a row of the index; each takes about a thousand bytes.
RULES_SHOWN = 300


@dataclass
class Tally:
    """What has passed by so far; the listing goes to `folder`."""

    folder: Path
    listing: Listing = field(init=False)
    firings: Firings = field(default_factory=Firings)
    counts: dict[tuple[Label, bool], LabelCount] = field(default_factory=dict)
    scores: Bins = field(default_factory=Bins)
    shares: Bins = field(default_factory=Bins)
    undecided: int = 0

    def __post_init__(self) -> None:
        self.listing = Listing(self.folder)

    def add(self, pages: tuple[DocumentView, ...]) -> None:
        """Count the pages of one more document."""
        summary = pages[0].summary
        self.firings.add(self.listing.add(summary), pages)
        self.shares.add(summary.totals.share_removed)
        self.undecided += summary.undecided
        for count in summary.totals.counts:
            key = count.label, count.kept
            self.counts[key] = _sum(count, self.counts.get(key))
        for row in (row for page in pages for row in page.rows):
            if row.reasons is not None and row.piece == 1:
                self.scores.add(row.reasons.score, row.label)

    def finish(self, name: str, run: Mapping[str, Any], of: int) -> RunView:
        """The index of a run of this name; writes the rest of the listing."""
        rules = self.firings.counts()
        chosen = tuple(dict.fromkeys(count.rule for count in rules[:RULES_SHOWN]))
        files = self.listing.finish(
            (number, self.firings.places[rule]) for number, rule in enumerate(chosen, 1)
        )
        columns = self.listing.columns
        return RunView(
            name=name,
            version=run.get("version"),
            failed=run.get("failed", 0),
            documents=len(columns),
            of=of,
            totals=Totals(tuple(sorted(self.counts.values(), key=_order))),
            undecided=self.undecided,
            rules=rules[:RULES_SHOWN],
            rules_left_out=len(rules[RULES_SHOWN:]),
            choices=Choices(
                languages=columns.languages.choices(),
                sites=columns.sites.choices(),
                flags=columns.flags.choices(),
                rules=tuple(self._choice(number, rule) for number, rule in enumerate(chosen, 1)),
            ),
            scores=self.scores.histogram(),
            shares=self.shares.histogram(),
            column_files=files,
            chunk=ROWS_A_FILE,
        )

    def _choice(self, number: int, rule: str) -> Choice:
        return Choice(number, rule, len(self.firings.places[rule]))


def _order(count: LabelCount) -> tuple[bool, int]:
    return not count.kept, LABELS.index(count.label)


def _sum(count: LabelCount, known: LabelCount | None) -> LabelCount:
    if known is None:
        return count
    return replace(
        known,
        lines=known.lines + count.lines,
        chars=known.chars + count.chars,
        documents=known.documents + count.documents,
    )
