"""What a page is told about verdicts when it opens, and after each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from cleaner.review.queue import lines_to_ask, progress
from cleaner.review.store import standing
from cleaner.review.values import Verdict

MOST_DOCUMENTS = 200


def state(
    connection: sqlite3.Connection, reviewer: str, documents: Iterable[int]
) -> dict[str, Any]:
    """How far a reviewer has come, and the standing verdicts of all on these documents."""
    own = next((each for each in progress(connection) if each.reviewer == reviewer), None)
    return {
        "reviewer": reviewer,
        "judged": own.lines if own else 0,
        "asked": own.asked if own else 0,
        "of": lines_to_ask(connection),
        "verdicts": [
            _told(number, verdict, reviewer)
            for number in list(documents)[:MOST_DOCUMENTS]
            for [doc] in connection.execute(
                "SELECT id FROM run.documents WHERE number = ?", (number,)
            )
            for verdict in standing(connection, doc)
        ],
    }


def _told(document: int, verdict: Verdict, reviewer: str) -> dict[str, Any]:
    return {
        "document": document,
        "start": verdict.place.start,
        "kind": verdict.act.kind.value,
        "label": verdict.label.value,
        "reviewer": verdict.act.reviewer,
        "own": verdict.act.reviewer == reviewer,
        "note": verdict.act.note,
    }
