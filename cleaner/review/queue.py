"""The lines to ask a reviewer about next, and how far everybody has come."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.model import Label
from cleaner.review.lines import State

_NEXT_SQL = """
SELECT document, doc, site, start, end, state, label, score, rule, times, shown
FROM run.lines l
WHERE rank IS NOT NULL {only} AND NOT EXISTS (
    SELECT 1 FROM standing s WHERE s.doc = l.doc AND s.start = l.start AND s.end = l.end
    AND s.text = l.text AND s.reviewer = :reviewer
)
ORDER BY rank LIMIT :limit
"""
_DISPUTED_SQL = """
SELECT document, l.doc, site, l.start, l.end, state, l.label, score, rule, times, shown
FROM standing s JOIN verdicts v ON v.id = s.verdict
JOIN run.lines l ON l.doc = s.doc AND l.start = s.start AND l.end = s.end AND l.text = s.text
GROUP BY l.id HAVING count(DISTINCT v.label) > 1
ORDER BY document, l.start LIMIT :limit
"""
_JUDGED_SQL = "SELECT reviewer, count(*) FROM standing GROUP BY reviewer ORDER BY reviewer"
_ASKED_SQL = """
SELECT s.reviewer, count(l.rank) FROM standing s
JOIN run.lines l ON l.doc = s.doc AND l.start = s.start AND l.end = s.end AND l.text = s.text
GROUP BY s.reviewer
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A line to ask about: where it stands, what was decided, and how often its text is met."""

    document: int
    doc: str
    site: str
    start: int
    end: int
    state: State
    label: Label
    score: float | None
    rule: str
    times: int
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many lines a reviewer has judged, and how many of those that are asked about."""

    reviewer: str
    lines: int
    asked: int


def next_lines(
    connection: sqlite3.Connection,
    reviewer: str,
    limit: int,
    *,
    rule: str = "",
    label: str = "",
) -> list[Asked]:
    """The most useful lines that a reviewer has not judged; of one rule or label, if named."""
    named = {"rule": rule, "label": label}
    # Only what is asked for: SQLite then goes by the index of rules instead of that of ranks.
    only = " ".join(f"AND {name} = :{name}" for name, value in named.items() if value)
    wanted = {**named, "reviewer": reviewer, "limit": limit}
    return [_asked(row) for row in connection.execute(_NEXT_SQL.format(only=only), wanted)]


def disputed_lines(connection: sqlite3.Connection, limit: int) -> list[Asked]:
    """The lines on which reviewers disagree, in order of the run."""
    return [_asked(row) for row in connection.execute(_DISPUTED_SQL, {"limit": limit})]


def lines_to_ask(connection: sqlite3.Connection) -> int:
    """How many lines of the run are worth asking about."""
    query = "SELECT count(*) FROM run.spans WHERE rank IS NOT NULL"
    [count] = connection.execute(query).fetchone()
    return int(count)


def progress(connection: sqlite3.Connection) -> list[Progress]:
    """How far each reviewer has come, by name."""
    asked = dict(connection.execute(_ASKED_SQL).fetchall())
    judged = connection.execute(_JUDGED_SQL)
    return [Progress(name, lines, asked.get(name, 0)) for name, lines in judged]


def _asked(row: Sequence[Any]) -> Asked:
    document, doc, site, start, end, state, label, *others = row
    return Asked(document, doc, site, start, end, State(state), Label(label), *others)
