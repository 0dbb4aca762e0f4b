"""Which characters a line has, as 64 bits: a cheap second look after literals.

A pattern needs all characters of one of its ways to match. What lacks one of them in every way
cannot match: "am 3. Mai" has no year, and nothing with a colon matches a line without.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from functools import reduce
from operator import and_

import numpy as np
import numpy.typing as npt

from cleaner.rules.folding import FoldedLines, fold, marked
from cleaner.rules.nodes import Anchor, Character, Choice, Node, Sequence, Text

Bags = npt.NDArray[np.uint64]

# A pattern is told by so many ways to match it at most; more cost more than they keep away.
MOST_WAYS = 24
# So many are looked at before the alike are made one.
_MOST_PRODUCTS = 400
_PUNCTUATION_BIT, _PUNCTUATION_BITS = 28, 17
_WIDE_BIT, _WIDE_BITS = 45, 19


def _bit(byte: int) -> int:
    """The bit of a byte of folded text: of its own for a letter or digit, shared for the rest."""
    own = string.ascii_lowercase + "0 "
    if byte >= 0x80:  # by what marking leaves as it is
        return 1 << _WIDE_BIT + (byte & 0x3F) % _WIDE_BITS
    if chr(byte) in own:
        return 1 << own.index(chr(byte))
    return 0 if byte == ord("\n") else 1 << _PUNCTUATION_BIT + byte % _PUNCTUATION_BITS


def _bits() -> list[int]:
    """The bit of each byte; that of what is marked, at the head of a line, is the same."""
    bits = list(map(_bit, range(256)))
    for byte in map(ord, string.ascii_lowercase + "0"):
        bits[marked(bytes([byte]))[0]] = bits[byte]
    return bits


_BITS = _bits()
_BIT_OF = np.array(_BITS, dtype=np.uint64)


def bag(text: str) -> int:
    """The bits of all bytes of a text, folded.

    >>> bag("Mai") & bag("Maibaum") == bag("mai")
    True
    """
    found = 0
    for byte in set(fold(text).encode("utf-8", "surrogatepass")):
        found |= _BITS[byte]
    return found


def bags_of(lines: FoldedLines) -> Bags:
    """The bag of each line; shape (lines,)."""
    codes = np.frombuffer(lines.text, dtype=np.uint8)
    return np.bitwise_or.reduceat(_BIT_OF[codes], lines.starts)


def needed_bags(tree: Node) -> tuple[int, ...]:
    """Bags of which a line has one, with all its bits, if the pattern matches it; sorted."""
    return tuple(_few(_ways(tree)))


def _ways(node: Node) -> list[int]:
    if isinstance(node, Text):
        return [bag(node.text)]
    if isinstance(node, Character):
        return _least(map(bag, node.members)) or [0]
    if isinstance(node, Choice):
        return _few(way for branch in node.branches for way in _ways(branch))
    if isinstance(node, Sequence):
        ways = [0]
        for part in node.parts:
            ways = _product(ways, _ways(part))
        return _few(ways)
    if isinstance(node, Anchor) or not node.least:
        return [0]
    return _ways(node.part)


def _product(before: list[int], after: list[int]) -> list[int]:
    if len(before) * len(after) > _MOST_PRODUCTS:
        after = [reduce(and_, after)]
    return _least(one | other for one in before for other in after)


def _least(ways: Iterable[int]) -> list[int]:
    """The ways without those that have all bits of another; sorted."""
    kept: list[int] = []
    for way in sorted(set(ways), key=lambda way: (way.bit_count(), way)):
        if not any(way & other == other for other in kept):
            kept.append(way)
    return sorted(kept)


def _few(ways: Iterable[int]) -> list[int]:
    """MOST_WAYS at most: of the most alike, what they share stands for both."""
    few = _least(ways)
    while len(few) > MOST_WAYS:
        pairs = ((one, other) for place, one in enumerate(few) for other in few[:place])
        one, other = max(pairs, key=lambda pair: (_shared(*pair), pair))
        few = _least([one & other, *few])
    return few


def _shared(one: int, other: int) -> int:
    return (one & other).bit_count()
