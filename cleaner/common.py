r"""Patterns for lines of common characters: what their classes are of these.

To RE2 a class such as `\pL` is a program of 1,200 steps, and a pattern has several of them; of the
characters of nearly all lines it is 200. So patterns take a tenth of the memory, and as little time
to compile, but for the few that are tried on a line with other characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import re2

from cleaner.patterns import tokens

# Latin but for its rarer letters, Greek, most of Cyrillic and of Arabic, Hebrew, punctuation and
# symbols, Japanese and Chinese, emoji: all that UTF-8 writes with some first bytes.
COMMON = ((0, 0x47F), (0x5C0, 0x6FF), (0x2000, 0x9FFF), (0xF000, 0xFFFF), (0x1F000, 0x1FFFF))
_FIRST_BYTES = bytes([*range(0xC2, 0xD2), *range(0xD7, 0xDC), *range(0xE2, 0xEA), 0xEF, 0xF0])
_COMMON_BYTES = bytes(range(0xC0)) + _FIRST_BYTES
# F0 begins the characters of many planes, F0 9F the emoji.
_OF_PLANES, _OF_EMOJI = b"\xf0", b"\xf0\x9f"
# Other characters that are in a class, and by (?i) make common ones match it.
_MATES = (
    *((0x10A0, 0x10C7), (0x10CD, 0x10CD), (0x1C80, 0x1C87), (0x1D7D, 0x1D7D), (0x1E9E, 0x1E9E)),
    *((0x1FBE, 0x1FBE), (0x1FD3, 0x1FD3), (0x1FE3, 0x1FE3), (0xA78D, 0xA78D), (0xA7AA, 0xA7C5)),
)
# Of private use, and not common.
_NONE = r"\x{e000}-\x{e000}"
_CLASS_RE = re.compile(r"\\p(?:[A-Z]|\{\w+\})")


def is_common(line: bytes) -> bool:
    """Whether a line, in UTF-8, has common characters only.

    >>> is_common("Straße №5 🙂 日本".encode()), is_common("ไทย".encode())
    (True, False)
    """
    return line.isascii() or (
        not line.translate(None, _COMMON_BYTES) and line.count(_OF_PLANES) == line.count(_OF_EMOJI)
    )


def for_common(pattern: str) -> str:
    r"""A pattern for RE2 that says the same of lines of common characters.

    >>> for_common(r"a[\pZ-]\p{Thai}")
    'a[\\x{20}-\\x{20}\\x{a0}-\\x{a0}\\x{2000}-\\x{200a}\\x{2028}-\\x{2029}\\x{202f}-\\x{202f}\\x{205f}-\\x{205f}\\x{3000}-\\x{3000}-][\\x{e000}-\\x{e000}]'
    """
    return "".join(_written(piece, inside=inside) for piece, inside in tokens(pattern))


def _written(piece: str, *, inside: bool) -> str:
    if not _CLASS_RE.fullmatch(piece):
        return piece
    return _members(piece) if inside else f"[{_members(piece)}]"


@cache
def _members(of_class: str) -> str:
    """The common characters of a class, and their mates, as ranges."""
    return "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in _runs(of_class)) or _NONE


def _runs(of_class: str) -> Iterator[tuple[int, int]]:
    for first, last in sorted((*COMMON, *_MATES)):
        text = "".join(map(chr, range(first, last + 1)))
        yield from ((ord(run[0]), ord(run[-1])) for run in re2.findall(f"{of_class}+", text))
