"""Which words lines share with the running text of their page, and with its first lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.measure.laid import Positions
from cleaner.measure.words import Hashes, Words
from cleaner.model import Bools, Floats, Ints

# Shorter words say little about what a line speaks of, longer ones much.
WORD_CHARS, TELLING_CHARS = 3, 6
# A headline's copies stand among a page's first lines, and have about as many words as this.
TOP_LINES = 6
COPY_WORDS = (2, 25)
_PAIR = 31
# The bit of a hash that says the word is a telling one.
_TELLING = 1


@dataclass(frozen=True, slots=True)
class Shared:
    """What lines share; one row a line."""

    prose: Floats  # share of its words that stand in other running text of the page
    page: Floats  # share that stand in any other line
    telling: Floats  # share of its long words that stand in other running text
    telling_words: Ints  # how many of them
    top: Floats  # the greatest overlap (Jaccard) with one of the page's first lines


def shared(words: Words, pages: Positions, places: Positions, prose: Bools) -> Shared:
    """What the lines of several pages share.

    `pages` says which page each line is of, `places` its place on it, `prose` which lines are
    running text; shape (lines,).
    """
    lines = len(pages)
    hashes, line = _entries(words)
    # One row for every word of a line, in order of words; lines of a page follow each other.
    rows = np.sort(hashes.astype(np.uint64) << np.uint64(32) | line.astype(np.uint64))
    rows = rows[_differs(rows)]
    hashes, line = (
        (rows >> np.uint64(32)).astype(np.uint32),
        rows.astype(np.uint32).astype(np.int64),
    )
    new_word = _differs(hashes) | _differs(pages[line])
    telling = (hashes & np.uint32(_TELLING)) != 0
    word = np.cumsum(new_word) - 1
    words_of = np.bincount(line, minlength=lines)
    everywhere = np.bincount(word)[word] > 1 if len(word) else np.zeros(0, np.bool_)
    in_prose = np.bincount(word, prose[line])[word] > prose[line] if len(word) else everywhere
    long_of = np.bincount(line[telling], minlength=lines)
    long_shared = np.bincount(line[telling & in_prose], minlength=lines)
    return Shared(
        _share(np.bincount(line[in_prose], minlength=lines), words_of),
        _share(np.bincount(line[everywhere], minlength=lines), words_of),
        _share(long_shared, long_of),
        long_shared.astype(np.int32),
        _copies(line, word, words_of, places),
    )


def _entries(words: Words) -> tuple[Hashes, Positions]:
    """Hash and line of every word; of ideographs, two make a word. Telling words are marked."""
    word = words.is_word & ~words.is_east_asian & (words.lengths >= WORD_CHARS)
    pair = words.is_east_asian.copy()
    pair[:-1] &= words.is_east_asian[1:] & (words.lines[1:] == words.lines[:-1])
    pair[-1:] = False
    after = np.append(words.hashes[1:], np.uint32(0))
    hashes = np.where(pair, words.hashes * np.uint32(_PAIR) + after, words.hashes)
    taken = word | pair
    telling = (pair | (words.lengths >= TELLING_CHARS)).astype(np.uint32)
    marked = hashes.astype(np.uint32) & np.uint32(~_TELLING & 0xFFFFFFFF) | telling
    return marked[taken], words.lines[taken]


def _differs(values: npt.NDArray[np.generic]) -> Bools:
    found = np.ones(len(values), np.bool_)
    found[1:] = values[1:] != values[:-1]
    return found


def _share(part: npt.NDArray[np.intp], whole: npt.NDArray[np.intp]) -> Floats:
    return (part / np.maximum(whole, 1)).astype(np.float32)


def _copies(
    line: Positions, word: Positions, words_of: npt.NDArray[np.intp], places: Positions
) -> Floats:
    """The greatest overlap of each line's words with those of one of its page's first lines."""
    lines = len(places)
    best = np.zeros(lines, np.float32)
    if not len(line):
        return best
    first_of_page, top_of = np.arange(lines) - places, places[line]
    # Only what the first lines have counts: a small part of all words.
    has = np.zeros(int(word[-1]) + 1, np.bool_)
    has[word[top_of < TOP_LINES]] = True
    some = np.flatnonzero(has[word])
    line, word, top_of = line[some], word[some], top_of[some]
    for k in range(TOP_LINES):
        top = first_of_page + k
        exists = (top < lines) & (first_of_page[np.minimum(top, lines - 1)] == first_of_page)
        has[:] = False
        has[word[top_of == k]] = True
        both = np.bincount(line[has[word]], minlength=lines)
        either = words_of + words_of[np.minimum(top, lines - 1)] - both
        overlap = np.where(exists & (places != k), both / np.maximum(either, 1), 0)
        best = np.maximum(best, overlap.astype(np.float32))
    few, many = COPY_WORDS
    return np.where((words_of >= few) & (words_of <= many), best, 0).astype(np.float32)
