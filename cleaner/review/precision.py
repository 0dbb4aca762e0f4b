"""How often each rule was right, by the verdicts, and how surely that is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from math import sqrt

from cleaner.model import Label

# The 97.5% quantile of the normal distribution: intervals of 95%.
_Z = 1.959964

_JUDGED_SQL = """
WITH judged AS (
    SELECT l.rule, l.label, min(v.label) AS said, count(DISTINCT v.label) > 1 AS disputed
    FROM standing s JOIN verdicts v ON v.id = s.verdict
    JOIN run.lines l
    ON l.doc = s.doc AND l.start = s.start AND l.end = s.end AND l.text = s.text
    WHERE l.state = 'removed'
    GROUP BY l.id
)
SELECT rule, label, said, disputed, count(*) FROM judged GROUP BY rule, label, said, disputed
"""
_FIRED_SQL = """
SELECT r.name, s.label, count(*) FROM run.spans s JOIN run.rules r ON r.id = s.rule
WHERE s.state = 'removed' GROUP BY s.rule, s.label
"""


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """A rule and a label it removed lines under: how many it did, and what reviewers say of them.

    `right` of the `judged` lines had to go, `exact` of these under this label; lines on which
    reviewers disagree are in neither.
    """

    rule: str
    label: Label
    lines: int
    judged: int = 0
    right: int = 0
    exact: int = 0
    disputed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of judged lines that had to go; None where none was judged."""
        return self.right / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float]:
        """Between what the precision is, as far as 95% of such samples tell."""
        return wilson(self.right, self.judged)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The 95% score interval of a share.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of
    the American Statistical Association 22 (1927), 209-212. Unlike right/judged plus or minus an
    error it keeps within 0 and 1, and says something of few lines that are all right.

    >>> [round(bound, 3) for bound in wilson(9, 10)]
    [0.596, 0.982]
    >>> [round(bound, 3) for bound in wilson(0, 0)]
    [0.0, 1.0]
    """
    if not judged:
        return 0.0, 1.0
    share, spread = right / judged, _Z * _Z / judged
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def precisions(connection: sqlite3.Connection, keep: Collection[Label]) -> list[RulePrecision]:
    """Every rule that removed lines, those with the most judged lines first."""
    counts: dict[tuple[str, str], list[int]] = {
        (rule, label): [lines, 0, 0, 0, 0] for rule, label, lines in connection.execute(_FIRED_SQL)
    }
    for rule, label, said, disputed, lines in connection.execute(_JUDGED_SQL):
        count = counts[rule, label]
        if disputed:
            count[4] += lines
            continue
        count[1] += lines
        count[2] += lines * (Label(said) not in keep)
        count[3] += lines * (said == label)
    found = [RulePrecision(rule, Label(label), *each) for (rule, label), each in counts.items()]
    return sorted(found, key=lambda each: (-each.judged, -each.lines, each.rule, each.label))
