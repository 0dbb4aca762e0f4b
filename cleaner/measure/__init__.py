"""A batch of documents to columns: what can be said about each line, by array operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from cleaner.measure import characters as ch
from cleaner.measure.figures import find_figures
from cleaner.measure.laid import LONGEST_MEASURED_CHARS, Laid, Positions, has_flag
from cleaner.measure.places import end_to_end, follow_each_other
from cleaner.measure.repetitions import repetitions
from cleaner.measure.vocabulary import shared
from cleaner.measure.words import Wording, Words, find_words
from cleaner.model import Bools, Document, Floats, Ints, Measurements

# Lines measured at once hold about this many characters: their arrays stay in the caches, and more
# lines gain nothing.
BATCH_CHARS = 130_000
# A line reads like running text from here on (see `prose` in Measurements).
PROSE = 0.5

# Which scripts count as Han.
_EAST_ASIAN = np.isin(np.arange(len(ch.SCRIPTS)), list(ch.CHINESE_OR_JAPANESE))

Columns = dict[str, npt.NDArray[Any]]


def measure(documents: Sequence[Document]) -> list[Measurements]:
    """The measurements of each document, in order."""
    return measure_contents([document.contents() for document in documents])


def measure_contents(contents: Sequence[Sequence[str]]) -> list[Measurements]:
    """The measurements of each document with these contents of lines, in order."""
    if not contents:
        return []
    lengths = [len(lines) for lines in contents]
    columns, words, wording = _measured(list(chain.from_iterable(contents)))
    columns["repeated"] = repetitions(contents, wording, columns.pop("odd"))
    ends = np.cumsum(lengths, dtype=np.int64)
    first = np.repeat(ends - lengths, lengths)
    pages = np.repeat(np.arange(len(lengths)), lengths)
    prose = columns["prose"] >= PROSE
    found = shared(words, pages, np.arange(len(first)) - first, prose)
    columns |= {f"shared_{name}": getattr(found, name) for name in found.__slots__}
    columns["buckets_of_line"] = wording.counts
    of_words = np.concatenate([np.zeros(1, np.int64), np.cumsum(wording.counts)])
    return [
        Measurements(
            **{name: column[end - n : end] for name, column in columns.items()},
            buckets=wording.buckets[of_words[end - n] : of_words[end]],
        )
        for n, end in zip(lengths, ends.tolist(), strict=True)
    ]


def joined(measured: Sequence[Measurements]) -> Measurements:
    """The measurements of several documents as one; its columns have the rows of all, in order."""
    return measured[0] if len(measured) == 1 else cast("Measurements", _Joined(measured))


class _Joined:
    """Columns laid end to end, each when it is first asked for: nobody reads all of them."""

    def __init__(self, measured: Sequence[Measurements]) -> None:
        self._measured = measured
        self._in_order = follow_each_other([m.width for m in measured])

    def __getattr__(self, name: str) -> npt.NDArray[Any]:
        columns = [getattr(m, name) for m in self._measured]
        column = end_to_end(columns, in_order=self._in_order)
        setattr(self, name, column)  # and this is not asked again
        return column


def _measured(contents: Sequence[str]) -> tuple[Columns, Words, Wording]:
    """Columns and words of lines, some at a time."""
    parts = [_measure_lines(Laid(contents[rows])) for rows in _batches(contents)]
    if len(parts) == 1:
        return parts[0]
    columns = {n: np.concatenate([c[n] for c, _, _ in parts]) for n in parts[0][0]}
    starts = np.cumsum([0, *(len(wording.counts) for _, _, wording in parts[:-1])]).tolist()
    moved = [
        replace(words, lines=words.lines + start)
        for (_, words, _), start in zip(parts, starts, strict=True)
    ]
    words = Words(*(np.concatenate([getattr(w, n) for w in moved]) for n in Words.__slots__))
    wording = Wording(
        *(np.concatenate([getattr(w, n) for _, _, w in parts]) for n in Wording.__slots__)
    )
    return columns, words, wording


def _batches(contents: Sequence[str]) -> Iterator[slice]:
    chars = np.minimum(np.fromiter(map(len, contents), np.int64), LONGEST_MEASURED_CHARS)
    batch = np.cumsum(chars) // BATCH_CHARS
    starts = np.flatnonzero(np.diff(batch, prepend=-1, append=-1)).tolist() or [0, 0]
    return map(slice, starts[:-1], starts[1:])


def _measure_lines(laid: Laid) -> tuple[Columns, Words, Wording]:
    (
        letters, uppers, digits, marks, commas, emojis, wide, spaceless, dividers, brackets, money,
        latin,
    ) = laid.counts(
        ch.LETTER, ch.UPPER, ch.DIGIT, ch.MARK, ch.COMMA, ch.EMOJI, ch.WIDE, ch.SPACELESS,
        ch.DIVIDER, ch.BRACKET, ch.MONEY, ch.LATIN,
    )  # fmt: skip
    starts, capitalised = _words_begun(laid)
    at_end = laid.special(ch.SENTENCE_END)
    closed, ended = laid.sums(_sentence_ends(laid, at_end)), laid.sums(at_end)
    # Without spaces between words, two ideographs or kana, or five letters, make about one word.
    words = starts + wide // 2 + spaceless // 5
    sentences = np.where(wide > 0, ended, closed).astype(np.int32)
    # In Thai a blank is what ends one: where there are some, so do sentences.
    blank = np.where(2 * spaceless > letters, starts // 2, 0)
    sentences = np.maximum(sentences, blank, dtype=np.int32)
    width = (laid.lengths + wide).astype(np.int32)
    script, script_share = _scripts(laid, latin)
    first, last = laid.starts, laid.starts + laid.lengths - 1
    ends = laid.at(laid.last, ch.SENTENCE_END)
    figures = find_figures(laid)
    columns: Columns = {
        "width": width, "words": words, "letters": letters, "uppers": uppers, "digits": digits,
        "marks": marks, "commas": commas, "emojis": emojis, "sentences": sentences,
        "capitalised": capitalised, "ends_sentence": ends,
        "ends_loudly": laid.at(laid.last, ch.LOUD),
        "ends_colon": laid.at(laid.last, ch.COLON),
        "ends_ellipsis": laid.at(laid.last, ch.ELLIPSIS) | _ends_with_dots(laid),
        "starts_upper": laid.at(laid.first, ch.UPPER),
        "starts_lower": laid.at(laid.first, ch.LOWER),
        "starts_digit": laid.at(laid.first, ch.DIGIT),
        "starts_bullet": laid.at(first, ch.BULLET),
        "only_marks": (letters + digits) == 0,
        "truncated": laid.truncated, "script": script, "script_share": script_share,
        "prose": _prose(width, words, capitalised, sentences, ends),
        "quoted": laid.at(first, ch.QUOTE) | laid.at(last, ch.QUOTE),
        "dividers": dividers, "brackets": brackets, "money": money > 0,
        "times": figures.times, "years": figures.years, "dates": figures.dates,
        "addresses": laid.any_at(_addresses(laid)),
        "handles": laid.any_at(_handles(laid)), "odd": laid.sums(laid.odd) > 0,
    }  # fmt: skip
    return columns, *find_words(laid)


def _prose(width: Ints, words: Ints, capitalised: Ints, sentences: Ints, ends: Bools) -> Floats:
    """How much a line reads like running text: long, punctuated, mostly in lower case."""
    long = np.clip((width - 40) / 120, 0, 1)
    lower = 1 - np.clip(capitalised / np.maximum(words, 1) - 0.4, 0, 0.6) / 0.6
    punctuated = np.where(ends, 1.0, np.where(sentences > 0, 0.8, 0.45))
    wordy = np.clip((words - 3) / 7, 0, 1)
    return np.asarray((0.35 + 0.65 * long) * punctuated * lower * wordy, dtype=np.float32)


def _words_begun(laid: Laid) -> tuple[Ints, Ints]:
    """How many words of each line begin, and with an upper-case letter; ideographs begin none."""
    kinds, lines = laid.token_kinds, laid.token_lines
    inside = kinds < ch.kinds().marks
    begins = inside & ~has_flag(kinds, ch.WIDE)
    begins[1:] &= ~(inside[:-1] & (laid.token_starts[1:] == laid.token_ends[:-1]))
    of_starts, upper = lines[begins], begins & has_flag(kinds, ch.UPPER)
    found = (np.bincount(each, minlength=len(laid)) for each in (of_starts, lines[upper]))
    starts, capitalised = (counts.astype(np.int32) for counts in found)
    return starts, capitalised


def _sentence_ends(laid: Laid, ended: Bools) -> Bools:
    """Sentence ends followed by white space, a closing quote or bracket allowed between.

    Masks of the specials; a line feed, which ends no sentence, is the last of them.
    """
    at = laid.specials[ended]
    after_next = np.minimum(at + 2, len(laid.kinds) - 1)
    closing = laid.at(at + 1, ch.CLOSING) & laid.at(after_next, ch.SPACE)
    found = ended.copy()
    found[ended] = laid.at(at + 1, ch.SPACE) | closing
    return found


def _ends_with_dots(laid: Laid) -> Bools:
    last = laid.starts + laid.lengths - 1
    if not len(last):
        return np.zeros(0, np.bool_)
    dots = [laid.points[np.maximum(last - i, 0)] == ord(".") for i in (0, 1)]
    return np.asarray(dots[0] & dots[1] & (laid.lengths > 1), dtype=np.bool_)


def _scripts(laid: Laid, in_latin: Ints) -> tuple[Ints, Floats]:
    """The script of most letters and its share; Japanese kana count with Han.

    `in_latin` is how many letters of each line are Latin ones.
    """
    latin, han = ch.SCRIPTS.index("Latin"), ch.SCRIPTS.index("Han")
    of_specials = ch.kinds().scripts[laid.special_kinds]
    others = np.flatnonzero(of_specials > latin)
    if not len(others):
        found = np.where(in_latin > 0, latin, 0).astype(np.int32)
        return found, (found > 0).astype(np.float32)
    kinds = of_specials[others].astype(np.int64)
    kinds[_EAST_ASIAN[kinds]] = han
    size = len(ch.SCRIPTS)
    counts = np.bincount(laid.special_lines[others] * size + kinds, minlength=len(laid) * size)
    counts = counts.reshape(len(laid), size)
    counts[:, latin] = in_latin
    total = counts.sum(axis=1)
    best = np.where(total > 0, counts.argmax(axis=1), 0).astype(np.int32)
    return best, (counts.max(axis=1) / np.maximum(total, 1)).astype(np.float32)


def _addresses(laid: Laid) -> Positions:
    """Where a dot, an at sign or '://' joins two words, as in web and mail addresses."""
    points, signs = laid.points, laid.specials
    of_signs = points[signs]
    dots = signs[(of_signs == ord(".")) | (of_signs == ord("@"))]
    dots = dots[(dots > 0) & (dots < len(points) - 1)]
    joined = dots[laid.at(dots - 1, ch.LETTER) & laid.at(dots + 1, ch.LOWER)]
    colons = signs[of_signs == ord(":")]
    colons = colons[colons < len(points) - 2]
    slashed = (points[colons + 1] == ord("/")) & (points[colons + 2] == ord("/"))
    return np.concatenate([joined, colons[slashed]])


def _handles(laid: Laid) -> Positions:
    """Where '#' or '@' begins a word."""
    signs = laid.specials[laid.special(ch.HANDLE)]  # a line feed stands behind all of them
    return signs[laid.inside[signs + 1]]
