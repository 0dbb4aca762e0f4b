"""Lines laid end to end as one array of code points, and what can be counted of them at once.

A table says what each code point is; sums between line starts say how many of them a line has. No
Python loop runs over characters, and only the cheapest over lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from cleaner.measure import characters as ch
from cleaner.model import Bools, Ints

# A longer line is measured by its first and last half of this; so one 200 MB line costs no more.
# Below 2**16, for counts are packed into 16 bits.
LONGEST_MEASURED_CHARS = 8_000

Positions = npt.NDArray[np.int64]
Kinds = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint64]
_FIELD_BITS = 16
_FIELDS = 4


class Laid:
    """Lines laid end to end, each followed by a line feed.

    `text` is all of them, `points` every character of it as an index into the tables of
    `cleaner.measure.characters`, `kinds` its kind; `starts` and `lengths` bound the lines, shape
    (lines,). The line feed counts with the line before it, and is white space.

    Most characters are plain letters. What is asked of the others is asked of them alone, and so
    costs a quarter: they are the `specials`.
    """

    def __init__(self, contents: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, contents), np.int64, len(contents))
        self.truncated: Bools = lengths > LONGEST_MEASURED_CHARS
        if self.truncated.any():
            contents = [_shortened(c) for c in contents]
            lengths = np.fromiter(map(len, contents), np.int64, len(contents))
        self.lengths = lengths
        ends = np.cumsum(lengths + 1)
        self.starts: Positions = ends - lengths - 1
        self.text = "\n".join(contents) + "\n" if contents else ""
        self.points = ch.code_points(self.text)
        self.kinds = ch.kinds().of[self.points]

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.starts)

    @cached_property
    def specials(self) -> Positions:
        """Where characters stand that are no plain letters; line feeds are among them."""
        return np.flatnonzero(self.kinds != 0)

    @cached_property
    def special_kinds(self) -> Positions:
        """The kinds of the specials, as they are looked up again and again."""
        return self.kinds[self.specials].astype(np.intp)

    @cached_property
    def special_lines(self) -> Positions:
        """The line each special belongs to."""
        return np.repeat(np.arange(len(self)), self._special_counts)

    @cached_property
    def _special_counts(self) -> Positions:
        """How many specials each line has, its line feed among them."""
        ends = np.searchsorted(self.specials, self.starts + self.lengths) + 1
        return np.diff(ends, prepend=0)

    @property
    def odd(self) -> Bools:
        """Which of the specials fold in a way of their own."""
        return ch.kinds().odd[self.special_kinds]

    @cached_property
    def inside(self) -> Bools:
        """Which characters are inside of words: letters and digits."""
        return np.asarray(self.kinds < ch.kinds().marks)

    @cached_property
    def _begins(self) -> Bools:
        known, kinds, inside = ch.kinds(), self.kinds, self.inside
        apart = (kinds >= known.east_asian) & (kinds < known.spaces)  # each is a token of its own
        begins = inside | apart
        # A word begins after an ideograph too: "東京Tower" ends in a word, not in a long ideograph.
        begins[1:] &= ~inside[:-1] | apart[1:] | apart[:-1]
        # Without blanks between words, a part of one is the best there is to compare.
        begins[self.specials[self.special(ch.LEADING)]] = True
        return begins

    @cached_property
    def in_tokens(self) -> Bools:
        """Which characters belong to tokens: words, single ideographs, single marks."""
        return self.inside | self._begins

    @cached_property
    def token_starts(self) -> Positions:
        """Where tokens begin."""
        return np.flatnonzero(self._begins)

    @cached_property
    def token_ends(self) -> Positions:
        """Where tokens end: behind their last characters."""
        last = self.in_tokens.copy()
        last[:-1] &= ~self.inside[1:] | self._begins[1:]
        return np.flatnonzero(last) + 1

    @cached_property
    def token_kinds(self) -> Kinds:
        """The kind of each token's first character."""
        return self.kinds[self.token_starts]

    @cached_property
    def token_lines(self) -> Positions:
        """The line of each token."""
        bounds = np.searchsorted(self.token_starts, self.starts)
        counts = np.diff(bounds, append=len(self.token_starts))
        return np.repeat(np.arange(len(self)), counts)

    def counts(self, *flags: int) -> list[Ints]:
        """How many characters of each line have each of these classes; four cost as much as one."""
        found: list[Ints] = []
        many = self._special_counts
        plain = (self.lengths + 1 - many).astype(np.int32)
        for i in range(0, len(flags), _FIELDS):
            some = flags[i : i + _FIELDS]
            packed = _packed_table(some)[self.special_kinds]
            sums = np.add.reduceat(packed, np.cumsum(many) - many) if len(self) else packed
            found += _unpacked(sums, len(some))
        return [
            count + plain if flag & ch.PLAIN else count
            for flag, count in zip(flags, found, strict=True)
        ]

    def sums(self, specials: Bools) -> Ints:
        """How many of the specials of each line a mask marks; cheap where they are few."""
        lines = self.special_lines[specials]
        return np.bincount(lines, minlength=len(self)).astype(np.int32)

    def any_at(self, positions: Positions) -> Bools:
        """Which lines hold one of these positions."""
        found = np.zeros(len(self), np.bool_)
        found[np.searchsorted(self.starts, positions, side="right") - 1] = True
        return found

    def at(self, positions: Positions, flag: int) -> Bools:
        """Whether the characters at these positions have one of these classes."""
        if not len(self.kinds):
            return np.zeros(len(positions), np.bool_)
        return has_flag(self.kinds[positions], flag)

    def special(self, flag: int) -> Bools:
        """Which of the specials have one of these classes."""
        return has_flag(self.special_kinds, flag)

    @cached_property
    def first(self) -> Positions:
        """Where the first character stands that is no mark, at most four further on."""
        return self._skipping(self.starts, ch.MARK | ch.SPACE, 1)

    @cached_property
    def last(self) -> Positions:
        """Where the last character stands, closing marks aside, at most four before the end."""
        return self._skipping(self.starts + self.lengths - 1, ch.CLOSING | ch.SPACE, -1)

    def _skipping(self, positions: Positions, flag: int, step: int) -> Positions:
        at, ends = positions.copy(), self.starts + self.lengths
        for _ in range(4):
            moved = at + step
            skip = (moved >= self.starts) & (moved < ends) & self.at(at, flag)
            if not skip.any():
                break
            at[skip] = moved[skip]
        return at


def _shortened(content: str) -> str:
    half = LONGEST_MEASURED_CHARS // 2
    return content if len(content) <= 2 * half else content[:half] + content[-half:]


def has_flag(kinds: Kinds | Positions, flag: int) -> Bools:
    """Which of some kinds have one of these classes."""
    return _having(flag)[kinds]


@cache
def _having(flag: int) -> Bools:
    return np.asarray((ch.kinds().flags & np.uint32(flag)) != 0)


def _unpacked(packed: Packed, fields: int) -> list[Ints]:
    mask = np.uint64((1 << _FIELD_BITS) - 1)
    return [((packed >> np.uint64(i * _FIELD_BITS)) & mask).astype(np.int32) for i in range(fields)]


@cache
def _packed_table(flags: tuple[int, ...]) -> Packed:
    """For every kind a one in the field of each class it has; none for the plain one."""
    found = np.zeros(len(ch.kinds().flags), np.uint64)
    for i, flag in enumerate(flags):
        found |= _having(flag).astype(np.uint64) << np.uint64(i * _FIELD_BITS)
    found[0] = 0
    return found
