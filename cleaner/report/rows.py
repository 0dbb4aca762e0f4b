"""A record to the rows of its page: every span in order, with its line of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from cleaner.model import Label
from cleaner.record import Record
from cleaner.report.views import Block, Reasons, Row, Verdict, Voice
from cleaner.rows import Removal

# As `segment` counts lines: str.splitlines would also break at U+2028, \v, \f and U+0085.
_LINE_END_RE = re.compile(r"\r\n|\n|\r")
# A screen of removed lines; beyond it the article is out of sight.
FOLD_ROWS = 12
# Mistakes happen where a run begins and ends: a headline swallowed, a teaser left. Those stay open.
OPEN_AT_START, OPEN_AT_END = 3, 2


def rows(record: Record) -> Iterator[Row]:
    """Every span of a record, kept or removed, in the order of the source.

    Raises:
        LedgerError: the spans do not account for the source.
    """
    text = record.restore()
    number, part, end = 1, 0, 0
    undecided = {start for start, _ in record.undecided}
    spared = {start: Verdict(label, score) for start, _, label, score in record.spared}
    for start, stop, label, removal in _spans(record):
        line_ends = _line_ends(text, end, start)
        number += line_ends
        part = 1 if line_ends else part + 1
        reasons = None if removal is None else _reasons(removal)
        yield Row(
            number=number,
            part=part,
            blank_before=max(line_ends - 1, 0),
            text=text[start:stop],
            label=label,
            reasons=reasons,
            undecided=start in undecided,
            spared=spared.get(start),
        )
        number += _line_ends(text, start, stop)
        end = stop


def _spans(record: Record) -> list[tuple[int, int, Label, Removal | None]]:
    kept = [(start, end, label, None) for start, end, label in record.kept]
    removed = [(removal.start, removal.end, removal.label, removal) for removal in record.removed]
    return sorted([*kept, *removed], key=lambda span: span[:2])


def _line_ends(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_END_RE.finditer(text, start, end))


def _reasons(removal: Removal) -> Reasons:
    return Reasons(
        score=removal.score,
        rule=removal.rule,
        voices=tuple(
            Voice(v.rule, v.label, v.weight, v.reason, v.log_odds) for v in removal.evidence
        ),
    )


def blocks(rows: Iterable[Row]) -> Iterator[Block]:
    """Runs of kept and of removed rows; the middle of a long removed run is folded."""
    for kept, run in groupby(rows, key=lambda row: row.reasons is None):
        block = tuple(run)
        if kept or len(block) <= FOLD_ROWS:
            yield Block(block)
        else:
            yield Block(block[:OPEN_AT_START])
            yield Block(block[OPEN_AT_START:-OPEN_AT_END], folded=True)
            yield Block(block[-OPEN_AT_END:])
