"""A document's source against its clean text, like a unified diff, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from cleaner.diff.lines import Kind, Line, numbered, reason
from cleaner.errors import LedgerError
from cleaner.record import Record
from cleaner.report.rows import rows
from cleaner.report.views import Row
from cleaner.text.hidden import inert
from cleaner.writers.runs import read_run

CONTEXT_LINES = 3


def diff_of_run(run: Path, document: str | None = None) -> Iterator[Line]:
    """The documents of a run that lost lines, or kept some in doubt; or one, by id or number.

    Raises:
        LedgerError: the run's files are missing or do not add up, or it has no such document.
    """
    found = False
    for number, record in enumerate(read_run(run), 1):
        if document is None:
            yield from diff_of_record(record)
        elif document in {record.id, str(number)}:
            found = True
            yield from diff_of_record(record)
    if document is not None and not found:
        raise LedgerError(
            f"{run}: has no document '{document}'; name one by its id or its number in"
            " documents.jsonl, or the folder of another run"
        )


def diff_of_record(record: Record) -> Iterator[Line]:
    """What became of a document; nothing where all of it was kept without doubt.

    Lines of the source that are blank are left out, and not counted in the hunks.

    Raises:
        LedgerError: the spans do not account for the source.
    """
    found = list(rows(record, record.restore()))
    hunks = list(_hunks(found))
    if not hunks:
        return
    stats = record.stats
    gone = stats.source.lines - stats.kept.lines
    told = f"{gone:,} of {stats.source.lines:,} lines removed"
    yield Line(Kind.DOCUMENT, f"{inert(record.id) or 'text'}: {told}")
    clean = [0]
    for row in found:
        clean.append(clean[-1] + (row.reasons is None))
    for first, last in hunks:
        yield _head(found[first:last], first, clean)
        yield from _body(found[first:last])


def _hunks(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Stretches of rows with something to tell, and the rows around it: first, and behind last."""
    places = [i for i, row in enumerate(rows) if row.reasons is not None or row.undecided]
    start = end = 0
    for place in places:
        if end and place - CONTEXT_LINES > end:
            yield start, end
            end = 0
        if not end:
            start = max(place - CONTEXT_LINES, 0)
        end = min(place + CONTEXT_LINES + 1, len(rows))
    if end:
        yield start, end


def _head(hunk: Sequence[Row], first: int, clean: Sequence[int]) -> Line:
    kept = clean[first + len(hunk)] - clean[first]
    old, new = first + 1, clean[first] + (kept > 0)
    return Line(Kind.HUNK, f"@@ -{old},{len(hunk)} +{new},{kept} @@")


def _body(hunk: Iterable[Row]) -> Iterator[Line]:
    """The rows of a hunk; what was removed by the same rule together, and why above it."""
    for _, group in groupby(hunk, key=_fate):
        same = list(group)
        yield from _why(same)
        for row in same:
            kind = Kind.SAME if row.reasons is None else Kind.GONE
            yield numbered(kind, row.number, row.text, row.label)


def _fate(row: Row) -> tuple[object, ...]:
    rule = None if row.reasons is None else row.reasons.rule
    return row.label, rule, row.undecided, row.spared


def _why(same: Sequence[Row]) -> Iterator[Line]:
    row = same[0]
    if row.spared:
        yield reason(f"kept, but would go: {row.spared.label} {row.spared.score:.2f}", row.label)
    elif row.undecided:
        yield reason("kept in doubt", row.label)
    elif row.reasons is not None:
        lines = f"{len(same):,} lines: " if len(same) > 1 else ""
        told = f"{row.label} {_scores(same)} {row.reasons.rule}{_said(same)}"
        yield reason(f"{lines}{told}", row.label)


def _scores(same: Sequence[Row]) -> str:
    """The score of the rows, or the lowest and the highest."""
    scores = sorted(f"{row.reasons.score:.2f}" for row in same if row.reasons is not None)
    return scores[0] if scores[0] == scores[-1] else f"{scores[0]}–{scores[-1]}"


def _said(same: Sequence[Row]) -> str:
    """What the rule said about these rows, once for each way it said it."""
    said = dict.fromkeys(
        voice.reason
        for row in same
        if row.reasons is not None
        for voice in row.reasons.voices
        if voice.rule == row.reasons.rule
    )
    first, *others = [*said, ""]
    more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
    return f": {first}{more}" if first else ""
