"""A record to the rows of its page: every span in order, with its line of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from cleaner.decide import decisions
from cleaner.model import Label
from cleaner.record import Record
from cleaner.report.views import Reasons, Row, Run, Spared, Voice
from cleaner.rows import Evidence, Removal

# As `segment` counts lines: str.splitlines would also break at U+2028, \v, \f and U+0085.
_LINE_END_RE = re.compile(r"\r\n|\n|\r")
# The network that decides looks at three lines on each side; two are seen at a glance.
NEIGHBOURS = 2
Stayed = Mapping[int, Reasons]
"""Why kept lines stayed, by where they start, as far as it is known."""


def rows(record: Record, source: str, stayed: Stayed = MappingProxyType({})) -> Iterator[Row]:
    """Every span of a record, kept or removed, in the order of its source."""
    number, part, end = 1, 0, 0
    undecided = {start for start, _ in record.undecided}
    spared = {start: Spared(label, score) for start, _, label, score in record.spared}
    spans = _spans(record)
    labels = [label for _, _, label, _ in spans]
    for place, (start, stop, label, removal) in enumerate(spans):
        line_ends = _line_ends(source, end, start)
        number += line_ends
        part = 1 if line_ends else part + 1
        yield Row(
            number=number,
            part=part,
            blank_before=max(line_ends - 1, 0),
            text=source[start:stop],
            label=label,
            reasons=None if removal is None else _reasons(removal),
            stayed=stayed.get(start) if removal is None else None,
            undecided=start in undecided,
            spared=spared.get(start),
            start=start,
            end=stop,
            above=tuple(reversed(labels[max(place - NEIGHBOURS, 0) : place])),
            below=tuple(labels[place + 1 : place + 1 + NEIGHBOURS]),
        )
        number += _line_ends(source, start, stop)
        end = stop


def _spans(record: Record) -> list[tuple[int, int, Label, Removal | None]]:
    kept = [(start, end, label, None) for start, end, label in record.kept]
    removed = [(removal.start, removal.end, removal.label, removal) for removal in record.removed]
    return sorted([*kept, *removed], key=lambda span: span[:2])


def _line_ends(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_END_RE.finditer(text, start, end))


def _reasons(removal: Removal) -> Reasons:
    return reasons(removal.score, removal.rule, removal.evidence)


def reasons(score: float, rule: str, voices: Iterable[Evidence | decisions.Voice]) -> Reasons:
    """What voices said about a line that a rule decided, to be shown."""
    shown = (Voice(v.rule, v.label, v.weight, v.reason, v.log_odds) for v in voices)
    return Reasons(score, rule, tuple(shown))


def pieces(row: Row, chars: int) -> Iterator[Row]:
    """The row, or where it is longer, pieces of it of `chars` characters at most."""
    for piece, at in enumerate(range(0, len(row.text), chars), 1):
        text = row.text[at : at + chars]
        blank = row.blank_before if piece == 1 else 0
        start = row.start + at
        yield replace(
            row, text=text, start=start, end=start + len(text), piece=piece, blank_before=blank
        )


def runs(rows: Iterable[Row]) -> Iterator[Run]:
    """Stretches of kept and of removed rows."""
    for _, run in groupby(rows, key=lambda row: row.reasons is None):
        yield Run(tuple(run))


def clean_text(rows: Sequence[Row], source: str, end: int) -> str:
    """The kept rows, each with the white space behind it; `end` is where the next row starts."""
    starts = [*(row.start for row in rows), end]
    return "".join(
        source[row.start : stop]
        for row, stop in zip(rows, starts[1:], strict=True)
        if row.reasons is None
    )
