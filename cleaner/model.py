"""The values everything else is made of, and the Stage protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.markup import Markup
from cleaner.recurrence import Recurrence

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]
LabelIndices = npt.NDArray[np.int8]
Offsets = npt.NDArray[np.int64]  # a text may have more code points than 32 bits can count
Bools = npt.NDArray[np.bool_]
Metadata = Mapping[str, str | tuple[str, ...]]


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

    # Enum hashes by name: slower, and unlike the string that a label is equal to.
    __hash__ = str.__hash__

    def __str__(self) -> str:
        return self.value


LABELS: tuple[Label, ...] = tuple(Label)
ARTICLE: tuple[Label, ...] = (Label.TITLE, Label.BODY)
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
    metadata: Metadata = field(default_factory=dict)
    markup: Markup | None = None  # what it says about each line; None of a text without any
    fields: Mapping[str, Any] = field(default_factory=dict)
    """What else its row says, as JSON: it goes through to the record."""

    def content(self, index: int) -> str:
        """The text of the line at this index, without surrounding white space."""
        return self.text[self.lines.starts[index] : self.lines.ends[index]]

    def contents(self) -> list[str]:
        """The text of every line, in order; a new list at every call."""
        text, starts, ends = self.text, self.lines.starts.tolist(), self.lines.ends.tolist()
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """An HTML page as it was fetched, or as a row holds it; what cleans it reads its text.

    `charset` is what an HTTP header names. `metadata` is believed more than the page.
    """

    id: str
    markup: bytes | str
    path: str | None = None
    url: str | None = None
    charset: str | None = None
    encoding: str | None = None
    sha256: str | None = None
    repairs: tuple[Repair, ...] = ()
    metadata: Metadata = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)  # as those of Document


Input = Document | HtmlPage
"""What can be cleaned; plain strings aside."""


class Proposal(NamedTuple):
    """One voice: a stage takes the lines `first` to `last` (both included) for `label`.

    `weight` lies in (0, 1]: hint 0.3, likely 0.6, sure 1.0. A tuple, as there are two of them a
    line and a frozen dataclass takes several times as long to make; so they also sort by line.
    """

    first: int
    last: int
    label: Label
    weight: float
    stage: str
    rule: str
    reason: str


class Hit(NamedTuple):
    """A rule matched a line. A tuple, as a frozen dataclass takes several times as long to make."""

    line: int
    rule: str
    label: Label
    weight: float
    reason: str
    opens: bool


class Headline(NamedTuple):
    """A line that may be the page's own headline.

    `shared` is how many of its words come back in the article, `likeness` how like a headline it
    is: as much as about that many shared words.
    """

    line: int
    shared: int
    likeness: float


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """What the stages share about a page; columns have one row a line and cannot be written to."""

    prose: Bools  # reads like running text
    paragraph: Bools  # running text in the page's language, without a known phrase of noise
    headline_shaped: Bools  # a few words, no full stop, no lower-case start
    menu_entry: Bools  # as short as a menu entry or a button, and as bare of punctuation
    known: Bools  # has a loud known phrase of noise or meta
    above: Floats  # lines up to the nearest running text: 0 on it, infinite without any
    below: Floats  # the same, down
    lone_word: Bools  # one word between paragraphs, or with ! or ?
    comments_heading: int | None  # the line that announces reader comments below it
    core: tuple[int, int] | None  # first and last line of the stretch that holds the article
    first_paragraph: int | None  # the first line of running text in it
    crowd: float  # how much the page looks like a whole web page, 0 (an extracted article) to 1
    headlines: tuple[Headline, ...]  # what may be the page's own headline, from top to bottom
    headline: Headline | None  # the likeliest of them


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What a stage may look at: the document, its measurements and the rules that matched.

    A page equals itself only: to compare its columns row by row is nobody's wish.
    """

    document: Document
    measured: Measurements
    hits: Sequence[Hit]
    language: str | None
    foreign: Floats
    """How surely each line is in another language than the page, 0 to 1."""
    structure: Structure
    leaning: Floats
    """What speaks for another language in log odds; negative where it speaks for the page's."""
    second_language: str | None = None  # the other one of a page of two
    recurrence: Recurrence | None = None  # of its lines over the site, where that was counted

    def __len__(self) -> int:
        return len(self.document.lines)

    def hits_of(self, *labels: Label) -> tuple[Hit, ...]:
        """The rule hits for any of these labels, in order of lines."""
        return tuple(hit for hit in self.hits if hit.label in labels)


WEIGHS_NOTHING = 0.2
"""A voice of this weight says nothing, and a hint (0.3) little more: see cleaner.decide."""
FAR_LINES = 60
"""Of lines this far away and farther the decision is told the same."""

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
    truncated: Bools  # measured by its beginning and end only
    script: Ints  # index into SCRIPTS of the script of most letters, 0 for none
    script_share: Floats  # its share of the letters
    prose: Floats  # 0 to 1: how much the line reads like a sentence of running text
    quoted: Bools  # begins or ends with a quotation mark
    dividers: Ints  # | / » and their like
    brackets: Ints
    money: Bools
    times: Bools
    years: Bools
    dates: Bools
    addresses: Bools  # of web pages or mail
    handles: Bools  # #tag or @name
    repeated: Ints  # how often the same text stands in the document
    shared_prose: Floats  # share of its words that stand in other running text of the page
    shared_page: Floats  # share that stand in any other line
    shared_telling: Floats  # share of its long words that stand in other running text
    shared_telling_words: Ints  # how many of them
    shared_top: Floats  # the greatest overlap of words with one of the page's first lines
    buckets_of_line: Ints  # how many of `buckets` are a line's
    buckets: Ints  # not a column: the hashed wording of all lines in order, see measure/words.py


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be cleaned: where it stands, the kind of error and what to do."""

    source: str
    error: str
    message: str
