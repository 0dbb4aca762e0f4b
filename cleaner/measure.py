"""A batch of documents to columns: what can be said about each line, by array operations.

All lines of the batch are laid end to end as one array of code points; a table says what each code
point is, and a sum between line starts says how many of them a line has. No Python loop runs over
characters, and only the cheapest over lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from cleaner import characters as ch
from cleaner.model import Bools, Document, Floats, Ints, Measurements

# A longer line is measured by its first and last half of this; so one 200 MB line costs no more.
LONGEST_MEASURED_CHARS = 8_000
# Lines measured at once hold about this many characters; bounds the arrays to some 100 MB.
BATCH_CHARS = 2_000_000

Flags = npt.NDArray[np.uint16]


def measure(documents: Sequence[Document]) -> list[Measurements]:
    """The measurements of each document, in order."""
    contents = [document.contents() for document in documents]
    everything = [content for lines in contents for content in lines]
    blank = np.concatenate([np.zeros(0, np.bool_), *map(_blank_before, documents)])
    repeated = np.fromiter((n for lines in contents for n in _repetitions(lines)), np.int32)
    parts = [
        _measure_lines(everything[rows], blank[rows], repeated[rows])
        for rows in _batches(everything)
    ]
    measured = _concatenate(parts)
    ends = np.cumsum([len(lines) for lines in contents])
    return [
        measured[slice(int(end) - len(lines), int(end))]
        for lines, end in zip(contents, ends, strict=True)
    ]


def _batches(contents: Sequence[str]) -> Iterator[slice]:
    start = chars = 0
    for i, content in enumerate(contents):
        chars += min(len(content), LONGEST_MEASURED_CHARS)
        if chars >= BATCH_CHARS:
            yield slice(start, i + 1)
            start, chars = i + 1, 0
    if start < len(contents) or not contents:
        yield slice(start, len(contents))


def _concatenate(parts: Sequence[Measurements]) -> Measurements:
    if len(parts) == 1:
        return parts[0]
    return Measurements(
        *(np.concatenate([getattr(p, name) for p in parts]) for name in Measurements.__slots__)
    )


def _blank_before(document: Document) -> Bools:
    return np.diff(document.lines.numbers, prepend=0) > 1


def _repetitions(contents: Sequence[str]) -> Iterator[int]:
    keys = [content.casefold() for content in contents]
    count = Counter(keys)
    return (count[key] for key in keys)


def _measure_lines(contents: Sequence[str], blank: Bools, repeated: Ints) -> Measurements:
    truncated = np.fromiter((len(c) > LONGEST_MEASURED_CHARS for c in contents), np.bool_)
    shown = [_shortened(c) for c in contents] if truncated.any() else contents
    laid = _Laid(shown)
    # Without spaces between words, two ideographs or kana, or five letters, make about one word.
    wide = laid.count(ch.WIDE)
    letters = laid.count(ch.LETTER)
    digits = laid.count(ch.DIGIT)
    words = laid.word_starts() + wide // 2 + laid.count(ch.SPACELESS) // 5
    script, script_share = laid.scripts()
    sentences = laid.sentences(wide > 0)
    width = (laid.lengths + wide).astype(np.int32)
    capitalised = laid.capitalised()
    return Measurements(
        width=width,
        words=words,
        letters=letters,
        uppers=laid.count(ch.UPPER),
        digits=digits,
        marks=laid.count(ch.MARK),
        commas=laid.count(ch.COMMA),
        emojis=laid.count(ch.EMOJI),
        sentences=sentences,
        capitalised=capitalised,
        ends_sentence=laid.ends_with(ch.SENTENCE_END),
        ends_loudly=laid.ends_with(ch.LOUD),
        ends_colon=laid.ends_with(ch.COLON),
        ends_ellipsis=laid.ends_with(ch.ELLIPSIS) | laid.ends_with_dots(),
        starts_upper=laid.starts_with(ch.UPPER),
        starts_lower=laid.starts_with(ch.LOWER),
        starts_digit=laid.starts_with(ch.DIGIT),
        starts_bullet=laid.first_has(ch.BULLET),
        only_marks=(letters + digits) == 0,
        blank_before=blank,
        truncated=truncated,
        script=script,
        script_share=script_share,
        repeated=repeated,
        prose=_prose(width, words, capitalised, sentences, laid),
    )


def _shortened(content: str) -> str:
    half = LONGEST_MEASURED_CHARS // 2
    return content if len(content) <= 2 * half else content[:half] + content[-half:]


def _prose(width: Ints, words: Ints, capitalised: Ints, sentences: Ints, laid: _Laid) -> Floats:
    """How much a line reads like running text: long, punctuated, mostly in lower case."""
    long = np.clip((width - 40) / 120, 0, 1)
    ends = laid.ends_with(ch.SENTENCE_END)
    lower = 1 - np.clip(capitalised / np.maximum(words, 1) - 0.4, 0, 0.6) / 0.6
    punctuated = np.where(ends, 1.0, np.where(sentences > 0, 0.8, 0.45))
    wordy = np.clip((words - 3) / 7, 0, 1)
    return np.asarray((0.35 + 0.65 * long) * punctuated * lower * wordy, dtype=np.float32)


class _Laid:
    """Lines laid end to end as code points, each followed by a line feed."""

    def __init__(self, contents: Sequence[str]) -> None:
        self.lengths = np.fromiter(map(len, contents), np.int64, len(contents))
        self.starts = np.concatenate(([0], np.cumsum(self.lengths + 1)))[:-1].astype(np.int64)
        points = ch.code_points("\n".join(contents) + "\n") if contents else ch.code_points("")
        self.points = points
        self.flags: Flags = ch.classes()[points]

    def _sums(self, where: npt.NDArray[np.generic]) -> Ints:
        if not len(self.starts):
            return np.zeros(0, np.int32)
        return np.add.reduceat(where.astype(np.int32), self.starts).astype(np.int32)

    def count(self, flag: int) -> Ints:
        """How many characters of each line have this class."""
        return self._sums((self.flags & flag) != 0)

    def word_starts(self) -> Ints:
        return self._sums(self._at_word_start())

    def capitalised(self) -> Ints:
        return self._sums(self._at_word_start() & ((self.flags & ch.UPPER) != 0))

    def _at_word_start(self) -> Bools:
        inside = (self.flags & (ch.LETTER | ch.DIGIT)) != 0
        wide = (self.flags & ch.WIDE) != 0
        after = np.concatenate(([True], (self.flags[:-1] & (ch.LETTER | ch.DIGIT)) == 0))
        return np.asarray(inside & after[: len(inside)] & ~wide, dtype=np.bool_)

    def sentences(self, spaceless: Bools) -> Ints:
        """Sentence ends followed by white space; in scripts without spaces, all of them."""
        ends = (self.flags & ch.SENTENCE_END) != 0
        closing = (self.flags & ch.CLOSING) != 0
        space = (self.flags & ch.SPACE) != 0
        next_space = np.concatenate((space[1:], [True]))[: len(space)]
        after_next = np.concatenate((next_space[1:], [True]))[: len(space)]
        next_closing = np.concatenate((closing[1:], [False]))[: len(space)]
        counted = ends & (next_space | (next_closing & after_next))
        return np.where(spaceless, self._sums(ends), self._sums(counted)).astype(np.int32)

    def scripts(self) -> tuple[Ints, Floats]:
        """The script of most letters and its share; Japanese kana count with Han."""
        of_points = ch.scripts()[self.points]
        han = ch.SCRIPTS.index("Han")
        of_points = np.where(np.isin(of_points, list(ch.CHINESE_OR_JAPANESE)), han, of_points)
        present = [s for s in np.unique(of_points) if s]
        if not present:
            zeros = np.zeros(len(self.starts), np.int32)
            return zeros, zeros.astype(np.float32)
        counts = np.stack([self._sums(of_points == s) for s in present])
        total = counts.sum(axis=0)
        best = np.asarray(present, np.int32)[counts.argmax(axis=0)]
        share = counts.max(axis=0) / np.maximum(total, 1)
        return np.where(total > 0, best, 0).astype(np.int32), share.astype(np.float32)

    def _flags_at(self, positions: npt.NDArray[np.int64]) -> Flags:
        return self.flags[positions] if len(positions) else np.zeros(0, np.uint16)

    def first_has(self, flag: int) -> Bools:
        return np.asarray((self._flags_at(self.starts) & flag) != 0, dtype=np.bool_)

    def starts_with(self, flag: int) -> Bools:
        """Whether the first character that is no mark has this class."""
        at = self._skipping(self.starts, ch.MARK | ch.SPACE, 1)
        return np.asarray((self._flags_at(at) & flag) != 0, dtype=np.bool_)

    def ends_with(self, flag: int) -> Bools:
        """Whether the last character, closing marks aside, has this class."""
        at = self._skipping(self.starts + self.lengths - 1, ch.CLOSING | ch.SPACE, -1)
        return np.asarray((self._flags_at(at) & flag) != 0, dtype=np.bool_)

    def ends_with_dots(self) -> Bools:
        last = self.starts + self.lengths - 1
        dots = [self.points[np.maximum(last - i, 0)] == ord(".") for i in (0, 1)]
        return np.asarray(dots[0] & dots[1] & (self.lengths > 1), dtype=np.bool_)

    def _skipping(
        self, positions: npt.NDArray[np.int64], flag: int, step: int
    ) -> npt.NDArray[np.int64]:
        """Positions moved past at most four characters of this class, within their lines."""
        at = positions.copy()
        for _ in range(4):
            moved = at + step
            inside = (moved >= self.starts) & (moved < self.starts + self.lengths)
            skip = inside & ((self._flags_at(at) & flag) != 0)
            at = np.where(skip, moved, at)
        return at
