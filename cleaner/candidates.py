"""Which rules are worth a try on which lines: by literals, bags, lengths; no pattern is tried.

One Aho-Corasick automaton finds the literals of some rules in one pass over all lines. A line is
worth a try by a rule only where it has one of the literals that the rule needs, at the line's head
or tail if it must be there, and is of a length and of characters that the rule can match.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from cleaner.bags import Bags, bags_of
from cleaner.finder import Finder, Uses
from cleaner.folding import FoldedLines, fold_lines
from cleaner.needs import needs_of
from cleaner.places import Positions

UNLIMITED = np.iinfo(np.int32).max


class Lines(NamedTuple):
    """Lines, and what candidates are told by; columns have one row a line."""

    chars: Positions
    folded: FoldedLines
    bags: Bags

    @classmethod
    def of(cls, lines: Sequence[str]) -> Lines:
        """At least one line."""
        folded = fold_lines(lines)
        return cls(np.fromiter(map(len, lines), np.intp, len(lines)), folded, bags_of(folded))


class Matchable(Protocol):
    """What has a pattern and a length beyond which lines are not looked at."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def pattern(self) -> str: ...  # noqa: D102
    @property
    def max_chars(self) -> int: ...  # noqa: D102


class Candidates:
    """Finds the pairs of a line and one of some rules that are worth a try."""

    def __init__(self, rules: Sequence[Matchable]) -> None:
        self.rules = rules
        least_words, most_words, always, bags = [], [], [], []
        uses = Uses()
        for place, need in enumerate(needs_of(rule.pattern for rule in rules)):
            least_words.append(need.least_words)
            most_words.append(UNLIMITED if need.most_words is None else need.most_words)
            bags.append(need.bags)
            uses.add(place, need.literals)
            always += [] if need.literals else [place]
        self._most_chars = np.array([rule.max_chars for rule in rules], dtype=np.intp)
        self._least_words = np.array(least_words, dtype=np.intp)
        self._most_words = np.array(most_words, dtype=np.intp)
        self._always = np.array(always, dtype=np.intp)
        self._bags = _table(bags)
        self._finder = Finder(uses)

    def __call__(self, lines: Lines) -> tuple[Positions, Positions]:
        """The places of lines, of at least one, and of rules; each pair once, rule by rule."""
        count = len(lines.chars)
        line, rule = self._finder(lines.folded)
        if len(self._always):
            every = np.arange(count)
            line = np.concatenate([line, np.tile(every, len(self._always))])
            rule = np.concatenate([rule, np.repeat(self._always, count)])
        # Each once: several literals of a rule are found in many a line.
        pairs = np.sort(rule * count + line)
        pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
        rule, line = np.divmod(pairs, count)
        words = lines.folded.words[line]
        fits = (words >= self._least_words[rule]) & (words <= self._most_words[rule])
        fits &= lines.chars[line] <= self._most_chars[rule]
        fits &= self._has_a_bag(lines.bags[line], rule)
        return line[fits], rule[fits]

    def _has_a_bag(self, bags: Bags, rule: Positions) -> npt.NDArray[np.bool_]:
        lacking = self._bags[rule] & ~bags[:, np.newaxis]
        found: npt.NDArray[np.bool_] = (lacking == 0).any(axis=1)
        return found


def _table(bags: Sequence[tuple[int, ...]]) -> npt.NDArray[np.uint64]:
    """The bags of each rule in a row, the last one repeated; shape (rules, most bags of one)."""
    wide = max(map(len, bags), default=1)
    rows = [each + each[-1:] * (wide - len(each)) for each in bags]
    return np.array(rows, dtype=np.uint64).reshape(len(bags), wide)
