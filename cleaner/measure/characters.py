"""What a character is, as tables over all code points; built once, on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import regex

# Above it lie only ideographs, tags and private use: every such code point is read as one of them.
TABLE_SIZE = 0x20000

LETTER, UPPER, LOWER, DIGIT, MARK, SPACE = 1, 2, 4, 8, 16, 32
SENTENCE_END, CLOSING, BULLET, EMOJI, WIDE, COMMA = 64, 128, 256, 512, 1024, 2048
LOUD, COLON, ELLIPSIS, SPACELESS = 4096, 8192, 16384, 32768
DIVIDER, BRACKET, MONEY, QUOTE, LATIN, HANDLE = 1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20, 1 << 21
LEADING = 1 << 22

_CLASSES = {
    LETTER: r"[\p{L}\p{M}]",
    UPPER: r"[\p{Lu}\p{Lt}]",
    LOWER: r"\p{Ll}",
    DIGIT: r"\p{N}",
    MARK: r"[\p{P}\p{S}]",
    SPACE: r"\s",
    SENTENCE_END: r"[\p{Sentence_Terminal}…।۔]",
    CLOSING: r"""["'”’»“„«‹›\)\]」』】）〉》]""",
    BULLET: r"[-–—•●▪■◦‣⁃·∙*+»›▸►▶→➜➤✓✔|>○□☐]",
    EMOJI: r"[\p{Extended_Pictographic}--[\p{ASCII}©®™]]",
    WIDE: r"[\p{Han}\p{Hiragana}\p{Katakana}]",
    COMMA: r"[,،、，;；]",
    LOUD: r"[!?！？؟]",
    COLON: r"[:：]",
    ELLIPSIS: r"…",
    SPACELESS: r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]",
    DIVIDER: r"[|»›·•→/]",
    BRACKET: r"[()\[\]（）【】]",
    MONEY: r"\p{Sc}",
    QUOTE: r"""["'„“”«»‚‘’「」『』]""",
    LATIN: r"[\p{Latin}&&\p{L}]",
    HANDLE: r"[#@]",
    LEADING: r"[เแโใไເແໂໃໄ]",  # vowels that a syllable begins with, in Thai and Lao
}

SCRIPTS = (
    "",
    "Latin",
    "Cyrillic",
    "Greek",
    "Arabic",
    "Hebrew",
    "Han",
    "Hiragana",
    "Katakana",
    "Hangul",
    "Devanagari",
    "Bengali",
    "Tamil",
    "Telugu",
    "Thai",
    "Georgian",
    "Armenian",
    "Ethiopic",
    "Khmer",
    "Myanmar",
    "Sinhala",
    "Gujarati",
    "Gurmukhi",
    "Kannada",
    "Malayalam",
    "Lao",
    "Tibetan",
)
# Tables are made so many characters at a time, where in most stretches nothing is to be done.
_BLOCK = 256
# Ideographs and kana; each is a token of its own. Hangul has spaces between words.
EAST_ASIAN = (0x3040, 0x9FFF)
CHINESE_OR_JAPANESE = frozenset(map(SCRIPTS.index, ("Han", "Hiragana", "Katakana")))


@cache
def _all_characters() -> str:
    points = np.arange(TABLE_SIZE, dtype=np.uint32)
    points[0xD800:0xE000] = 0xFFFD  # surrogates are no characters
    return points.tobytes().decode("utf-32-le")


def _table(patterns: dict[int, str], dtype: type[np.generic]) -> npt.NDArray[np.generic]:
    table = np.zeros(TABLE_SIZE, dtype=dtype)
    for value, pattern in patterns.items():
        for match in regex.finditer(f"{pattern}+", _all_characters(), flags=regex.V1):
            table[match.start() : match.end()] |= value
    return table


@cache
def classes() -> npt.NDArray[np.uint32]:
    """The classes of every code point, as bits; shape (TABLE_SIZE,)."""
    table = _table(_CLASSES, np.uint32).astype(np.uint32)
    table[-1] = LETTER | WIDE  # stands for all beyond the table
    return table


