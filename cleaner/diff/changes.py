"""What became of the same lines in two runs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.model import Label
from cleaner.record import Record
from cleaner.report.rows import rows
from cleaner.report.views import Row

# A voice that is less loud does not change what becomes of a line by itself.
_HEARD_LOG_ODDS = 0.5
_MOST_VOICES = 3


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a line: its label, and where it was removed, how surely and by which rule."""

    label: Label
    rule: str | None
    score: float | None

    @property
    def removed(self) -> bool:
        """Whether the line is gone."""
        return self.rule is not None


@dataclass(frozen=True, slots=True)
class Change:
    """A line with two fates, and the rules that speak in one run alone: (sign, rule, reason)."""

    number: int
    text: str
    before: Fate
    after: Fate
    voices: tuple[tuple[str, str, str], ...]


def changes(before: Record, after: Record) -> Iterator[Change]:
    """The lines of a document whose label changed, or whether they were kept.

    Where the two runs cut a line otherwise, each span of the second is compared with the span of
    the first that it begins in.

    Raises:
        LedgerError: the spans do not account for a source.
    """
    old = list(rows(before, before.restore()))
    starts = [row.start for row in old]
    for row in rows(after, after.restore()):
        was = _at(old, starts, row)
        if was is not None and _differ(was, row):
            yield Change(row.number, row.text, _fate(was), _fate(row), _voices(was, row))


def _at(rows: Sequence[Row], starts: Sequence[int], row: Row) -> Row | None:
    """The row that another begins in; the next one where that is white space."""
    place = bisect_right(starts, row.start) - 1
    if place >= 0 and rows[place].end > row.start:
        return rows[place]
    following = rows[place + 1] if place + 1 < len(rows) else None
    return following if following is not None and following.start < row.end else None


def _differ(one: Row, other: Row) -> bool:
    return one.label is not other.label or (one.reasons is None) is not (other.reasons is None)


def _fate(row: Row) -> Fate:
    if row.reasons is None:
        return Fate(row.label, None, None)
    return Fate(row.label, row.reasons.rule, row.reasons.score)


def _voices(before: Row, after: Row) -> tuple[tuple[str, str, str], ...]:
    """Of lines that were removed both times: kept lines have no voices in the ledger."""
    if before.reasons is None or after.reasons is None:
        return ()
    old, new = ({v.rule: v for v in row.reasons.voices} for row in (before, after) if row.reasons)
    alone = [("+", v) for rule, v in new.items() if rule not in old]
    alone += [("-", v) for rule, v in old.items() if rule not in new]
    heard = [(sign, v) for sign, v in alone if abs(v.log_odds or 0) >= _HEARD_LOG_ODDS]
    heard.sort(key=lambda signed: -abs(signed[1].log_odds or 0))
    return tuple((sign, v.rule, v.reason) for sign, v in heard[:_MOST_VOICES])
