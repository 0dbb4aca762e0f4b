"""What was decided about the lines of a page, and what carried it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from cleaner.model import LABELS, Bools, Label, LabelIndices, Scores


class Voice(NamedTuple):
    """What a stage, or a kind of measurement, said about one line, and what came of it.

    `log_odds` is what it added to the log odds of the line's label against the strongest label on
    the other side (title and body, or all others); None where a louder voice of the same stage
    counted for both.
    """

    label: Label
    weight: float
    stage: str
    rule: str
    reason: str
    log_odds: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The label of one line, how probable it is, and what carried it, what weighed most first."""

    label: Label
    score: float
    undecided: bool
    voices: tuple[Voice, ...]
    article: float | None = None  # how probably it is title or body, where that is known


Voices = Callable[[int], tuple[Voice, ...]]
"""What carried the decision about the line at an index, what weighed most first."""


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """The decisions about lines in columns, one row a line; each `Decision` is made when asked for.

    `evidence` is called only for lines somebody wants explained, so it may be dear; to be pickled
    with a record it must be a function of a module or a value, not a closure. Decisions equal
    themselves only; compare lists of them.
    """

    labels: LabelIndices  # index into LABELS
    scores: Scores  # how probable the label is, 0 to 1
    undecided: Bools
    evidence: Voices
    article: Scores | None = None  # how probably each line is title or body

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Decisions:
        """The columns of decisions that were made one by one."""
        made = tuple(decisions)
        return cls(
            labels=np.asarray([LABELS.index(d.label) for d in made], np.int8),
            scores=np.asarray([d.score for d in made], np.float64),
            undecided=np.asarray([d.undecided for d in made], np.bool_),
            evidence=tuple(d.voices for d in made).__getitem__,
        )

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> Decision:
        return Decision(
            label=self.label(index),
            score=float(self.scores[index]),
            undecided=bool(self.undecided[index]),
            voices=self.voices(index),
            article=None if self.article is None else float(self.article[index]),
        )

    def __iter__(self) -> Iterator[Decision]:
        return (self[index] for index in range(len(self)))

    def label(self, index: int) -> Label:
        """The label of the line at this index."""
        return LABELS[int(self.labels[index])]

    def voices(self, index: int) -> tuple[Voice, ...]:
        """What carried the decision about the line at this index, what weighed most first."""
        return self.evidence(index)

    def labelled(self, labels: Collection[Label]) -> Bools:
        """Which lines have one of these labels."""
        return _among(frozenset(labels))[self.labels]

    def in_doubt(self, labels: Collection[Label]) -> Bools:
        """Which lines have one of these labels without being sure of it."""
        return self.labelled(labels) & self.undecided


@cache
def _among(labels: frozenset[Label]) -> Bools:
    return np.asarray([label in labels for label in LABELS], np.bool_)