@cache
def scripts() -> npt.NDArray[np.uint8]:
    """The script of every letter, as an index into SCRIPTS; shape (TABLE_SIZE,)."""
    patterns = {i: rf"[\p{{Script={name}}}&&\p{{L}}]" for i, name in enumerate(SCRIPTS) if name}
    table = _table(patterns, np.uint8).astype(np.uint8)
    table[-1] = SCRIPTS.index("Han")
    return table


@dataclass(frozen=True, slots=True)
class Kinds:
    """Characters by kind: those of one kind have the same classes, and are of the same script.

    Kinds are in an order that tells what they are of: the plain one, then other letters and digits,
    East Asian ones, marks from `marks` on, and white space from `spaces` on.
    """

    of: npt.NDArray[np.uint8]  # of every code point; shape (TABLE_SIZE,)
    flags: npt.NDArray[np.uint32]  # the classes of each kind; shape (kinds,)
    scripts: npt.NDArray[np.uint8]  # as an index into SCRIPTS
    odd: npt.NDArray[np.bool_]  # which fold in a way of their own: to what `folded` does not say
    east_asian: int
    marks: int
    spaces: int


PLAIN = LETTER | LOWER | LATIN
"""The classes of the plain kind, a lower-case Latin letter: what most characters are of."""


@cache
def kinds() -> Kinds:
    """The kinds of all characters, some 70."""
    flags, points = classes(), np.arange(TABLE_SIZE)
    inside, space, digit = ((flags & mask) != 0 for mask in (LETTER | DIGIT, SPACE, DIGIT))
    east_asian = (points >= EAST_ASIAN[0]) & (points <= EAST_ASIAN[1]) & inside & ~digit
    odd = _folds_oddly() & ~(digit | space)
    rank = np.select([(flags == PLAIN) & ~odd, east_asian, inside, space], [0, 2, 1, 4], 3)
    together = scripts().astype(np.int64)
    for bits, values in ((8, flags), (40, odd), (48, rank)):
        together |= values.astype(np.int64) << bits
    found, of = np.unique(together, return_inverse=True)
    bounds = np.searchsorted(found >> 48, [2, 3, 4]).tolist()
    return Kinds(
        of.astype(np.uint8),
        (found >> 8 & 0xFFFFFFFF).astype(np.uint32),
        (found & 0xFF).astype(np.uint8),
        (found >> 40 & 1).astype(np.bool_),
        *bounds,
    )


@cache
def folded() -> npt.NDArray[np.uint32]:
    """Every code point in lower case; digits as 0, white space as a blank, line feeds as they are.

    What becomes several characters stays as it is.
    """
    table, flags = np.arange(TABLE_SIZE, dtype=np.uint32), classes()
    for i in np.flatnonzero(flags & np.uint32(UPPER)):
        lower = chr(int(i)).lower()
        table[i] = ord(lower) if len(lower) == 1 else i
    table[(flags & np.uint32(DIGIT)) != 0] = ord("0")
    table[(flags & np.uint32(SPACE)) != 0] = ord(" ")
    table[ord("\n")] = ord("\n")
    return table


def _folds_oddly() -> npt.NDArray[np.bool_]:
    """Characters that case folding takes for others than `folded` does."""
    text = _all_characters()
    points = folded().copy()
    points[0xD800:0xE000] = 0xFFFD
    lower = points.tobytes().decode("utf-32-le")
    found = np.zeros(TABLE_SIZE, np.bool_)
    for begin in range(0, TABLE_SIZE, _BLOCK):
        block = slice(begin, begin + _BLOCK)
        if text[block].casefold() != lower[block]:
            pairs = zip(text[block], lower[block], strict=True)
            found[block] = [one.casefold() != other for one, other in pairs]
    return found


def code_points(text: str) -> npt.NDArray[np.intp]:
    """Indices of the characters of a text into the tables; shape (characters,)."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    found = points.astype(np.intp)
    return found if points.max(initial=0) < TABLE_SIZE else np.minimum(found, TABLE_SIZE - 1)
