"""Many rules matched on many lines: literals choose the few pairs worth a try, engines try them.

What is tried (see `cleaner.candidates`) runs in RE2, in time linear in the line, or in `regex`
under a time limit; rule by rule, since an engine that has just been used is faster. Lines that are
the same are matched once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import Any, cast

import numpy as np
import re2
import regex

from cleaner.candidates import Candidates, Matchable
from cleaner.errors import RuleError
from cleaner.patterns import linear_pattern, options
from cleaner.places import Positions

# A pattern that takes longer than this on one line, cut to `max_chars`, is broken.
PATTERN_SECONDS = 0.25
# So many lines are matched at once: bounds what lies beside them, and all of it stays in the cache.
BATCH_LINES = 2_000

Search = Callable[[bytes], object]
"""Something true where a pattern matches a line, encoded as UTF-8."""


class Matcher:
    """Some rules, matched together; an engine gets to see a pattern when it is first tried."""

    def __init__(self, rules: Sequence[Matchable]) -> None:
        self._rules = rules
        self._searches: dict[int, Search] = {}
        self._candidates = Candidates(rules)

    def matches(self, lines: Sequence[str]) -> tuple[Positions, Positions]:
        """The places of line and rule of each match; sorted.

        Raises:
            RuleError: a pattern outside RE2 ran past PATTERN_SECONDS on a line.
        """
        places = {line: place for place, line in enumerate(dict.fromkeys(lines))}
        once = list(places)
        found: list[tuple[int, int]] = []
        for begin in range(0, len(once) if self._rules else 0, BATCH_LINES):
            of_batch = self._matches_once(once[begin : begin + BATCH_LINES])
            found += [(begin + line, rule) for line, rule in of_batch]
        matched, rules = np.asarray(sorted(found), np.intp).reshape(-1, 2).T
        # Each line has the matches of its text: begin, begin + 1, ...
        many = np.bincount(matched, minlength=len(once))
        of_line = np.fromiter(map(places.__getitem__, lines), np.intp, len(lines))
        begins, counts = (np.cumsum(many) - many)[of_line], many[of_line]
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(np.arange(len(lines)), counts), rules[np.repeat(begins, counts) + offsets]

    def _matches_once(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The matches of a batch of lines, rule by rule."""
        where, tried = self._candidates(lines)
        texts = {i: lines[i].encode("utf-8", "surrogatepass") for i in set(where.tolist())}
        rules, first = np.unique(tried, return_index=True)
        edges = pairwise([*first.tolist(), len(tried)])
        for rule, (begin, end) in zip(rules.tolist(), edges, strict=True):
            search = self._searches.get(rule) or self._compiled(rule)
            for line in where[begin:end].tolist():
                if search(texts[line]):
                    yield line, rule

    def _compiled(self, place: int) -> Search:
        self._searches[place] = search = _search(self._rules[place])
        return search


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


@cache  # rules of English and of any language are in the matcher of every language
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


def matched_words(pattern: str, line: str) -> str:
    """The part of a line that a pattern matches; empty where it does not, or takes too long.

    >>> matched_words("(?i)cheap [a-z]+", "Buy Cheap watches here")
    'Cheap watches'
    """
    try:
        found = _finder(pattern)(line)
    except TimeoutError:
        return ""
    return found.group().strip() if found else ""


@cache
def _finder(pattern: str) -> Callable[[str], Any]:
    translated = linear_pattern(pattern)
    if translated is not None:
        try:
            return cast("Callable[[str], Any]", re2.compile(translated, options()).search)
        except re2.error:
            pass
    return partial(regex.compile(pattern).search, timeout=PATTERN_SECONDS)


def _search_limited(rule: Matchable, pattern: regex.Pattern[str], text: bytes) -> bool:
    line = text.decode("utf-8", "surrogatepass")
    try:
        return pattern.search(line, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        raise RuleError(
            f"rule '{rule.id}': its pattern took over {PATTERN_SECONDS} s on a line of {len(line)}"
            " characters; rewrite it without nested repetition, or lower its max_chars"
        ) from None
