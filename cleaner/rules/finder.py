"""Finds the literals of rules in lines: all in one pass, by an Aho-Corasick automaton."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import chain

import ahocorasick_rs
import numpy as np

from cleaner.measure.places import Positions
from cleaner.rules.folding import FoldedLines, last_word, marked
from cleaner.rules.literals import Literal


class Uses:
    """Which rules use which literals, while they are collected: in as little memory as may be."""

    def __init__(self) -> None:
        self.numbers: dict[bytes, int] = {}
        self.rows = array("i")
        """Of each use the literal's number, the rule, and where the literal has its last word
        character if that must be the line's last; -1 if not."""

    def __len__(self) -> int:
        return len(self.numbers)

    def add(self, rule: int, literals: Iterable[Literal]) -> None:
        """The literals that a rule needs one of."""
        for literal in literals:
            for text in _spellings(literal):
                number = self.numbers.setdefault(text, len(self.numbers))
                tail = last_word(text) if literal.at_tail else -1
                self.rows.extend((number, rule, tail))


class Finder:
    """Finds the lines that have a literal where a rule needs it."""

    def __init__(self, uses: Uses) -> None:
        # Literals of one byte come first: they are the most common, and found without automaton.
        literals = sorted(uses.numbers, key=lambda text: len(text) > 1)
        self._bytes = {text[0]: place for place, text in enumerate(literals) if len(text) == 1}
        place_of = np.empty(len(literals), np.int32)
        place_of[[uses.numbers[text] for text in literals]] = np.arange(len(literals))
        rows = np.frombuffer(uses.rows, np.int32).reshape(-1, 3)
        used = place_of[rows[:, 0]]
        rows = rows[np.argsort(used, kind="stable")]
        self._first_use = np.append(0, np.cumsum(np.bincount(used, minlength=len(literals))))
        self._user, self._tail = rows[:, 1].copy(), rows[:, 2].copy()
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            literals[len(self._bytes) :],
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def __call__(self, folded: FoldedLines) -> tuple[Positions, Positions]:
        """The places of lines and of rules; a pair comes as often as literals of it are found."""
        literal, start = self._literals(folded.text)
        line = np.searchsorted(folded.starts, start, side="right") - 1
        begin = self._first_use[literal]
        many = self._first_use[literal + 1] - begin
        # The places of the uses of each literal found: begin, begin + 1, ...
        offsets = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        use = np.repeat(begin, many) + offsets
        line, start = np.repeat(line, many), np.repeat(start, many)
        tail = self._tail[use]
        there = (tail < 0) | (start + tail == folded.last_words[line])
        return line[there], self._user[use[there]].astype(np.intp)

    def _literals(self, text: bytes) -> tuple[Positions, Positions]:
        """Which literals stand in folded text, and where each of them begins."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        flat = np.fromiter(chain.from_iterable(found), np.intp, 3 * len(found)).reshape(-1, 3)
        codes = np.frombuffer(text, dtype=np.uint8)
        starts = [np.flatnonzero(codes == byte) for byte in self._bytes]
        single = np.repeat(list(self._bytes.values()), list(map(len, starts)))
        return (
            np.concatenate([flat[:, 0] + len(self._bytes), single.astype(np.intp)]),
            np.concatenate([flat[:, 1], *starts]),
        )


def _spellings(literal: Literal) -> list[bytes]:
    text = literal.text.encode("utf-8", "surrogatepass")
    at_head = marked(text)
    return [at_head] if literal.at_head or at_head == text else [text, at_head]
