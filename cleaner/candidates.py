"""Which rules are worth a try on which lines: by literals, bags, lengths; no pattern is tried.

One Aho-Corasick automaton finds the literals of all rules in one pass over all lines. A line is
worth a try by a rule only where it has one of the literals that the rule needs, at the line's head
or tail if it must be there, and is of a length and of characters that the rule can match. Few rules
look at long lines, which are nearly half of all text: these have an automaton of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Protocol

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from cleaner.bags import Bags, bags_of
from cleaner.folding import FoldedLines, fold_lines, last_word, marked
from cleaner.literals import Literal, Need
from cleaner.needs import needs_of
from cleaner.places import Positions

# What most rules look at, see `cleaner.rules`; longer lines are kept from them.
SHORT_LINE_CHARS = 300
UNLIMITED = np.iinfo(np.int32).max


class Matchable(Protocol):
    """What has a pattern and a length beyond which lines are not looked at."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def pattern(self) -> str: ...  # noqa: D102
    @property
    def max_chars(self) -> int: ...  # noqa: D102


class Candidates:
    """Finds the pairs of a line and a rule that are worth a try."""

    def __init__(self, rules: Sequence[Matchable]) -> None:
        self._of_short = _Finder(rules)
        chars = np.array([rule.max_chars for rule in rules], dtype=np.intp)
        self._long = np.flatnonzero(chars > SHORT_LINE_CHARS)
        self._of_long = _Finder([rules[place] for place in self._long.tolist()])

    def __call__(self, lines: Sequence[str]) -> tuple[Positions, Positions]:
        """The places of lines, of at least one, and of rules; each pair once, rule by rule."""
        chars = np.fromiter(map(len, lines), np.intp, len(lines))
        of_short = _found(self._of_short, lines, np.flatnonzero(chars <= SHORT_LINE_CHARS))
        line, rule = _found(self._of_long, lines, np.flatnonzero(chars > SHORT_LINE_CHARS))
        pairs = of_short, (line, self._long[rule])
        lines_of, rules_of = (np.concatenate(each) for each in zip(*pairs, strict=True))
        order = rules_of.argsort(kind="stable")
        return lines_of[order], rules_of[order]


def _found(finder: _Finder, lines: Sequence[str], some: Positions) -> tuple[Positions, Positions]:
    """The pairs of some of the lines, and of the finder's rules."""
    if not len(some):
        return some, some
    line, rule = finder([lines[place] for place in some.tolist()])
    return some[line], rule


class _Finder:
    """Finds pairs of rules and of lines that are alike in which rules look at them."""

    def __init__(self, rules: Sequence[Matchable]) -> None:
        needs = [needs_of(rule.pattern) for rule in rules]
        self._most_chars = np.array([rule.max_chars for rule in rules], dtype=np.intp)
        self._least_words = np.array([need.least_words for need in needs], dtype=np.intp)
        most_words = [UNLIMITED if need.most_words is None else need.most_words for need in needs]
        self._most_words = np.array(most_words, dtype=np.intp)
        self._always = np.array(
            [place for place, need in enumerate(needs) if not need.literals], dtype=np.intp
        )
        self._bags = _table([need.bags for need in needs])
        self._index(needs)

    def _index(self, needs: Sequence[Need]) -> None:
        uses = defaultdict[bytes, list[int]](list)
        for place, need in enumerate(needs):
            for literal in need.literals:
                for text in _spellings(literal):
                    uses[text] += (place, last_word(text) if literal.at_tail else -1)
        # Literals of one byte come first: they are the most common, and found without automaton.
        literals = sorted(uses, key=lambda text: len(text) > 1)
        self._bytes = {text[0]: place for place, text in enumerate(literals) if len(text) == 1}
        used = [uses[text] for text in literals]
        self._first_use = np.cumsum([0, *(len(each) // 2 for each in used)])
        flat = np.fromiter(chain.from_iterable(used), np.intp).reshape(-1, 2)
        self._user, self._tail = flat[:, 0].copy(), flat[:, 1].copy()
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            literals[len(self._bytes) :],
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def __call__(self, lines: Sequence[str]) -> tuple[Positions, Positions]:
        """The places of lines, of at least one, and of rules; each pair once, rule by rule."""
        folded = fold_lines(lines)
        line, rule = self._with_literals(folded)
        if len(self._always):
            every = np.arange(len(lines))
            line = np.concatenate([line, np.tile(every, len(self._always))])
            rule = np.concatenate([rule, np.repeat(self._always, len(lines))])
        # Each once: several literals of a rule are found in many a line.
        pairs = np.sort(rule * len(lines) + line)
        pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
        rule, line = np.divmod(pairs, len(lines))
        chars = np.fromiter(map(len, lines), np.intp, len(lines))[line]
        words = folded.words[line]
        fits = (words >= self._least_words[rule]) & (words <= self._most_words[rule])
        fits &= chars <= self._most_chars[rule]
        fits &= self._has_a_bag(bags_of(folded)[line], rule)
        return line[fits], rule[fits]

    def _has_a_bag(self, bags: Bags, rule: Positions) -> npt.NDArray[np.bool_]:
        lacking = self._bags[rule] & ~bags[:, np.newaxis]
        found: npt.NDArray[np.bool_] = (lacking == 0).any(axis=1)
        return found

    def _with_literals(self, folded: FoldedLines) -> tuple[Positions, Positions]:
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
        return line[there], self._user[use[there]]

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


def _table(bags: Sequence[tuple[int, ...]]) -> npt.NDArray[np.uint64]:
    """The bags of each rule in a row, the last one repeated; shape (rules, most bags of one)."""
    wide = max(map(len, bags), default=1)
    rows = [each + each[-1:] * (wide - len(each)) for each in bags]
    return np.array(rows, dtype=np.uint64).reshape(len(bags), wide)
