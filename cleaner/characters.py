"""What a character is, as tables over all code points; built once, on first use."""

from __future__ import annotations

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


def code_points(text: str) -> npt.NDArray[np.intp]:
    """Indices of the characters of a text into the tables; shape (characters,)."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(points, TABLE_SIZE - 1).astype(np.intp)
