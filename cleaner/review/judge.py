"""One act of a reviewer: which lines it is about, and what it makes of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleaner.errors import ReviewError
from cleaner.model import Label
from cleaner.review.lines import Decided, State, decided, run_around
from cleaner.review.runs import Reviewed
from cleaner.review.store import add
from cleaner.review.values import Act, Kind, Line, Place, Scope, text_hash

_ALIKE_SQL = """
SELECT doc, start, end, text, label FROM run.lines l
WHERE {same} AND label = :label AND state = :state AND NOT EXISTS (
    SELECT 1 FROM standing s WHERE s.doc = l.doc AND s.start = l.start AND s.end = l.end
    AND s.text = l.text AND s.reviewer = :reviewer
)
ORDER BY document, start
"""
_SAME = {Scope.TEXT: "text = :text", Scope.RULE: "rule = :rule"}
# A kept line can be something else, but it cannot be content once more.
_REJECTED = frozenset({State.REMOVED, State.SPARED})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reviewer says, starting from one line; `label` says what it is, to relabel."""

    document: int
    start: int
    act: Act
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An act that was written: its number, and the places it is about."""

    number: int
    lines: tuple[Line, ...]


def judge(run: Reviewed, connection: sqlite3.Connection, judgement: Judgement) -> Judged:
    """Write what a reviewer says; of lines that it reaches, those judged before stay as they are.

    Raises:
        ReviewError: there is no such line, or it cannot be judged so.
    """
    record = run.numbered(connection, judgement.document)
    lines = decided(record) if record else []
    line = next((each for each in lines if each.place.start == judgement.start), None)
    if line is None:
        raise ReviewError("the run has no such line; load the page again")
    _check(judgement, line)
    found = [line.line(_said(judgement, line.label)), *_others(connection, judgement, line, lines)]
    return Judged(add(connection, judgement.act, found), tuple(found))


def _check(judgement: Judgement, line: Decided) -> None:
    kind, scope = judgement.act.kind, judgement.act.scope
    if (kind is Kind.RELABEL) != (judgement.label is not None):
        raise ReviewError("a verdict says what a line is if it relabels it, and only then")
    if kind is Kind.REJECT and line.state not in _REJECTED:
        raise ReviewError("the line was kept: say what it is instead")
    if scope is Scope.RULE and not line.rule:
        raise ReviewError("no rule removed this line")


def _said(judgement: Judgement, label: Label) -> Label:
    """What a line of this label is, by a judgement."""
    if judgement.act.kind is Kind.REJECT:
        return Label.BODY
    return judgement.label or label


def _others(
    connection: sqlite3.Connection, judgement: Judgement, line: Decided, lines: Sequence[Decided]
) -> Iterator[Line]:
    """The other lines that it is about."""
    act = judgement.act
    if act.scope is Scope.LINE:
        return iter(())
    if act.scope is Scope.RUN:
        alike = _unjudged(connection, act.reviewer, run_around(lines, line.place.start))
        fit = (e for e in alike if act.kind is not Kind.REJECT or e.state in _REJECTED)
        found: Iterable[Line] = (each.line(each.label) for each in fit)
    else:
        found = _alike(connection, act, line)
    return (
        each._replace(label=_said(judgement, each.label))
        for each in found
        if each.place != line.place
    )


def _alike(connection: sqlite3.Connection, act: Act, line: Decided) -> Iterator[Line]:
    """The lines of the whole run with the same text or rule, and the same label."""
    wanted = {
        "reviewer": act.reviewer,
        "text": text_hash(line.text),
        "rule": line.rule,
        "label": line.label.value,
        "state": line.state.value,
    }
    rows = connection.execute(_ALIKE_SQL.format(same=_SAME[act.scope]), wanted).fetchall()
    return (Line(Place(doc, start, end), text, Label(is_)) for doc, start, end, text, is_ in rows)


def _unjudged(
    connection: sqlite3.Connection, reviewer: str, lines: Sequence[Decided]
) -> Iterator[Decided]:
    doc = lines[0].place.doc
    judged = {
        Place(doc, start, end)
        for start, end in connection.execute(
            "SELECT start, end FROM standing WHERE doc = ? AND reviewer = ?", (doc, reviewer)
        )
    }
    return (line for line in lines if line.place not in judged)
