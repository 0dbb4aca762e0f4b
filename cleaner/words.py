"""The words of lines as hashes, and the buckets of wording each line falls into.

Words are never made into strings: a word's hash is a sum over its characters and their places,
taken from running sums, so that a batch costs a few array operations. Hashed wording without a
dictionary is the trick of Weinberger et al., Feature hashing for large scale multitask learning,
ICML 2009.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner import characters as ch
from cleaner.laid import Laid, Positions
from cleaner.model import Bools, Ints

Hashes = npt.NDArray[np.uint32]

BUCKETS = 1 << 18
# Wording is read from this much of a line's beginning and end.
READ_CHARS = 80
# Words have a beginning and an ending of their own from this length on.
LONG_WORD_CHARS = 6
BEGINNING_CHARS, ENDING_CHARS = 4, 3
# What distinguishes the hashes of one word in several roles: any odd numbers.
_PAIR, _BEGINNING, _ENDING, _FIRST, _LAST, _LINE = 7, 11, 99, 1001, 2003, 77
# Ideographs and kana; each is a token of its own. Hangul has spaces between words.
_EAST_ASIAN = (0x3040, 0x9FFF)
_ZERO, _SPACE, _LINE_FEED = ord("0"), ord(" "), ord("\n")


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of lines in order: words, single ideographs, single marks. One row a token."""

    hashes: Hashes
    lines: Positions
    lengths: Ints
    is_word: Bools
    is_east_asian: Bools


@dataclass(frozen=True, slots=True)
class Wording:
    """The buckets of lines, in order of lines, and how many each line has."""

    buckets: Ints
    counts: Ints


