"""Verdicts written and read: a log that is only added to, and what of it stands."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence

from cleaner.errors import ReviewError
from cleaner.model import Label
from cleaner.review.schema import transaction
from cleaner.review.values import Act, Kind, Line, Place, Scope, Verdict

_STANDING_SQL = """
SELECT v.doc, v.start, v.end, v.text, v.label, a.reviewer, a.kind, a.scope, a.note, a.time
FROM standing s JOIN verdicts v ON v.id = s.verdict JOIN acts a ON a.id = v.act
"""
# What stood before an act that is undone: the latest verdict of an act that is not.
_FALL_BACK_SQL = """
INSERT INTO standing
SELECT v.doc, v.start, v.end, v.text, a.reviewer, max(v.id)
FROM verdicts gone
JOIN verdicts v ON v.doc = gone.doc AND v.start = gone.start AND v.end = gone.end
    AND v.text = gone.text
JOIN acts a ON a.id = v.act
WHERE gone.act = :act AND a.reviewer = :reviewer AND v.act NOT IN (SELECT act FROM undone)
GROUP BY v.doc, v.start, v.end, v.text
ON CONFLICT DO NOTHING
"""


def add(connection: sqlite3.Connection, act: Act, lines: Sequence[Line]) -> int:
    """Write one act about these lines; the number by which it can be undone.

    It is on the disk when this returns.

    Raises:
        ReviewError: there is no line.
    """
    if not lines:
        raise ReviewError("no line is left to judge: all have your verdict already")
    with transaction(connection):
        cursor = connection.execute(
            "INSERT INTO acts (time, reviewer, kind, scope, note) VALUES (?, ?, ?, ?, ?)",
            (_now(), act.reviewer, act.kind.value, act.scope.value, act.note),
        )
        number = int(cursor.lastrowid or 0)
        connection.executemany(
            "INSERT INTO verdicts (act, doc, start, end, text, label) VALUES (?, ?, ?, ?, ?, ?)",
            ((number, *line.place, line.text, line.label.value) for line in lines),
        )
        connection.execute(
            "INSERT OR REPLACE INTO standing"
            " SELECT doc, start, end, text, ?, id FROM verdicts WHERE act = ? ORDER BY id",
            (act.reviewer, number),
        )
    return number


def undo(connection: sqlite3.Connection, number: int, reviewer: str) -> int:
    """Take an act of a reviewer back as a whole; how many lines it was about.

    What the reviewer had said about them before stands again.

    Raises:
        ReviewError: the reviewer has no such act, or took it back already.
    """
    with transaction(connection):
        own = connection.execute(
            "SELECT 1 FROM acts WHERE id = ? AND reviewer = ?"
            " AND id NOT IN (SELECT act FROM undone)",
            (number, reviewer),
        )
        if own.fetchone() is None:
            raise ReviewError(f"{reviewer} has no verdict {number} to take back")
        connection.execute("INSERT INTO undone VALUES (?, ?)", (number, _now()))
        connection.execute(
            "DELETE FROM standing WHERE verdict IN (SELECT id FROM verdicts WHERE act = ?)",
            (number,),
        )
        connection.execute(_FALL_BACK_SQL, {"act": number, "reviewer": reviewer})
        [lines] = connection.execute(
            "SELECT count(*) FROM verdicts WHERE act = ?", (number,)
        ).fetchone()
    return int(lines)


def last_act(connection: sqlite3.Connection, reviewer: str) -> int | None:
    """The number of a reviewer's latest act that was not undone; None where there is none."""
    [number] = connection.execute(
        "SELECT max(id) FROM acts WHERE reviewer = ? AND id NOT IN (SELECT act FROM undone)",
        (reviewer,),
    ).fetchone()
    return number if number is None else int(number)


def standing(connection: sqlite3.Connection, doc: str | None = None) -> Iterator[Verdict]:
    """The latest verdict of each reviewer on each line, in order of documents and lines."""
    where, values = ("", ()) if doc is None else ("WHERE s.doc = ?", (doc,))
    found = connection.execute(
        f"{_STANDING_SQL} {where} ORDER BY s.doc, s.start, s.end, s.reviewer", values
    )
    return map(_verdict, found)


def _verdict(row: Sequence[str]) -> Verdict:
    doc, start, end, text, label, reviewer, kind, scope, note, time = row
    act = Act(reviewer, Kind(kind), Scope(scope), note)
    return Verdict(Place(doc, int(start), int(end)), text, Label(label), act, time)


def _now() -> str:
    return dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds")
