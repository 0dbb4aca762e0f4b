"""Many rules matched on many lines: literals choose the few pairs worth a try, engines try them.

One Aho-Corasick automaton finds the literals of all rules in one pass over all lines. A line is
tried by a rule only where it has one of the literals that the rule needs, at the line's head or
tail if it must be there, and is of a length that the rule can match. What is tried runs in RE2, in
time linear in the line, or in `regex` under a time limit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any, Protocol

import ahocorasick_rs
import numpy as np
import numpy.typing as npt
import re2
import regex

from cleaner.errors import RuleError
from cleaner.folding import (
    FoldedLines,
    fold,
    fold_lines,
    foldable_to_words,
    is_word,
    last_word,
    marked,
)
from cleaner.literals import Literal, Need, Reader
from cleaner.nodes import Character
from cleaner.patterns import is_linear, linear_pattern, options
from cleaner.syntax import UnknownSyntaxError, parse

# A pattern that takes longer than this on one line, cut to `max_chars`, is broken.
PATTERN_SECONDS = 0.25
# The needs of so many patterns are remembered: rule sets of several languages share most rules.
REMEMBERED_PATTERNS = 16_384
# Instructions of RE2; a state takes some four bytes for each, of RE2_MEMORY_BYTES.
LARGEST_PROGRAM = 40_000
_LARGE_COUNT_RE = re.compile(r"\{[^}]*\d{3}")
UNLIMITED = np.iinfo(np.int32).max

Search = Callable[[bytes, str], bool]
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
        self._most_words = np.array(
            [UNLIMITED if need.most_words is None else need.most_words for need in needs],
            dtype=np.intp,
        )
        self._always = np.array(
            [place for place, need in enumerate(needs) if not need.literals], dtype=np.intp
        )
        self._index(needs)

    def _index(self, needs: Sequence[Need]) -> None:
        uses = defaultdict[bytes, set[tuple[int, int]]](set)
        for place, need in enumerate(needs):
            for literal in need.literals:
                for text in _spellings(literal):
                    uses[text].add((place, last_word(text) if literal.at_tail else -1))
        entries = [sorted(uses[text]) for text in uses]
        self._first_use = np.cumsum([0, *map(len, entries)])
        flat = np.array([*chain.from_iterable(entries)], dtype=np.intp).reshape(-1, 2)
        self._user, self._tail = flat[:, 0], flat[:, 1]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            list(uses), implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def matches(self, lines: Sequence[str]) -> list[tuple[int, int]]:
        """Each match, as the places of its line and its rule; sorted.

        Raises:
            RuleError: a pattern outside RE2 ran past PATTERN_SECONDS on a line.
        """
        if not lines or not self._rules:
            return []
        encoded: dict[int, bytes] = {}
        found = []
        for line, rule in self.candidates(lines):
            text = encoded.get(line)
            if text is None:
                text = encoded[line] = lines[line].encode("utf-8", "surrogatepass")
            search = self._searches.get(rule) or self._compiled(rule)
            if search(text, lines[line]):
                found.append((line, rule))
        return found

    def candidates(self, lines: Sequence[str]) -> list[tuple[int, int]]:
        """The lines and rules worth a try; sorted, each once."""
        folded = fold_lines(lines)
        line, rule = self._with_literals(folded)
        if len(self._always):
            every = np.arange(len(lines))
            line = np.concatenate([line, np.repeat(every, len(self._always))])
            rule = np.concatenate([rule, np.tile(self._always, len(lines))])
        words, chars = folded.words[line], np.fromiter(map(len, lines), np.intp, len(lines))[line]
        fits = (words >= self._least_words[rule]) & (words <= self._most_words[rule])
        fits &= chars <= self._most_chars[rule]
        return sorted(set(zip(line[fits].tolist(), rule[fits].tolist(), strict=True)))

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


@lru_cache(REMEMBERED_PATTERNS)
def needs_of(pattern: str) -> Need:
    """What a line needs for a pattern to match it; nothing where the pattern is not understood."""
    # Asking RE2 takes long. What `parse` takes for linear, RE2 does, unless it is too large.
    linear = linear_pattern(pattern) is not None
    if linear and _LARGE_COUNT_RE.search(pattern):
        linear = is_linear(pattern)
    try:
        tree = parse(pattern, linear=linear)
    except UnknownSyntaxError:
        return Need()
    return Reader(partial(_is_marks, linear=linear)).needs(tree)


def _is_marks(character: Character, *, linear: bool) -> bool:
    if character.members:
        return not any(is_word(each) for each in fold("".join(character.members)))
    if not character.source or character.source == ".":
        return False
    return _is_class_of_marks(character.source, character.ignores_case, linear)


@lru_cache(REMEMBERED_PATTERNS)
def _is_class_of_marks(source: str, ignores_case: bool, linear: bool) -> bool:  # noqa: FBT001  # cache keys
    pattern = f"(?i){source}" if ignores_case else source
    if not linear:
        return regex.search(pattern, foldable_to_words()) is None
    translated = linear_pattern(pattern)
    return translated is not None and re2.search(translated, foldable_to_words(), options()) is None


def _search(rule: Matchable) -> Search:
    translated = linear_pattern(rule.pattern)
    if translated is not None:
        try:
            linear = re2.compile(translated.encode("utf-8", "surrogatepass"), options())
        except re2.error:
            pass
        else:
            return _searched_as_set(linear) or (lambda text, _: linear.search(text) is not None)
    try:
        return partial(_search_limited, rule, regex.compile(rule.pattern))
    except regex.error as error:
        raise RuleError(
            f"rule '{rule.id}' has a bad pattern: {error}; mend {rule.pattern!r}"
        ) from None


def _searched_as_set(pattern: Any) -> Search | None:
    """The same search by a set of one, which tells only that it matches, in half the time.

    It fails without a word where its memory does not hold a few states, and a state is as large as
    the program: so large programs are not searched that way.
    """
    if pattern.programsize > LARGEST_PROGRAM:
        return None
    alone = re2.Set.SearchSet(options())
    try:
        alone.Add(pattern.pattern)
        alone.Compile()
    except re2.error:
        return None
    match = alone.Match
    return lambda text, _: match(text) is not None


def _search_limited(rule: Matchable, pattern: regex.Pattern[str], _: bytes, line: str) -> bool:
    try:
        return pattern.search(line, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        raise RuleError(
            f"rule '{rule.id}': its pattern took over {PATTERN_SECONDS} s on a line of {len(line)}"
            " characters; rewrite it without nested repetition, or lower its max_chars"
        ) from None
