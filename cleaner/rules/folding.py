"""Lines and literals made comparable: a literal that a pattern matches is found, in either case.

Both are case-folded, which brings together more than any engine's (?i) does, one character at a
time, so that a part of a text folds to a part of the folded text. "Word characters" are chosen so
that what rules skip at the edges of a line, even by `(?i)[!-/…‐-⯿]*` (where the Kelvin sign brings
in k and the Ångström sign å), has none of them: ASCII letters and digits but k, letters of Latin
scripts but å, Cyrillic, and most Han. They are told by the first byte of their UTF-8.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt
import re2

Positions = npt.NDArray[np.intp]

# Lead bytes: U+00C0 to U+027F, U+0400 to U+047F, U+5000 to U+8FFF.
_WORD_BYTES = b"0123456789abcdefghijlmnopqrstuvwxyz" + bytes(
    [*range(0xC3, 0xCA), 0xD0, 0xD1, *range(0xE5, 0xE9)]
)
# All digits are 0 and all blanks are spaces: hardly ever does a rule want a certain one.
_BLANKS = b"\t\v\f\r\x1c\x1d\x1e\x1f"
_FOLDED_ASCII = bytes.maketrans(
    b"123456789" + _BLANKS + string.ascii_uppercase.encode(),
    b"000000000" + b" " * len(_BLANKS) + string.ascii_lowercase.encode(),
)
_WIDER_BLANKS = "".join(
    map(chr, (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)
# There are no digits, blanks or capitals beyond.
TABLE_END = 0x20000
# In the table, what becomes several characters.
_SEVERAL = 0xFFFF_FFFF
# The table is made so many characters at a time: in most blocks none changes.
_BLOCK = 256
# The blocks with characters that fold to word characters.
_FOLDABLE = (
    range(0x600),
    range(0x1C80, 0x2200),
    range(0x2C60, 0x2C80),
    range(0x5000, 0x9000),
    range(0xA640, 0xA800),
    range(0xFB00, 0xFB10),
)
# Patterns repeat their words, and reading one folds them again and again.
REMEMBERED_TEXTS = 65_536
_NEWLINE = ord("\n")


@dataclass(frozen=True, slots=True)
class FoldedLines:
    """Lines as one text: its bytes, and where lines and their word characters begin.

    The first word character of each line is marked; shapes are (lines,).
    """

    text: bytes
    starts: Positions
    words: Positions
    last_words: Positions


@lru_cache(REMEMBERED_TEXTS)
def fold(text: str) -> str:
    """A text in which equal is what may match the same.

    >>> fold("Straße 12, KÄSE")
    'strasse 00, käse'
    """
    return _folded(text).translate(_one_for_all())


def _folded(text: str) -> str:
    # × and ÷ share their first byte with letters, and å is no word character: see above.
    return text.casefold().replace("×", "✕").replace("÷", "✕").replace("å", "ʬ")


@cache
def _planes() -> str:
    """All characters that may change, each at the place that is its code."""
    codes = np.arange(TABLE_END, dtype="<u4")
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _digits() -> list[int]:
    # Engines follow different versions of Unicode. Digits are word characters, which [^\pL\pN] of
    # RE2 must not match, and so are those of RE2.
    text = _planes()[:0xD800] + _planes()[0xE000:]
    return [ord(each) for run in re2.findall(r"\p{Nd}+", text) for each in run]


@cache
def _one_for_all() -> dict[int, str]:
    """What stands for each digit and each blank."""
    blanks = _BLANKS.decode() + "\n" + _WIDER_BLANKS
    return dict.fromkeys(_digits(), "0") | {ord(each): " " for each in blanks}


@cache
def _table() -> npt.NDArray[np.uint32]:
    """What each character becomes, _SEVERAL if that is more than one; line feeds stay."""
    table = np.arange(TABLE_END, dtype=np.uint32)
    for begin in range(0, TABLE_END, _BLOCK):
        block = _planes()[begin : begin + _BLOCK]
        if _folded(block) != block:
            table[begin : begin + _BLOCK] = [_code(_folded(each)) for each in block]
    for code, one in _one_for_all().items():
        table[code] = ord(one)
    table[_NEWLINE] = _NEWLINE
    return table


def _code(folded: str) -> int:
    return ord(folded) if len(folded) == 1 else _SEVERAL


@cache
def is_word(character: str) -> bool:
    """Whether a folded character is a word character.

    >>> [is_word(each) for each in "aжk»"]
    [True, True, False, False]
    """
    return character.encode("utf-8", "surrogatepass")[0] in _WORD_BYTES


@cache
def foldable_to_words() -> str:
    """Every character that folds to one with a word character."""
    characters = {*map(chr, chain(_one_for_all(), *_FOLDABLE))}
    return "".join(sorted(each for each in characters if any(map(is_word, fold(each)))))


def _byte_table(values: dict[int, int]) -> npt.NDArray[np.uint8]:
    table = np.arange(256, dtype=np.uint8)
    table[list(values)] = list(values.values())
    return table


def _mark(byte: int) -> int:
    """What stands for a word character's first byte at the head of a line, and nowhere else.

    Folded text has no capitals of ASCII, hardly any control characters, and no character that
    begins with a continuation byte.
    """
    if byte >= 0x80:
        return byte & 0xBF
    return byte - 0x20 if byte >= ord("a") else byte - ord("0") + 0x0E


_MARKED = _byte_table({byte: _mark(byte) for byte in _WORD_BYTES})
_MARK_OF = {byte: bytes([_mark(byte)]) for byte in _WORD_BYTES}
_WORD_FLAGS = bytes(byte in _WORD_BYTES for byte in range(256))


def marked(text: bytes) -> bytes:
    """Folded text with its first word character marked, as it looks at the head of a line."""
    place = text.translate(_WORD_FLAGS).find(1)
    return text if place < 0 else text[:place] + _MARK_OF[text[place]] + text[place + 1 :]


def last_word(text: bytes) -> int:
    """Where the last word character of folded text begins; -1 if it has none."""
    return text.translate(_WORD_FLAGS).rfind(1)


def _folded_lines(text: str) -> bytes:
    """What `fold` gives, but line feeds stay, for a text of many lines."""
    if text.isascii():
        return text.encode().translate(_FOLDED_ASCII)
    # Of what becomes several characters, this alone is common.
    text = text.replace("ß", "ss")
    codes = _by_table(text)
    if (codes == _SEVERAL).any():
        codes = _by_table(text.casefold())
    return codes.tobytes().decode("utf-32-le", "surrogatepass").encode("utf-8", "surrogatepass")


def _by_table(text: str) -> npt.NDArray[np.uint32]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    if codes.max() < TABLE_END:
        return np.take(_table(), codes)
    return np.where(codes < TABLE_END, _table()[np.minimum(codes, TABLE_END - 1)], codes)


def fold_lines(lines: Sequence[str]) -> FoldedLines:
    """Some lines, at least one, folded and marked; each ends with a line feed."""
    joined = "\n".join(lines)
    if joined.count("\n") != len(lines) - 1:
        joined = "\n".join(line.replace("\n", " ") for line in lines)
    folded = bytearray(_folded_lines(f"{joined}\n"))
    codes = np.frombuffer(folded, dtype=np.uint8)
    ends = np.flatnonzero(codes == _NEWLINE)
    starts = np.append(0, ends[:-1] + 1)
    first, last, words = _words_between(folded.translate(_WORD_FLAGS), starts, ends)
    heads = first[words > 0]
    codes[heads] = _MARKED[codes[heads]]
    return FoldedLines(bytes(folded), starts, words, last)


def _words_between(
    flags: bytes | bytearray, starts: Positions, ends: Positions
) -> tuple[Positions, Positions, Positions]:
    """The first word character of each line, the last one, and how many it has: -1, -1 and 0.

    `flags` are those of all bytes; a line feed, which is none, stands behind every line.
    """
    is_word = np.frombuffer(flags, dtype=np.bool_)
    after = np.append(False, is_word[:-1])
    begins, stops = np.flatnonzero(is_word & ~after), np.flatnonzero(after & ~is_word)
    sums = np.append(0, np.cumsum(stops - begins))
    low, high = np.searchsorted(begins, starts), np.searchsorted(begins, ends)
    first, last = np.full(len(starts), -1), np.full(len(starts), -1)
    some = high > low
    first[some], last[some] = begins[low[some]], stops[high[some] - 1] - 1
    return first, last, sums[high] - sums[low]
