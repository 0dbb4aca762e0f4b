"""Counts what the index shows while documents pass by; keeps a line of each, never its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cleaner.model import LABELS, Label
from cleaner.report.index_views import RuleCount, RunView
from cleaner.report.totals import LabelCount, Summary, Totals
from cleaner.report.views import DocumentView
from cleaner.report.visible import shortened

_EXAMPLE_CHARS = 120
_LETTER_RE = re.compile(r"[^\W\d_]")


@dataclass
class Tally:
    """What has passed by so far."""

    documents: list[Summary] = field(default_factory=list)
    counts: dict[tuple[Label, bool], LabelCount] = field(default_factory=dict)
    rules: dict[tuple[str, Label], RuleCount] = field(default_factory=dict)

    def add(self, view: DocumentView) -> None:
        """Count one more document."""
        for firing in _firings(view):
            known = self.rules.get((firing.rule, firing.label))
            self.rules[firing.rule, firing.label] = _more(firing, known)
        if view.part.number > 1:
            return
        self.documents.append(view.summary)
        for count in view.summary.totals.counts:
            key = count.label, count.kept
            self.counts[key] = _sum(count, self.counts.get(key))

    def view(self, name: str, run: Mapping[str, Any]) -> RunView:
        """The index of a run of this name, with what its run.json adds."""
        counts = sorted(self.counts.values(), key=lambda c: (not c.kept, LABELS.index(c.label)))
        return RunView(
            name=name,
            version=run.get("version"),
            failed=run.get("failed", 0),
            documents=tuple(self.documents),
            totals=Totals(tuple(counts)),
            rules=tuple(sorted(self.rules.values(), key=lambda r: (-r.times, r.rule, r.label))),
        )


def _sum(count: LabelCount, known: LabelCount | None) -> LabelCount:
    if known is None:
        return count
    return replace(
        known,
        lines=known.lines + count.lines,
        chars=known.chars + count.chars,
        documents=known.documents + count.documents,
    )


def _more(firing: RuleCount, known: RuleCount | None) -> RuleCount:
    if known is None:
        return firing
    # The first line is often a mere mark, '-' or '|'; one that can be read tells more.
    example = known if _LETTER_RE.search(known.example) else firing
    return replace(example, times=known.times + 1)


def _firings(view: DocumentView) -> Iterable[RuleCount]:
    for row in view.rows:
        if row.reasons is not None:
            example = shortened(row.text, _EXAMPLE_CHARS)
            rule, number = row.reasons.rule, view.summary.number
            yield RuleCount(rule, row.label, 1, example, number, row.name)
