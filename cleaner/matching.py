"""Many rules matched on many lines: literals choose the few pairs worth a try, engines try them.

One Aho-Corasick automaton finds the literals of all rules in one pass over all lines. A line is
tried by a rule only where it has one of the literals that the rule needs, at the line's head or
tail if it must be there, and is of a length and of characters that the rule can match. What is
tried runs in RE2, in time linear in the line, or in `regex` under a time limit; rule by rule, since
an engine that has just been used is faster. Lines that are the same are matched once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Protocol, cast

import ahocorasick_rs
import numpy as np
import numpy.typing as npt
import re2
import regex

from cleaner.bags import Bags, bags_of
from cleaner.errors import RuleError
from cleaner.folding import FoldedLines, fold_lines, last_word, marked
from cleaner.literals import Literal, Need
from cleaner.needs import needs_of
from cleaner.patterns import linear_pattern, options

# A pattern that takes longer than this on one line, cut to `max_chars`, is broken.
PATTERN_SECONDS = 0.25
# So many lines are matched at once: bounds what lies beside them, and all of it stays in the cache.
BATCH_LINES = 2_000
UNLIMITED = np.iinfo(np.int32).max

Search = Callable[[bytes], object]
"""Something true where a pattern matches a line, encoded as UTF-8."""
Ints = npt.NDArray[np.intp]


class Matchable(Protocol):
    """What has a pattern and a length beyond which lines are not looked at."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def pattern(self) -> str: ...  # noqa: D102
    @property
    def max_chars(self) -> int: ...  # noqa: D102


class Matcher:
    """Some rules, matched together; an engine gets to see a pattern when it is first tried."""

    def __init__(self, rules: Sequence[Matchable]) -> None:
        self._rules = rules
        self._searches: dict[int, Search] = {}
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
        self._first_use = np.cumsum([0, *(len(each) // 2 for each in uses.values())])
        flat = np.fromiter(chain.from_iterable(uses.values()), np.intp).reshape(-1, 2)
        self._user, self._tail = flat[:, 0].copy(), flat[:, 1].copy()
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            list(uses), implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def matches(self, lines: Sequence[str]) -> list[tuple[int, int]]:
        """Each match, as the places of its line and its rule; sorted.

        Raises:
            RuleError: a pattern outside RE2 ran past PATTERN_SECONDS on a line.
        """
        if not self._rules:
            return []
        places = {line: place for place, line in enumerate(dict.fromkeys(lines))}
        once = list(places)
        rules = defaultdict[int, list[int]](list)
        for begin in range(0, len(once), BATCH_LINES):
            for line, rule in self._matches_once(once[begin : begin + BATCH_LINES]):
                rules[begin + line].append(rule)  # in order: they are tried rule by rule
        where = enumerate(map(places.__getitem__, lines))
        return [(number, rule) for number, place in where for rule in rules.get(place, ())]

    def _matches_once(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The matches of a batch of lines, rule by rule."""
        encoded: dict[int, bytes] = {}
        for line, rule in self.candidates(lines):
            if (text := encoded.get(line)) is None:
                text = encoded[line] = lines[line].encode("utf-8", "surrogatepass")
            search = self._searches.get(rule) or self._compiled(rule)
            if search(text):
                yield line, rule

    def candidates(self, lines: Sequence[str]) -> Iterable[tuple[int, int]]:
        """The lines, at least one, and rules worth a try; each once, rule by rule."""
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
        return zip(line[fits].tolist(), rule[fits].tolist(), strict=True)

    def _has_a_bag(self, bags: Bags, rule: Ints) -> npt.NDArray[np.bool_]:
        lacking = self._bags[rule] & ~bags[:, np.newaxis]
        found: npt.NDArray[np.bool_] = (lacking == 0).any(axis=1)
        return found

    def _with_literals(self, folded: FoldedLines) -> tuple[Ints, Ints]:
        found = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        flat = np.fromiter(chain.from_iterable(found), np.intp, 3 * len(found)).reshape(-1, 3)
        literal, start = flat[:, 0], flat[:, 1]
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

    def _compiled(self, place: int) -> Search:
        self._searches[place] = search = _search(self._rules[place])
        return search


def _spellings(literal: Literal) -> list[bytes]:
    text = literal.text.encode("utf-8", "surrogatepass")
    at_head = marked(text)
    return [at_head] if literal.at_head or at_head == text else [text, at_head]


def _table(bags: Sequence[tuple[int, ...]]) -> npt.NDArray[np.uint64]:
    """The bags of each rule in a row, the last one repeated; shape (rules, most bags of one)."""
    wide = max(map(len, bags), default=1)
    rows = [each + each[-1:] * (wide - len(each)) for each in bags]
    return np.array(rows, dtype=np.uint64).reshape(len(bags), wide)


def _search(rule: Matchable) -> Search:
    translated = linear_pattern(rule.pattern)
    if translated is not None:
        try:
            return linear_search(translated.encode("utf-8", "surrogatepass"))
        except re2.error:
            pass
    try:
        return partial(_search_limited, rule, regex.compile(rule.pattern))
    except regex.error as error:
        raise RuleError(
            f"rule '{rule.id}' has a bad pattern: {error}; mend {rule.pattern!r}"
        ) from None


def linear_search(pattern: bytes) -> Search:
    """A search by RE2: by a set of one, which tells only that it matches, in less time.

    A set has nothing to fall back to when its memory is full; where that does not hold the states
    of a pattern, its making fails, and RE2 searches without.

    Raises:
        re2.error: RE2 cannot match the pattern.
    """
    try:
        alone = re2.Set.SearchSet(options())
        alone.Add(pattern)
        alone.Compile()
    except re2.error:
        return cast("Search", re2.compile(pattern, options()).search)
    return cast("Search", alone._set.Match)  # noqa: SLF001  # the same, without a call of Python's


def _search_limited(rule: Matchable, pattern: regex.Pattern[str], text: bytes) -> bool:
    line = text.decode("utf-8", "surrogatepass")
    try:
        return pattern.search(line, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        raise RuleError(
            f"rule '{rule.id}': its pattern took over {PATTERN_SECONDS} s on a line of {len(line)}"
            " characters; rewrite it without nested repetition, or lower its max_chars"
        ) from None