@dataclass(frozen=True, slots=True)
class Spans:
    """The buckets of lines in order, with the line each is of and the characters it stands for."""

    buckets: Ints
    lines: Positions
    starts: Positions
    ends: Positions


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Words, where they stand, and what else is hashed of them."""

    words: Words
    starts: Positions
    ends: Positions
    read: Bools
    beginnings: Hashes
    endings: Hashes


@cache
def _folded() -> Hashes:
    """Every code point in lower case; digits as 0, white space as a blank."""
    table = np.arange(ch.TABLE_SIZE, dtype=np.uint32)
    flags = ch.classes()
    for i in np.flatnonzero(flags & np.uint32(ch.UPPER)):
        lower = chr(int(i)).lower()
        table[i] = ord(lower) if len(lower) == 1 else i
    table[(flags & np.uint32(ch.DIGIT)) != 0] = _ZERO
    table[(flags & np.uint32(ch.SPACE)) != 0] = _SPACE
    table[_LINE_FEED] = _LINE_FEED
    return table


def mixed(values: Hashes) -> Hashes:
    """Values with every bit spread over all bits (lowbias32 of Wellons, Hash Prospector, 2018)."""
    found = values >> np.uint32(15)
    found ^= values
    found *= np.uint32(0x2C1B3C6D)
    found ^= found >> np.uint32(12)
    found *= np.uint32(0x297A2D39)
    found ^= found >> np.uint32(15)
    return found


def find_words(laid: Laid) -> tuple[Words, Wording]:
    """The words and the wording of lines laid end to end."""
    tokens = _tokens(laid)
    buckets, at, _ = _hashed(tokens)
    counts = np.bincount(tokens.words.lines[at], minlength=len(laid))
    return tokens.words, Wording(buckets, counts.astype(np.int32))


def find_spans(laid: Laid) -> Spans:
    """What the buckets of lines laid end to end stand for; the same buckets in the same order."""
    tokens = _tokens(laid)
    buckets, at, kinds = _hashed(tokens)
    lines = tokens.words.lines[at]
    starts = tokens.starts[np.where(kinds == _PAIR, at - 1, at)]
    return Spans(
        buckets, lines, np.where(kinds == _LINE, laid.starts[lines], starts), tokens.ends[at]
    )


def _tokens(laid: Laid) -> _Tokens:
    points = _folded()[laid.points]
    inside = laid.has(ch.LETTER | ch.DIGIT)
    east_asian = (points >= _EAST_ASIAN[0]) & (points <= _EAST_ASIAN[1])
    begins = _begins(points, inside) | east_asian
    # A word begins after an ideograph too: "東京Tower" ends in a word, not in a long ideograph.
    begins[1:] |= inside[1:] & east_asian[:-1]
    starts = np.flatnonzero(begins)
    lengths = _token_lengths(inside, starts)
    ends = starts + lengths
    sums = _running_sums(points, starts, inside | begins)
    before = sums[starts]
    words = Words(
        sums[ends] - before,
        laid.line_of[starts],
        lengths.astype(np.int32),
        laid.at(starts, ch.LETTER),
        east_asian[starts],
    )
    begin = laid.starts[words.lines]
    read = (starts - begin < READ_CHARS) | (begin + laid.lengths[words.lines] - ends < READ_CHARS)
    beginnings = sums[np.minimum(starts + BEGINNING_CHARS, ends)] - before
    return _Tokens(words, starts, ends, read, beginnings, _endings(points, ends))


def _token_lengths(inside: Bools, starts: Positions) -> Positions:
    """How many characters each token has: those inside of words up to the next one, or a mark."""
    sums = np.zeros(len(inside) + 1, np.int32)
    np.cumsum(inside, out=sums[1:])
    return np.maximum(np.diff(sums[starts], append=sums[-1]), 1).astype(np.intp)


def _begins(points: Hashes, inside: Bools) -> Bools:
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    marks = ~inside & (points != _SPACE) & (points != _LINE_FEED)
    return np.asarray(begins | marks)


def _running_sums(points: Hashes, starts: Positions, counts: Bools) -> Hashes:
    """Sums of mixed characters and their places within their tokens, up to each character."""
    place = np.arange(len(points), dtype=np.uint32)
    begin = np.append(0, starts)
    place -= np.repeat(begin.astype(np.uint32), np.diff(begin, append=len(points)))
    place *= np.uint32(0x85EBCA77)
    place += points * np.uint32(0x9E3779B1)
    values = mixed(place)
    values *= counts
    sums = np.zeros(len(points) + 1, np.uint32)
    np.cumsum(values, out=sums[1:])
    return sums


def _endings(points: Hashes, ends: Positions) -> Hashes:
    """The hash of the last characters before each end."""
    found = np.zeros(len(ends), np.uint32)
    for k in range(1, ENDING_CHARS + 1):
        found += points[np.maximum(ends - k, 0)] * np.uint32(0x9E3779B1 * (2 * k + 1) & 0xFFFFFFFF)
    return found


def _hashed(tokens: _Tokens) -> tuple[Ints, Positions, Ints]:
    """The buckets of all lines in order, the token each is of, and its kind.

    Each line's words, pairs of them, beginnings, endings, its first, its last, and all of it.
    """
    words, read = tokens.words, tokens.read
    hashes, line = words.hashes, words.lines
    follows = np.zeros(len(line), np.bool_)
    follows[1:] = line[1:] == line[:-1]
    ends_line = np.ones(len(line), np.bool_)
    ends_line[:-1] = ~follows[1:]
    before = np.concatenate([hashes[:1], hashes[:-1]])
    long = (words.lengths >= LONG_WORD_CHARS) & read
    kinds = (
        (hashes, read, 0),
        (before * np.uint32(31) + hashes * np.uint32(0x9E3779B1), follows & read, _PAIR),
        (tokens.beginnings, long, _BEGINNING),
        (tokens.endings, long, _ENDING),
        (hashes, ~follows, _FIRST),
        (hashes, ends_line, _LAST),
        (_whole_lines(hashes, ends_line), ends_line, _LINE),
    )
    places = [np.flatnonzero(where) for _, where, _ in kinds]
    of_kind = np.repeat([salt for _, _, salt in kinds], [len(at) for at in places])
    values = np.concatenate([h[at] for (h, _, _), at in zip(kinds, places, strict=True)])
    values += of_kind.astype(np.uint32)
    at = np.concatenate(places)
    order = np.argsort(line[at], kind="stable")
    buckets = (mixed(values) & np.uint32(BUCKETS - 1)).astype(np.int32)
    return buckets[order], at[order], of_kind[order]


def _whole_lines(hashes: Hashes, ends_line: Bools) -> Hashes:
    """At the last token of each line a hash of all its tokens, in whatever order."""
    sums = np.cumsum(mixed(hashes), dtype=np.uint32)
    found = np.zeros(len(hashes), np.uint32)
    found[ends_line] = np.diff(sums[ends_line], prepend=np.uint32(0))
    return found
