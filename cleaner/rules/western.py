r"""Patterns for lines that one byte a character can write: Latin-1 and what goes with it in print.

In UTF-8 `.` is a program of twelve steps to RE2, and what is repeated is written out as often: in
bytes of one character each it is two, and the automaton has states for characters only. That is a
tenth of the memory, and most lines of western languages are such.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import re2

from cleaner.rules.patterns import options

# For the control characters 80 to 9F, which no text has: marks without case, by how common they
# are. What stands for 80 is no character, and so in no line.
_MARKS = "•“’–„”…►—‘€→›‹←‚↓↑™▼▲−●★✓‐‑″′▶\u200b"
_NOTHING = "\ufffe"
ALPHABET = (
    "".join(map(chr, range(0x80))) + _NOTHING + _MARKS + "".join(map(chr, range(0xA0, 0x100)))
)
_ENCODING = codecs.charmap_build(ALPHABET)
# Of all patterns, in some thousand classes.
REMEMBERED_CLASSES = 8_192
# A class of nothing that a line can have.
_NEVER = r"[\x{80}-\x{80}]"
_PIECE_RE = re.compile(
    r"(?P<set>\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]"
    r"|\\[pP](?:\w|\{\^?\w+\})|\\x(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{2})|[^\0-\x7f])"
    r"|(?P<opened>\((?:\?(?:P?<\w+>|(?P<on>[a-zA-Z]*)(?:-(?P<off>[a-zA-Z]+))?(?P<whole>[:)])))?)"
    r"|(?P<closed>\))"
    r"|\\[^CQE\x80-\U0010ffff]|[^\\\[()\x80-\U0010ffff]+"
)


class UnknownPieceError(ValueError):
    """A pattern has something that cannot be written anew."""


def encoded(lines: Sequence[str]) -> list[bytes | None]:
    r"""Lines with a byte for each character; None for those that have others.

    >>> encoded(["„Straße“ – ok", "日本"])
    [b'\x85Stra\xdfe\x82 \x84 ok', None]
    """
    # All at once, without characters that have no byte: a line that has one is shorter then.
    together = codecs.charmap_encode("\n".join(lines), "ignore", _ENCODING)[0].split(b"\n")
    if len(together) != len(lines):  # as a line holds a line feed
        together = [codecs.charmap_encode(line, "ignore", _ENCODING)[0] for line in lines]
    return [
        found if len(found) == len(line) else None
        for found, line in zip(together, lines, strict=True)
    ]


def decoded(line: bytes) -> str:
    """The line that was encoded."""
    return codecs.charmap_decode(line, "strict", ALPHABET)[0]


def for_western(pattern: str) -> str:
    r"""A pattern for RE2, reading Latin-1, that says the same of encoded lines.

    Raises:
        UnknownPieceError: the pattern has something else than literals, classes and groups.

    >>> for_western(r"(?i)ß[\pZ–]+日")
    '(?i)[\\x{df}-\\x{df}][\\x{20}-\\x{20}\\x{84}-\\x{84}\\x{a0}-\\x{a0}]+[\\x{80}-\\x{80}]'
    """
    return "".join(_written(pattern))


def _written(pattern: str) -> Iterator[str]:
    ignores_case, end = [False], 0
    for piece in _PIECE_RE.finditer(pattern):
        if piece.start() != end:
            break
        end = piece.end()
        if piece["opened"]:
            # Flags without a group hold to the end of the one around them.
            outer = ignores_case.pop() if piece["whole"] == ")" else ignores_case[-1]
            ignores_case.append(_is_ignored(piece, outer))
        elif piece["closed"]:
            ignores_case.pop()
        yield _class(piece["set"], ignores_case[-1]) if piece["set"] else piece[0]
    if end != len(pattern):
        raise UnknownPieceError(pattern[end:])


def _is_ignored(opened: re.Match[str], outer: bool) -> bool:  # noqa: FBT001  # what is there
    return (outer or "i" in (opened["on"] or "")) and "i" not in (opened["off"] or "")


@lru_cache(REMEMBERED_CLASSES)
def _class(source: str, ignores_case: bool) -> str:  # noqa: FBT001  # cache keys
    """The bytes that stand for characters of a class, or for one by itself."""
    one = source if len(source) > 1 else f"[{source}]"
    found = set(re2.findall(f"(?i){one}" if ignores_case else one, ALPHABET, options()))
    members = [place for place, char in enumerate(ALPHABET) if char in found]
    return f"[{''.join(_ranges(members))}]" if members else _NEVER


def _ranges(members: list[int]) -> Iterator[str]:
    first = members[0]
    for last, following in pairwise([*members, -1]):
        if following != last + 1:
            yield f"\\x{{{first:x}}}-\\x{{{last:x}}}"
            first = following
