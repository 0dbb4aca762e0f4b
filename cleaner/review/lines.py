"""The lines of a record as a reviewer meets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from cleaner.model import Label
from cleaner.record import Record
from cleaner.review.values import Line, Place, text_hash

# Of a kept line the rows say only that it could as well have gone.
SCORE_IN_DOUBT = 0.5


class State(str, Enum):
    """What became of a line."""

    KEPT = "kept"
    DOUBT = "doubt"
    """Kept, and could as well have gone."""
    SPARED = "spared"
    """Kept because its page would have lost nearly everything."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of a record: what it was taken for, how surely and by which rule.

    A line that was spared has the label and the score that it would have gone by; `kept_as` is the
    label of every kept line in the clean text.
    """

    place: Place
    text: str
    label: Label
    state: State
    score: float | None = None
    rule: str = ""
    kept_as: Label | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it is worth asking about: it went, could have gone, or would have."""
        return self.state is not State.KEPT

    @property
    def kept(self) -> bool:
        """Whether it is in the clean text."""
        return self.kept_as is not None

    @property
    def final(self) -> Label:
        """What it is in the rows of the run."""
        return self.kept_as or self.label

    def line(self, label: Label) -> Line:
        """The line as it is written with a verdict that says it is this."""
        return Line(self.place, text_hash(self.text), label)


def decided(record: Record) -> list[Decided]:
    """Every line of a record, in the order of the source.

    Raises:
        LedgerError: the rows do not account for the source.
    """
    text = record.restore()
    doubt = {start for start, _ in record.undecided}
    spared = {start: (label, score) for start, _, label, score in record.spared}
    found = []
    for start, end, label in record.kept:
        place, line = Place(record.id, start, end), text[start:end]
        if start in spared:
            told, score = spared[start]
            found.append(Decided(place, line, told, State.SPARED, score, kept_as=label))
        elif start in doubt and not spared:  # on a page that was kept whole, every line is
            state, score = State.DOUBT, SCORE_IN_DOUBT
            found.append(Decided(place, line, label, state, score, kept_as=label))
        else:
            found.append(Decided(place, line, label, State.KEPT, kept_as=label))
    for gone in record.removed:
        place = Place(record.id, gone.start, gone.end)
        found.append(Decided(place, gone.text, gone.label, State.REMOVED, gone.score, gone.rule))
    return sorted(found, key=lambda line: line.place)


def run_around(lines: Sequence[Decided], start: int) -> list[Decided]:
    """The run of lines, all kept or all removed, that holds the line that starts here."""
    for _, run in groupby(lines, key=lambda line: line.kept):
        found = list(run)
        if any(line.place.start == start for line in found):
            return found
    return []
