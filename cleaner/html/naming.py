"""The words that names of elements are made of, as hashes, by array operations.

`postComments-12` and `post_comments` have the same two words. A word's hash is a sum over its
characters and their places, as in cleaner.measure.words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.html.nesting import Places
from cleaner.measure.words import mixed

Hashes = npt.NDArray[np.uint32]
FEWEST_LETTERS = 2
_ASCII = 128
_LOWER = np.array([ord(chr(i).lower()) for i in range(_ASCII)], np.uint32)
# What is beyond ASCII is a letter without case.
_IS_LETTER = np.array([chr(i).isalpha() for i in range(_ASCII)] + [True])
_IS_UPPER = np.array([chr(i).isupper() for i in range(_ASCII)] + [False])


@dataclass(frozen=True, slots=True, eq=False)
class NameWords:
    """The words of some names, in order; columns have one row a word."""

    hashes: Hashes
    names: Places  # which of the names each is in
    distinct: Sequence[str]  # not a column: every word once, in lower case
    of_distinct: Places  # which of those it is


def name_words(names: Iterable[bytes]) -> NameWords:
    """The words of names in UTF-8: runs of letters, of which a capital begins a new one.

    >>> sorted(name_words([b"postComments-12 wide", b"x"]).distinct)
    ['comments', 'post', 'wide']
    """
    # A name that is cut off may end in the middle of a character.
    text = b"\0".join([*names, b""]).decode(errors="ignore")
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    starts, ends = _bounds(
        _IS_LETTER.take(points, mode="clip"), _IS_UPPER.take(points, mode="clip")
    )
    lower = np.where(points < _ASCII, _LOWER.take(points, mode="clip"), points)
    hashes = _hashes(lower, starts, ends)
    name = np.searchsorted(np.flatnonzero(points == 0), starts)
    distinct = np.unique(hashes)
    of_distinct = np.searchsorted(distinct, hashes)
    first = np.empty(len(distinct), np.int64)
    first[of_distinct[::-1]] = np.arange(len(hashes))[::-1]
    folded = lower.tobytes().decode("utf-32-le")
    bounds = zip(starts[first].tolist(), ends[first].tolist(), strict=True)
    return NameWords(hashes, name, [folded[start:end] for start, end in bounds], of_distinct)


def _bounds(letters: npt.NDArray[np.bool_], uppers: npt.NDArray[np.bool_]) -> tuple[Places, Places]:
    """Where the words start and end that are long enough."""
    begins = letters.copy()
    begins[1:] &= ~letters[:-1]
    # "postComments" has two words, and so has "HTMLPage".
    humps = np.flatnonzero(uppers[1:-1]) + 1
    humps = humps[~uppers[humps - 1] | (letters[humps + 1] & ~uppers[humps + 1])]
    begins[humps] = True
    starts = np.flatnonzero(begins)
    outside = np.flatnonzero(~letters | begins)
    ends = outside[np.searchsorted(outside, starts) + 1]
    long_enough = ends - starts >= FEWEST_LETTERS
    return starts[long_enough], ends[long_enough]


def _hashes(points: npt.NDArray[np.uint32], starts: Places, ends: Places) -> Hashes:
    place = np.zeros(len(points), np.uint32)
    place[starts] = starts
    place = np.arange(len(points), dtype=np.uint32) - np.maximum.accumulate(place)
    values = mixed(points * np.uint32(0x9E3779B1) + place * np.uint32(0x85EBCA77))
    sums = np.zeros(len(points) + 1, np.uint32)
    np.cumsum(values, dtype=np.uint32, out=sums[1:])
    return np.asarray(sums[ends] - sums[starts])
