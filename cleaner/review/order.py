"""In what order lines are asked about: those first whose answers tell most.

The less sure a line and the more often its text is met, the more useful its answer. First comes the
most useful line of each rule on each site, then the others, then the copies of lines that
came before. The order is fixed when the index is made: it does not jump as one answers.
"""

from __future__ import annotations

import re
import sqlite3
from math import log2

# A line that is quite sure may still be wrong: a text met a thousand times comes before one that is
# met once and is a little less sure.
_LEAST_UNSURE = 0.05
# A line such as '-' is decided by what stands around it: to judge it tells little.
_OF_A_MARK = 0.5
_LETTER_RE = re.compile(r"[^\W\d_]")

_RANK_SQL = """
WITH told AS (
    SELECT s.id, s.document, s.start, s.rule, d.site, s.text, s.label,
        usefulness(s.score, t.times, t.shown) AS useful
    FROM spans s JOIN texts t ON t.id = s.text JOIN documents d ON d.number = s.document
    WHERE s.state != 'kept'
), copied AS (
    SELECT *, row_number() OVER (
        PARTITION BY text, label ORDER BY useful DESC, document, start
    ) > 1 AS copy FROM told
), placed AS (
    SELECT *, row_number() OVER (
        PARTITION BY rule, site ORDER BY copy, useful DESC, document, start
    ) = 1 AND NOT copy AS first FROM copied
), ranked AS (
    SELECT id, row_number() OVER (
        ORDER BY first DESC, copy, useful DESC, document, start
    ) AS rank FROM placed
)
UPDATE spans SET rank = ranked.rank FROM ranked WHERE ranked.id = spans.id
"""


def rank(connection: sqlite3.Connection) -> None:
    """Give every line of an index that is worth asking about its place in the order, from 1."""
    connection.create_function("usefulness", 3, usefulness, deterministic=True)
    connection.execute(_RANK_SQL)


def usefulness(score: float, times: int, text: str) -> float:
    """How much the answer about a line tells, by how sure it is and how often its text is met.

    >>> usefulness(0.5, 1, "Mehr") > usefulness(0.7, 1, "Mehr")
    True
    >>> usefulness(0.7, 1000, "Mehr") > usefulness(0.6, 1, "Mehr") > usefulness(0.6, 1000, "|")
    True
    """
    unsure = 1 - 2 * abs(score - 0.5)
    often = 1 + log2(times) if _LETTER_RE.search(text) else _OF_A_MARK
    return round((unsure + _LEAST_UNSURE) * often, 6)
