"""What the page of a document shows, as values that know nothing of HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from math import tanh

from cleaner.model import Label
from cleaner.report.totals import Summary

# A screen of removed lines; beyond it the article is out of sight.
FOLD_ROWS = 12
# Mistakes happen where a run begins and ends: a headline swallowed, a teaser left. Those stay open.
OPEN_AT_START, OPEN_AT_END = 3, 2


@dataclass(frozen=True, slots=True)
class Voice:
    """One reason given for a label; `log_odds` is what came of it, None where that is not known."""

    rule: str
    label: Label
    weight: float
    reason: str
    log_odds: float | None = None

    @property
    def loudness(self) -> float:
        """How much it counted, from 0 to 1; how surely it was said where that is not known.

        >>> Voice("a.b", Label.SPAM, 0.6, "reads like one", log_odds=-2.0).loudness
        0.76
        """
        return self.weight if self.log_odds is None else round(tanh(abs(self.log_odds) / 2), 2)


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a line has its label: how surely, by which rule, and its voices, strongest first."""

    score: float
    rule: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Spared:
    """What a kept line would have gone by, had its page not been kept whole."""

    label: Label
    score: float


@dataclass(frozen=True, slots=True)
class Row:
    """One span, or a piece of a very long one.

    `number` is the 1-based line of the source, `part` the 1-based span in that line, `piece` the
    1-based piece of that span. `start` and `end` are code points of the source. `blank_before`
    counts the empty source lines above. `reasons` is None where the span was kept, `stayed` why it
    was, where that is known. `above` and `below` are the labels of the lines around, nearest first.
    """

    number: int
    part: int
    blank_before: int
    text: str
    label: Label
    reasons: Reasons | None
    undecided: bool = False
    spared: Spared | None = None
    start: int = 0
    end: int = 0
    piece: int = 1
    above: tuple[Label, ...] = ()
    below: tuple[Label, ...] = ()
    stayed: Reasons | None = None

    @property
    def name(self) -> str:
        """A name that no other row of the document has.

        >>> Row(12, 2, 0, "Text", Label.BODY, None).name
        'L12-2'
        >>> Row(12, 1, 0, "Text", Label.BODY, None, piece=3).name
        'L12.3'
        """
        part = f"-{self.part}" if self.part > 1 else ""
        piece = f".{self.piece}" if self.piece > 1 else ""
        return f"L{self.number}{part}{piece}"


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive rows, all kept or all removed; the middle of a long removed one is folded."""

    rows: tuple[Row, ...]

    @property
    def removed(self) -> bool:
        """Whether its rows were removed."""
        return self.rows[0].reasons is not None

    @property
    def labels(self) -> tuple[tuple[Label, int], ...]:
        """How many lines there are of each label, most first."""
        return _labels(self.rows)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(_lines(self.rows))

    @property
    def head(self) -> tuple[Row, ...]:
        """The rows before the fold; all where nothing is folded."""
        return self.rows[:OPEN_AT_START] if self._folds else self.rows

    @property
    def folded(self) -> tuple[Row, ...]:
        """The rows that are shown on demand."""
        return self.rows[OPEN_AT_START:-OPEN_AT_END] if self._folds else ()

    @property
    def folded_labels(self) -> tuple[tuple[Label, int], ...]:
        """How many lines of each label are shown on demand, most first."""
        return _labels(self.folded)

    @property
    def folded_lines(self) -> int:
        """How many lines are shown on demand."""
        return len(_lines(self.folded))

    @property
    def tail(self) -> tuple[Row, ...]:
        """The rows behind the fold."""
        return self.rows[-OPEN_AT_END:] if self._folds else ()

    @property
    def _folds(self) -> bool:
        return self.removed and len(self.rows) > FOLD_ROWS


def _labels(rows: Iterable[Row]) -> tuple[tuple[Label, int], ...]:
    return tuple(Counter(_lines(rows).values()).most_common())


def _lines(rows: Iterable[Row]) -> dict[tuple[int, int], Label]:
    """Each line once, in however many pieces it is shown, with its label."""
    return {(row.number, row.part): row.label for row in rows}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the pages of a document: which lines of the source it shows."""

    number: int
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A page of a document; one that is too long for a page has several `parts`.

    `facts` are names and values known about the document, `text` is the clean text of this page.
    """

    summary: Summary
    facts: tuple[tuple[str, str], ...]
    runs: tuple[Run, ...]
    text: str
    part: Part
    parts: tuple[Part, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, in order."""
        return chain.from_iterable(run.rows for run in self.runs)

    @property
    def stayed(self) -> bool:
        """Whether it is told of any line why it stayed."""
        return any(row.stayed for row in self.rows)

    @property
    def spared(self) -> tuple[tuple[Label, int], ...]:
        """How many lines would have gone by each label, most first; none where any went."""
        return _labels(replace(row, label=row.spared.label) for row in self.rows if row.spared)
