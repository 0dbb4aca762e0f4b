"""What the tags of some pages tell, in columns: each distinct tag is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from cleaner.html.attributes import read_attributes
from cleaner.html.elements import BITS, CLOSES, KINDS
from cleaner.html.families import FAMILIES_OF_ELEMENT, families_of
from cleaner.html.naming import Hashes, NameWords, name_words
from cleaner.html.nesting import Places
from cleaner.model import Bools
from cleaner.words import mixed

CACHED_NAMES = 1 << 12
READ_WORDS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """The distinct tags of some pages; columns have one row for each of them."""

    of_tags: Places  # which of them each tag is; shape (tags,)
    sources: Sequence[str]  # as they stand in the written trees
    bits: Places  # see cleaner.html.elements; the only thing told of end tags
    kinds: npt.NDArray[np.int8]  # see Block
    families: npt.NDArray[np.uint64]  # sets of FAMILIES
    signatures: Places  # the same for elements of one name and classes, digits in them aside
    hidden: Bools
    words: Hashes  # not a column: the words of all, in order
    word_counts: Places

    @classmethod
    def of(cls, tags: Sequence[str]) -> Shapes:
        """The distinct ones of these tags, as they stand in written trees; at least one."""
        distinct = list(dict.fromkeys(tags))
        numbers = dict(zip(distinct, range(len(distinct)), strict=True))
        of_tags = np.fromiter(map(numbers.__getitem__, tags), np.int64, len(tags))
        told = np.array([_told(source.partition(" ")[0]) for source in distinct], np.uint64)
        given = read_attributes(distinct)
        words = name_words(given.values)
        own = told[:, 3].astype(np.uint32)
        owners = given.tags[words.names]
        counted, counts = _first_words(np.concatenate([np.arange(len(own)), owners]), len(own))
        return cls(
            of_tags,
            distinct,
            told[:, 0].astype(np.int64),
            told[:, 1].astype(np.int8),
            told[:, 2] | _families(words, owners, len(own)),
            _signatures(own, words.hashes, owners, given.are_classes[words.names]),
            given.hidden,
            np.concatenate([own, words.hashes])[counted],
            counts,
        )


@lru_cache(CACHED_NAMES)
def _told(name: str) -> tuple[int, int, int, int]:
    """The bits, the block kind, the families and the hash of a name; of end tags the bits only."""
    if name.startswith("/"):
        return CLOSES | BITS.get(name[1:], 0), 0, 0, 0
    families = FAMILIES_OF_ELEMENT.get(name, 0)
    return BITS.get(name, 0), KINDS.get(name, 0), families, crc32(name.encode())


def _first_words(owners: Places, count: int) -> tuple[Places, Places]:
    """The first words of each of so many tags, in order of tags, and how many each has."""
    order = np.argsort(owners, kind="stable")
    counts = np.bincount(owners, minlength=count)
    places = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[places < READ_WORDS], np.minimum(counts, READ_WORDS)


def _families(words: NameWords, owners: Places, count: int) -> npt.NDArray[np.uint64]:
    """The families that the words of each of so many tags belong to."""
    of_words = np.fromiter(map(families_of, words.distinct), np.uint64, len(words.distinct))
    found = np.zeros(count, np.uint64)
    np.bitwise_or.at(found, owners, of_words[words.of_distinct])
    return found


def _signatures(own: Hashes, words: Hashes, owners: Places, in_class: Bools) -> Places:
    """A number of each tag's name and the words of its classes; whole numbers below 2**32."""
    sums = own * np.uint32(31)
    np.add.at(sums, owners[in_class], mixed(words[in_class]))
    return mixed(sums).astype(np.int64)
