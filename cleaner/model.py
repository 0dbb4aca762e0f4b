"""The values everything else is made of, and the Stage protocol. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from operator import attrgetter

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]
LabelIndices = npt.NDArray[np.int8]
# 64 bits: a text may have more code points than 32 can count.
Offsets = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Label(str, Enum):
    """What a line is. What to keep is a setting."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"
    META = "meta"
    TICKER = "ticker"
    COMMENT = "comment"
    SPAM = "spam"
    BOILERPLATE = "boilerplate"

    def __str__(self) -> str:
        return self.value


LABELS: tuple[Label, ...] = tuple(Label)
NOISE: frozenset[Label] = frozenset({Label.TICKER, Label.COMMENT, Label.SPAM, Label.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing decoding did to the text, or met in it."""

    kind: str
    count: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The unit that gets a label.

    `start` and `end` bound the content in code points, without surrounding white space; between two
    neighbouring lines there is nothing but white space. `number` is the 1-based line of the source.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a document in columns, one row a line; each `Line` is made when asked for."""

    numbers: Offsets
    starts: Offsets
    ends: Offsets

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Lines:
        """The columns of lines that were made one by one."""
        rows = [(line.number, line.start, line.end) for line in lines]
        return cls(*np.asarray(rows, np.int64).reshape(-1, 3).T)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> Line:
        return Line(int(self.numbers[index]), int(self.starts[index]), int(self.ends[index]))

    def __iter__(self) -> Iterator[Line]:
        return map(Line, self.numbers.tolist(), self.starts.tolist(), self.ends.tolist())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lines):
            return NotImplemented
        return all(np.array_equal(getattr(self, x), getattr(other, x)) for x in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # arrays have none


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the lines that partition it."""

    id: str
    text: str
    lines: Lines
    path: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    encoding: str | None = None
    sha256: str | None = None
    repairs: tuple[Repair, ...] = ()
    metadata: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def content(self, index: int) -> str:
        """The text of the line at this index, without surrounding white space."""
        return self.text[self.lines.starts[index] : self.lines.ends[index]]

    def contents(self) -> list[str]:
        """The text of every line, in order; a new list at every call."""
        text, starts, ends = self.text, self.lines.starts.tolist(), self.lines.ends.tolist()
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One voice: a stage takes the lines `first` to `last` (both included) for `label`.

    `weight` lies in (0, 1]: hint 0.3, likely 0.6, sure 1.0.
    """

    first: int
    last: int
    label: Label
    weight: float
    stage: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The label of one line, how surely (0 to 1), and every voice that spoke, strongest first."""

    label: Label
    score: float
    undecided: bool
    voices: tuple[Proposal, ...]


_BY_NAME = attrgetter("label", "stage", "rule", "reason")
_BY_WEIGHT = attrgetter("weight")
Voices = Callable[[int], Iterable[Proposal]]
"""Every voice about the line at an index, in any order."""


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """The decisions about lines in columns, one row a line; each `Decision` is made when asked for.

    `evidence` is called only for lines somebody wants explained, so it may be dear; to be pickled
    with a record it must be a function of a module or a value, not a closure. Decisions equal
    themselves only; compare lists of them.
    """

    labels: LabelIndices  # index into LABELS
    scores: Scores  # how surely, 0 to 1
    undecided: Bools
    evidence: Voices

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
        )

    def __iter__(self) -> Iterator[Decision]:
        return (self[index] for index in range(len(self)))

    def label(self, index: int) -> Label:
        """The label of the line at this index."""
        return LABELS[int(self.labels[index])]

    def voices(self, index: int) -> tuple[Proposal, ...]:
        """Every voice about the line at this index, strongest first."""
        voices = tuple(self.evidence(index))
        if len(voices) < 2:
            return voices
        # Twice by what is at hand: a key made in Python for each voice takes three times as long.
        return tuple(sorted(sorted(voices, key=_BY_NAME), key=_BY_WEIGHT, reverse=True))

    def labelled(self, labels: Collection[Label]) -> Bools:
        """Which lines have one of these labels."""
        return np.asarray([label in labels for label in LABELS], np.bool_)[self.labels]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule matched a line."""

    line: int
    rule: str
    label: Label
    weight: float
    reason: str
    opens: bool


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What a stage may look at: the document, its measurements and the rules that matched.

    A page equals itself only, so that what stages share about it can be remembered.
    """

    document: Document
    measured: Measurements
    hits: tuple[Hit, ...]
    language: str | None
    foreign: Floats
    """How surely each line is in another language than the page, 0 to 1."""

    def __len__(self) -> int:
        return len(self.document.lines)

    def hits_of(self, *labels: Label) -> tuple[Hit, ...]:
        """The rule hits for any of these labels, in order of lines."""
        return tuple(hit for hit in self.hits if hit.label in labels)


WEIGHS_NOTHING = 0.2
"""A voice of this weight says nothing, and a hint (0.3) little more: see cleaner.decide."""

Stage = Callable[[Page], Iterable[Proposal]]
"""Proposes labels where something fires; changes nothing, sees no other stage."""


@dataclass(frozen=True, slots=True)
class Measurements:
    """What can be said about the lines of a document; every column has one row a line."""

    width: Ints  # characters, East Asian wide ones counted twice
    words: Ints  # runs between white space; in scripts without spaces, two letters count as a word
    letters: Ints
    uppers: Ints
    digits: Ints
    marks: Ints  # punctuation and symbols
    commas: Ints
    emojis: Ints
    sentences: Ints  # sentence ends followed by white space or the end of the line
    capitalised: Ints  # words that begin with an upper-case letter
    ends_sentence: Bools  # . ! ? and their like, closing quotes and brackets allowed after
    ends_loudly: Bools  # ! or ?
    ends_colon: Bools
    ends_ellipsis: Bools
    starts_upper: Bools
    starts_lower: Bools
    starts_digit: Bools
    starts_bullet: Bools
    only_marks: Bools  # no letter and no digit
    blank_before: Bools
    truncated: Bools  # measured by its beginning and end only
    script: Ints  # index into SCRIPTS of the script of most letters, 0 for none
    script_share: Floats  # its share of the letters
    repeated: Ints  # how often the same text stands in the document
    prose: Floats  # 0 to 1: how much the line reads like a sentence of running text

    def __getitem__(self, rows: slice) -> Measurements:
        """The measurements of some consecutive lines, without a copy."""
        return Measurements(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be cleaned: where it stands, the kind of error and what to do."""

    source: str
    error: str
    message: str
