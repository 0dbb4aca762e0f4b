"""Which rules are worth a try on which lines: by literals, bags, lengths; no pattern is tried.

One Aho-Corasick automaton finds the literals of some rules in one pass over all lines. A line is
worth a try by a rule only where it has one of the literals that the rule needs, at the line's head
or tail if it must be there, and is of a length and of characters that the rule can match. Few rules
look at long lines, which are nearly half of all text: these have an automaton of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from cleaner.measure.places import Positions
from cleaner.rules.bags import Bags, bags_of
from cleaner.rules.finder import Finder, Uses
from cleaner.rules.folding import FoldedLines, fold_lines
from cleaner.rules.literals import Need
from cleaner.rules.needs import needs_of

# What most rules look at, see `cleaner.rules`; longer lines are kept from them.
SHORT_LINE_CHARS = 300
UNLIMITED = np.iinfo(np.int32).max


class Lines(NamedTuple):
    """Lines that are all short or all long, and what candidates are told by.

    Columns have one row a line.
    """

    places: Positions  # among those they were taken from
    chars: Positions
    folded: FoldedLines
    bags: Bags

    @property
    def are_long(self) -> bool:
        """Whether they are of more than SHORT_LINE_CHARS."""
        return bool(self.chars[0] > SHORT_LINE_CHARS)


def lines_of(lines: Sequence[str]) -> Iterator[Lines]:
    """The short ones and the long ones of some lines, as far as there are any."""
    chars = np.fromiter(map(len, lines), np.intp, len(lines))
    for places in (
        np.flatnonzero(chars <= SHORT_LINE_CHARS),
        np.flatnonzero(chars > SHORT_LINE_CHARS),
    ):
        if len(places):
            folded = fold_lines([lines[place] for place in places.tolist()])
            yield Lines(places, chars[places], folded, bags_of(folded))


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
        needs = list(needs_of(rule.pattern for rule in rules))
        long = [place for place, rule in enumerate(rules) if rule.max_chars > SHORT_LINE_CHARS]
        self._of_short = _Finder(rules, needs)
        self._of_long = _Finder([rules[i] for i in long], [needs[i] for i in long])
        self._long = np.array(long, dtype=np.intp)

    def __call__(self, lines: Lines) -> tuple[Positions, Positions]:
        """The places of lines and of rules, each pair once."""
        line, rule = self._of_long(lines) if lines.are_long else self._of_short(lines)
        return lines.places[line], self._long[rule] if lines.are_long else rule


class _Finder:
    """Finds pairs of rules and of lines that are alike in which rules look at them."""

    def __init__(self, rules: Sequence[Matchable], needs: Sequence[Need]) -> None:
        least_words, most_words, always, bags = [], [], [], []
        uses = Uses()
        for place, need in enumerate(needs):
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
        """The places of lines among these and of rules; each pair once, rule by rule."""
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
