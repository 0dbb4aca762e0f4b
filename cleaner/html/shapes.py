"""What the tags of some pages tell, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from cleaner.html.attributes import Attributes, read_attributes
from cleaner.html.elements import BITS, CLOSES, KINDS
from cleaner.html.families import FAMILIES_OF_ELEMENT, families_of
from cleaner.html.naming import Hashes, name_words
from cleaner.html.nesting import Places
from cleaner.html.tag_names import tag_names
from cleaner.html.tokens import Tokens, ranges
from cleaner.measure.words import mixed
from cleaner.model import Bools

CACHED_NAMES = 1 << 12
READ_WORDS = 16
# What they are called is said of the whole page.
_WHOLE_PAGE = ("html", "body")


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """What the tags of some pages tell; columns have one row a tag."""

    bits: Places  # see cleaner.html.elements; the only thing told of end tags
    kinds: npt.NDArray[np.int8]  # see Block
    families: npt.NDArray[np.uint64]  # sets of FAMILIES
    signatures: Places  # the same for elements of one name and classes, digits in them aside
    hidden: Bools
    words: Hashes  # not a column: the words of all, in order
    word_counts: Places

    @classmethod
    def of(cls, tokens: Tokens) -> Shapes:
        """What these tags tell; at least one."""
        names, numbers = tag_names(tokens)
        told = np.array([_told(name) for name in names], np.uint64)
        unnamed = np.array([name in _WHOLE_PAGE for name in names])
        given = read_attributes(tokens, unnamed[numbers])
        own = told[:, 3].astype(np.uint32)[numbers]
        words = _words(given)
        counted, counts = _first_words(own, words)
        return cls(
            told[:, 0].astype(np.int64)[numbers],
            told[:, 1].astype(np.int8)[numbers],
            told[:, 2][numbers] | _families(words, len(own)),
            _signatures(own, words),
            given.hidden,
            counted,
            counts,
        )

    @property
    def first_words(self) -> Places:
        """Where the words of each tag begin."""
        return np.asarray(np.cumsum(self.word_counts) - self.word_counts)


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The words of the attributes of tags, in order; columns have one row a word."""

    hashes: Hashes
    families: npt.NDArray[np.uint64]
    tags: Places
    in_class: Bools


def _words(given: Attributes) -> _Words:
    """The words of naming attributes; each distinct value is read once."""
    numbers = {value: i for i, value in enumerate(dict.fromkeys(given.values))}
    words = name_words(numbers)
    value = np.fromiter(map(numbers.__getitem__, given.values), np.int64, len(given.values))
    counts = np.bincount(words.names, minlength=len(numbers))
    each = counts[value]
    rows = ranges((np.cumsum(counts) - counts)[value], each)
    told = np.fromiter(map(families_of, words.distinct), np.uint64, len(words.distinct))
    return _Words(
        words.hashes[rows],
        told[words.of_distinct[rows]],
        np.repeat(given.tags, each),
        np.repeat(given.are_classes, each),
    )


@lru_cache(CACHED_NAMES)
def _told(name: str) -> tuple[int, int, int, int]:
    """The bits, the block kind, the families and the hash of a name; of end tags the bits only."""
    if name.startswith("/"):
        return CLOSES | BITS.get(name[1:], 0), 0, 0, 0
    families = FAMILIES_OF_ELEMENT.get(name, 0)
    return BITS.get(name, 0), KINDS.get(name, 0), families, crc32(name.encode())


def _first_words(own: Hashes, words: _Words) -> tuple[Hashes, Places]:
    """The name and the first words of each tag, in order of tags, and how many each has."""
    given = np.bincount(words.tags, minlength=len(own))
    place = np.arange(len(words.tags)) - (np.cumsum(given) - given)[words.tags] + 1
    counts = np.minimum(given + 1, READ_WORDS)
    starts = np.cumsum(counts) - counts
    found = np.empty(int(counts.sum()), np.uint32)
    found[starts] = own
    read = place < READ_WORDS
    found[starts[words.tags[read]] + place[read]] = words.hashes[read]
    return found, counts


def _families(words: _Words, count: int) -> npt.NDArray[np.uint64]:
    """The families that the words of each of so many tags belong to."""
    found = np.zeros(count, np.uint64)
    owners, first = np.unique(words.tags, return_index=True)
    if len(owners):
        found[owners] = np.bitwise_or.reduceat(words.families, first)
    return found


def _signatures(own: Hashes, words: _Words) -> Places:
    """A number of each tag's name and the words of its classes; whole numbers below 2**32."""
    sums = np.zeros(len(words.tags) + 1, np.uint32)
    np.cumsum(mixed(words.hashes) * words.in_class, dtype=np.uint32, out=sums[1:])
    ends = np.cumsum(np.bincount(words.tags, minlength=len(own)))
    of_classes = np.diff(sums[ends], prepend=np.uint32(0))
    return mixed(own * np.uint32(31) + of_classes).astype(np.int64)
