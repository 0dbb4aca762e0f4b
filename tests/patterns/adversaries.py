"""Lines that are worst for a pattern, of any length, made of the pattern's own pieces.

A matcher that backtracks takes long where a piece can be read in several ways again and again, and
what comes behind spoils all of them: so each piece is repeated behind what leads to it, and spoilt.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

if sys.version_info >= (3, 11):
    from re import _constants as codes
    from re import _parser as parser
else:
    import sre_constants as codes
    import sre_parse as parser

MANY = 1_000  # a count as large as this is as good as none
USUAL = (
    *(" ", "\n", "\t", "a", "A", "1", "-", ".", ",", "/", "<", '"', "=", "&", "ä", "字"),
    *("a.", "1 ", "< ", "<a", "a=", ", "),
)
SPOILERS = ("", "\x01", "qx")
_REPEATS = frozenset(
    (codes.MAX_REPEAT, codes.MIN_REPEAT, getattr(codes, "POSSESSIVE_REPEAT", None))
)
_NEGATE = (codes.NEGATE, None)
_SAMPLES = 'a 1-.<"\n'
_OF_CATEGORY = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: "-",
}


def adversaries(pattern: Any, length: int, choices: int) -> Iterator[Any]:
    """Lines of about this length that a pattern may take long for.

    Of what a part may match, so many choices are repeated.
    """
    for before, piece in _pumped(pattern, choices):
        for spoiler in SPOILERS:
            line = before + piece * (length // len(piece)) + spoiler
            yield line.encode() if isinstance(pattern.pattern, bytes) else line


def parsed(pattern: Any) -> Any:
    """The parts of a pattern; none where only `regex` can read it."""
    source, flags = pattern.pattern, pattern.flags
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    try:
        return parser.parse(text, flags & parser.SRE_FLAG_IGNORECASE)
    except parser.error:
        return []


def nested(tree: Any, *, within: bool = False) -> Iterator[Any]:
    """The parts that are repeated without bound within others that are."""
    for code, given in tree:
        endless = code in _REPEATS and given[1] >= MANY
        if endless and within:
            yield given[2]
        for part in _parts(code, given):
            yield from nested(part, within=within or endless)


def _pumped(pattern: Any, choices: int) -> list[tuple[str, str]]:
    """What leads to a piece, and the piece."""
    tree = parsed(pattern)
    pieces = [("", each) for each in islice(_texts(tree), choices) if each]
    pieces += _repeated("", tree, choices)
    spaced = [(before, each + gap) for before, each in pieces for gap in ("", " ")]
    return [*dict.fromkeys([*(("", each) for each in USUAL), *spaced])]


def _repeated(before: str, tree: Any, choices: int) -> Iterator[tuple[str, str]]:
    """What leads to each repeated part, and what that matches."""
    for code, given in tree:
        if code in _REPEATS and given[1] > 1:
            yield from ((before, each) for each in islice(_texts(given[2]), choices) if each)
        for part in _parts(code, given):
            yield from _repeated(before, part, choices)
        before += next(_texts_of(code, given), "")


def _parts(code: Any, given: Any) -> Sequence[Any]:
    if code in _REPEATS:
        return [given[2]]
    if code is codes.BRANCH:
        return list(given[1])
    if code in {codes.SUBPATTERN, codes.ASSERT, codes.ASSERT_NOT}:
        return [given[-1]]
    return []


def _texts(tree: Any) -> Iterator[str]:
    """Texts that a part matches: one, then one for each other choice that it leaves."""
    firsts = [next(_texts_of(*item), "") for item in tree]
    yield "".join(firsts)
    for place, item in enumerate(tree):
        for other in islice(_texts_of(*item), 1, None):
            yield "".join([*firsts[:place], other, *firsts[place + 1 :]])


def _texts_of(code: Any, given: Any) -> Iterator[str]:
    if code is codes.LITERAL:
        yield chr(given)
    elif code is codes.ANY:
        yield "a"
    elif code in {codes.IN, codes.NOT_LITERAL}:
        yield from _chars(given if code is codes.IN else [_NEGATE, (codes.LITERAL, given)])
    elif code in _REPEATS:
        yield from (text * max(given[0], 1) for text in _texts(given[2]))
    elif code is not codes.ASSERT_NOT:
        for part in _parts(code, given):
            yield from _texts(part)


def _chars(items: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """Characters of a class."""
    if items[0][0] is codes.NEGATE:
        yield from (each for each in _SAMPLES if not _holds(items[1:], each))
    else:
        for code, given in items:
            if code is codes.CATEGORY:
                yield _OF_CATEGORY[given]
            else:
                yield chr(given if code is codes.LITERAL else given[0])


def _holds(items: Sequence[tuple[Any, Any]], char: str) -> bool:
    ranges = [given if code is codes.RANGE else (given, given) for code, given in items]
    return any(
        _OF_CATEGORY.get(first) == char or (isinstance(first, int) and first <= ord(char) <= last)
        for first, last in ranges
    )
