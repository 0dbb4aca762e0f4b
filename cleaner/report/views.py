"""What the pages show, as values that know nothing of HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import tanh

from cleaner.model import Label


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
    """Why a line was removed: how surely, by which rule, and its voices, strongest first."""

    score: float
    rule: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a kept line would have gone by, had its page not been kept whole."""

    label: Label
    score: float


@dataclass(frozen=True, slots=True)
class Row:
    """One span; `number` is the 1-based line of the source, `part` the 1-based span in that line.

    `blank_before` counts the empty source lines above. `reasons` is None where the span was kept.
    """

    number: int
    part: int
    blank_before: int
    text: str
    label: Label
    reasons: Reasons | None
    undecided: bool = False
    spared: Verdict | None = None

    @property
    def name(self) -> str:
        """A name that no other row of the document has.

        >>> Row(12, 2, 0, "Text", Label.BODY, None).name
        'L12-2'
        """
        return f"L{self.number}" if self.part == 1 else f"L{self.number}-{self.part}"


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive rows, all kept or all removed; `folded` where they are shown on demand."""

    rows: tuple[Row, ...]
    folded: bool = False

    @property
    def lines_of(self) -> tuple[tuple[Label, int], ...]:
        """How many rows there are of each label, most first."""
        return tuple(Counter(row.label for row in self.rows).most_common())


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How much text has a label, and whether it stayed."""

    label: Label
    kept: bool
    lines: int
    chars: int
    documents: int = 1


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a stacked bar; `start` and `share` are parts of one."""

    label: Label
    start: float
    share: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Amounts of text by label; characters leave out the white space around lines."""

    counts: tuple[LabelCount, ...] = ()

    @property
    def lines(self) -> int:
        """Lines of the source that are not blank; a line of two spans counts twice."""
        return sum(count.lines for count in self.counts)

    @property
    def chars(self) -> int:
        """Characters of the source."""
        return sum(count.chars for count in self.counts)

    @property
    def kept_chars(self) -> int:
        """Characters that stayed."""
        return sum(count.chars for count in self.counts if count.kept)

    @property
    def removed(self) -> tuple[LabelCount, ...]:
        """The labels that went."""
        return tuple(count for count in self.counts if not count.kept)

    @property
    def share_removed(self) -> float:
        """Removed characters as a part of one; 0 where there is no text."""
        return 1 - self.kept_chars / self.chars if self.chars else 0.0

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The bar of removed characters, label by label."""
        return tuple(self._segments())

    def removed_lines(self, label: Label) -> int:
        """How many lines of a label went."""
        return sum(count.lines for count in self.removed if count.label is label)

    def _segments(self) -> Iterator[Segment]:
        start = 0.0
        for count in self.removed:
            share = count.chars / self.chars
            yield Segment(count.label, start, share)
            start += share


@dataclass(frozen=True, slots=True)
class Summary:
    """A document in a line of the index; `number` counts from 1 in the order of the run."""

    number: int
    id: str
    title: str | None
    language: str | None
    flags: tuple[str, ...]
    totals: Totals
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with all its lines; `facts` are names and values known about it."""

    summary: Summary
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    text: str

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, in order."""
        return (row for block in self.blocks for row in block.rows)

    @property
    def spared(self) -> tuple[tuple[Label, int], ...]:
        """How many lines would have gone by each label, most first; none where any went."""
        return tuple(Counter(row.spared.label for row in self.rows if row.spared).most_common())


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule decided, with the first line it took as an example."""

    rule: str
    label: Label
    times: int
    example: str
    example_document: int
    example_row: str


@dataclass(frozen=True, slots=True)
class RunView:
    """A whole run."""

    name: str
    version: str | None
    failed: int
    documents: tuple[Summary, ...]
    totals: Totals
    rules: tuple[RuleCount, ...]

    @property
    def removed_labels(self) -> tuple[Label, ...]:
        """The labels of which anything was removed."""
        return tuple(count.label for count in self.totals.removed)

    @property
    def undecided(self) -> int:
        """How many lines were kept in doubt."""
        return sum(document.undecided for document in self.documents)
