"""The text of a page as browsers lay it out: white space collapsed, lines broken at blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.html.elements import BLOCK, CELL
from cleaner.html.nesting import Places
from cleaner.html.tokens import Tokens
from cleaner.model import Bools

Points = npt.NDArray[np.uint32]
# 32 bits, as there is one for every character.
Tags = npt.NDArray[np.int32]
# To split a longer text into words would take more memory than it saves.
LONGEST_SPLIT_BYTES = 8_000_000
# In a run of white space the greatest stands for all of it.
_SPACE, _NEXT_CELL, _NEXT_LINE = 1, 2, 3
_WRITTEN = np.array([0, *map(ord, " \t\n")], np.uint32)
_LINE_FEED, _CARRIAGE_RETURN = ord("\n"), ord("\r")
_RANKS = np.isin(np.arange(256), [*map(ord, " \t\n\v\f\r")]).astype(np.uint8)
# What str.strip takes away; nothing beyond the ideographic space.
_LAST_SPACE = 0x3000
_FILLED = np.array([*(not chr(i).isspace() for i in range(_LAST_SPACE + 1)), True])
# All entities that a written tree has; the last one last, for it brings forth the others.
_ENTITIES = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&nbsp;", "\xa0".encode()), (b"&amp;", b"&"))


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A text and its lines, which have no white space around them; blank lines do not count."""

    points: Points  # the characters of the text; shape (characters,)
    starts: Places  # shape (lines,)
    ends: Places
    numbers: Places  # the lines as the text has them, from 1
    filled: Places  # where characters other than white space stand; shape (filled,)
    tokens: Tags  # of each run of these the tag that it comes after; shape (runs,)
    rows: Places  # and the line that it is in
    lengths: Places
    first_tokens: Tags  # the tag whose text each line begins with

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def text(self) -> str:
        """The text; it neither begins nor ends with white space."""
        return self.points.tobytes().decode("utf-32-le")

    def chars(self, of_tokens: Bools) -> Places:
        """How many characters of each line, white space aside, come after one of these tags."""
        counted = self.lengths * of_tokens[self.tokens]
        return np.bincount(self.rows, counted, len(self)).astype(np.int64)

    def chars_of_tokens(self, tokens: int) -> Places:
        """How many come after each of so many tags."""
        return np.bincount(self.tokens, self.lengths, tokens).astype(np.int64)


def laid_out(tokens: Tokens, bits: Places, skip: Bools, pre: Bools) -> Layout:
    """The lines of the texts after tags.

    `bits` says what each tag is, `skip` and `pre` whether the text after it is left out, or keeps
    its white space; shape (tags,). A run of white space becomes one blank, one tabulator where a
    table cell begins or ends in it, one line feed where a block does.
    """
    has_pre = bool(pre.any())
    points = _characters(tokens, keep_space=has_pre)
    of_tags = np.flatnonzero(points == 0)
    lengths = np.diff(of_tags, append=len(points))
    after = np.repeat(np.arange(len(of_tags), dtype=np.int32), lengths)
    ranks = _RANKS.take(points, mode="clip")
    if has_pre:
        points = np.where(points == _CARRIAGE_RETURN, np.uint32(_LINE_FEED), points)
        ranks[pre[after]] = 0
    kept = np.repeat(~skip, lengths)
    ranks[of_tags] = np.where(bits & BLOCK, _NEXT_LINE, np.where(bits & CELL, _NEXT_CELL, 0))
    kept[of_tags] = ranks[of_tags] > 0
    return _lines(*_collapsed(points[kept], after[kept], ranks[kept]))


def _characters(tokens: Tokens, *, keep_space: bool) -> Points:
    """Code points of all texts, with a NUL before each; runs of white space cut short if may be."""
    joined = tokens.joined_texts()
    if not keep_space and len(joined) < LONGEST_SPLIT_BYTES:
        joined = b" ".join(joined.split())
    for entity, char in _ENTITIES:
        joined = joined.replace(entity, char)
    return np.frombuffer(joined.decode().encode("utf-32-le"), np.uint32)


def _collapsed(points: Points, tokens: Tags, ranks: npt.NDArray[np.uint8]) -> tuple[Points, Tags]:
    blank = ranks > 0
    begins = blank.copy()
    begins[1:] &= ~blank[:-1]
    runs = np.flatnonzero(begins)
    if not len(runs):
        return points, tokens
    points = points.copy()
    points[runs] = _WRITTEN[np.maximum.reduceat(ranks, runs)]
    kept = ~blank | begins
    return points[kept], tokens[kept]


def _lines(points: Points, tokens: Tags) -> Layout:
    filled = np.flatnonzero(_FILLED.take(points, mode="clip"))
    start, end = (filled[0], filled[-1] + 1) if len(filled) else (0, 0)
    points, tokens, filled = points[start:end], tokens[start:end], filled - start
    numbers = np.cumsum(points == _LINE_FEED, dtype=np.int32)[filled] + 1
    tokens = tokens[filled]
    begins = np.ones(len(numbers), np.bool_)
    begins[1:] = numbers[1:] > numbers[:-1]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(filled))[: len(first)] - 1
    # A run ends with a line, or where a tag stands.
    begins[1:] |= tokens[1:] > tokens[:-1]
    runs = np.flatnonzero(begins)
    return Layout(
        points,
        starts=filled[first],
        ends=filled[last] + 1,
        numbers=numbers[first].astype(np.int64),
        filled=filled,
        tokens=tokens[runs],
        rows=np.searchsorted(first, runs, side="right") - 1,
        lengths=np.diff(runs, append=len(filled)),
        first_tokens=tokens[first],
    )
