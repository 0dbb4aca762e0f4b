r"""Patterns for lines of common characters: what their classes are of these.

To RE2 a class such as `\pL` is a program of 1,200 steps, and a pattern has several of them; of the
characters of nearly all lines it is 140. So patterns take a tenth of the memory, and as little time
to compile, but for the few that are tried on a line with other characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import re2

from cleaner.rules.patterns import tokens

# Latin, Greek, Cyrillic, Hebrew, Arabic; punctuation and symbols; Japanese, Chinese, Korean; icons
# in private use; emoji.
COMMON = (
    *((0, 0x24F), (0x300, 0x45F), (0x490, 0x491), (0x591, 0x5F4), (0x600, 0x6FF)),
    *((0x1E00, 0x1EFF), (0x2000, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)),
    *((0xE000, 0xF8FF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFF00, 0xFFEF), (0x1F000, 0x1FAFF)),
)
# Other characters that are in a class, and by (?i) make common ones match it.
_MATES = (
    *((0x250, 0x2AF), (0x1C80, 0x1C86), (0x1FBE, 0x1FBE), (0x1FD3, 0x1FD3)),
    *((0x1FE3, 0x1FE3), (0x2C65, 0x2C66), (0x2C7E, 0x2C7F)),
)
_OTHER_RE = re.compile(f"[^{''.join(f'{chr(first)}-{chr(last)}' for first, last in COMMON)}]")
# What is no character, and in no common line.
_NONE = r"\x{fffe}-\x{fffe}"
_CLASS_RE = re.compile(r"\\p(?:[A-Z]|\{\w+\})")


def is_common(line: str) -> bool:
    """Whether a line has common characters only.

    >>> is_common("Straße №5 🙂 日本"), is_common("ไทย")
    (True, False)
    """
    return not _OTHER_RE.search(line)


def for_common(pattern: str) -> str:
    r"""A pattern for RE2 that says the same of lines of common characters.

    >>> for_common(r"a[\pZ-]\p{Thai}")
    'a[\\x{20}-\\x{20}\\x{a0}-\\x{a0}\\x{2000}-\\x{200a}\\x{2028}-\\x{2029}\\x{202f}-\\x{202f}\\x{205f}-\\x{205f}\\x{3000}-\\x{3000}-][\\x{fffe}-\\x{fffe}]'
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
