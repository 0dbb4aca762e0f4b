"""The words of lines as hashes, and the buckets of wording each line falls into.

Words are never made into strings: a word's hash is a sum over its characters and their places,
taken from running sums, so that a batch costs a few array operations. Hashed wording without a
dictionary is the trick of Weinberger et al., Feature hashing for large scale multitask learning,
ICML 2009.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.measure import characters as ch
from cleaner.measure.laid import Laid, Positions, has_flag
from cleaner.model import Bools, Ints

Hashes = npt.NDArray[np.uint32]
Number = TypeVar("Number", bound=np.integer)

BUCKETS = 1 << 18
# Wording is read from this much of a line's beginning and end.
READ_CHARS = 80
# Words have a beginning and an ending of their own from this length on.
LONG_WORD_CHARS = 6
BEGINNING_CHARS, ENDING_CHARS = 4, 3
# What distinguishes the hashes of one word in several roles: any odd numbers.
_PAIR, _BEGINNING, _ENDING, _FIRST, _LAST, _LINE = 7, 11, 99, 1001, 2003, 77


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
    """Words, where they stand, and the characters their hashes are made of."""

    words: Words
    starts: Positions
    ends: Positions
    read: Bools
    points: Hashes  # folded
    values: Hashes  # mixed with their places

    def beginnings(self, at: Positions) -> Hashes:
        """The hashes of the first characters of some tokens, which have as many."""
        starts = self.starts[at]
        found = self.values[starts]
        for k in range(1, BEGINNING_CHARS):
            found += self.values[starts + k]
        return found

    def endings(self, at: Positions) -> Hashes:
        """The hashes of the last characters of some tokens, which have as many."""
        ends = self.ends[at]
        found = np.zeros(len(ends), np.uint32)
        for k in range(1, ENDING_CHARS + 1):
            factor = np.uint32(0x9E3779B1 * (2 * k + 1) & 0xFFFFFFFF)
            found += self.points[ends - k] * factor
        return found


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
    found = _hashed(tokens, len(laid))
    return tokens.words, Wording(found.in_order(found.buckets), found.counts.astype(np.int32))


def find_spans(laid: Laid) -> Spans:
    """What the buckets of lines laid end to end stand for; the same buckets in the same order."""
    tokens = _tokens(laid)
    found = _hashed(tokens, len(laid))
    at, kinds = found.in_order(found.at), found.in_order(found.kinds)
    lines = tokens.words.lines[at]
    starts = tokens.starts[np.where(kinds == _PAIR, at - 1, at)]
    begins = np.where(kinds == _LINE, laid.starts[lines], starts)
    return Spans(found.in_order(found.buckets), lines, begins, tokens.ends[at])


def _tokens(laid: Laid) -> _Tokens:
    points = ch.folded()[laid.points]
    starts, ends, lines = laid.token_starts, laid.token_ends, laid.token_lines
    values = _mixed_with_places(points, starts)
    values *= laid.in_tokens
    first = points[starts]
    words = Words(
        np.add.reduceat(values, starts, dtype=np.uint32) if len(starts) else values,
        lines,
        (ends - starts).astype(np.int32),
        has_flag(laid.token_kinds, ch.LETTER),
        (first >= ch.EAST_ASIAN[0]) & (first <= ch.EAST_ASIAN[1]),
    )
    begin = laid.starts[lines]
    read = (starts - begin < READ_CHARS) | (begin + laid.lengths[lines] - ends < READ_CHARS)
    return _Tokens(words, starts, ends, read, points, values)


def _mixed_with_places(points: Hashes, starts: Positions) -> Hashes:
    """Characters mixed with their places within their tokens."""
    place = np.arange(len(points), dtype=np.uint32)
    begin = np.append(0, starts)
    place -= np.repeat(begin.astype(np.uint32), np.diff(begin, append=len(points)))
    place *= np.uint32(0x85EBCA77)
    place += points * np.uint32(0x9E3779B1)
    return mixed(place)


@dataclass(frozen=True, slots=True)
class _Hashed:
    """Buckets by kind, each with the token it is of; and where each stands in order of lines."""

    buckets: Ints
    at: Positions
    kinds: Positions
    places: Positions
    counts: Positions  # how many each line has; shape (lines,)

    def in_order(self, rows: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """Rows in order of lines, those of a line in order of kinds."""
        found = np.empty_like(rows)
        found[self.places] = rows
        return found


def _hashed(tokens: _Tokens, lines: int) -> _Hashed:
    """The buckets of so many lines.

    Each line's words, pairs of them, beginnings, endings, its first, its last, and all of it.
    """
    words, read = tokens.words, tokens.read
    hashes, line = words.hashes, words.lines
    follows = np.zeros(len(line), np.bool_)
    follows[1:] = line[1:] == line[:-1]
    first = np.flatnonzero(~follows)
    last = np.append(first[1:], len(line))[: len(first)] - 1
    own, pairs = np.flatnonzero(read), np.flatnonzero(follows & read)
    long = np.flatnonzero((words.lengths >= LONG_WORD_CHARS) & read)
    kinds = (
        (hashes[own], own, 0),
        (hashes[pairs - 1] * np.uint32(31) + hashes[pairs] * np.uint32(0x9E3779B1), pairs, _PAIR),
        (tokens.beginnings(long), long, _BEGINNING),
        (tokens.endings(long), long, _ENDING),
        (hashes[first], first, _FIRST),
        (hashes[last], last, _LAST),
        (_whole_lines(hashes, first), last, _LINE),
    )
    of_kind = np.repeat([salt for _, _, salt in kinds], [len(at) for _, at, _ in kinds])
    values = np.concatenate([some for some, _, _ in kinds])
    values += of_kind.astype(np.uint32)
    buckets = (mixed(values) & np.uint32(BUCKETS - 1)).astype(np.int32)
    found = [at for _, at, _ in kinds]
    places, counts = _in_order([line[at] for at in found], lines)
    return _Hashed(buckets, np.concatenate(found), of_kind, places, counts)


def _in_order(kinds: Sequence[Positions], lines: int) -> tuple[Positions, Positions]:
    """Where rows of some kinds stand in order of lines, and how many rows each line has.

    Of each row its line is given. Those of a kind are in order: what stands before a row is all of
    the lines above, what its line has of earlier kinds, and those of its kind that come before it.
    """
    counts = [np.bincount(of_kind, minlength=lines) for of_kind in kinds]
    many = np.sum(counts, axis=0)
    begin, places = np.cumsum(many) - many, []
    for of_kind, count in zip(kinds, counts, strict=True):
        before = begin - np.cumsum(count) + count
        places.append(before[of_kind] + np.arange(len(of_kind)))
        begin = begin + count
    return np.concatenate(places), many


def _whole_lines(hashes: Hashes, first: Positions) -> Hashes:
    """Of each line a hash of all its tokens, in whatever order; the first of each is given."""
    return np.add.reduceat(mixed(hashes), first, dtype=np.uint32) if len(first) else hashes
