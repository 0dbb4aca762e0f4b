"""Searches of a rule's pattern in lines, by the shortest program for what a line is written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cache, partial
from typing import Any, NamedTuple, Protocol, cast

import re2
import regex

from cleaner.errors import RuleError
from cleaner.rules.common import for_common, is_common
from cleaner.rules.patterns import RE2_MEMORY_BYTES, is_anchored, linear_pattern, options
from cleaner.rules.western import UnknownPieceError, decoded, encoded, for_western

# A pattern that takes longer than this on one line, cut to `max_chars`, is broken.
PATTERN_SECONDS = 0.25

# A pattern's automaton gets so much if that is enough for its program; some grow beyond all bounds,
# line by line. Half is enough for most, but the largest dozen are then begun anew so often
# that they take a third of the time of all. (Twice as much takes a process 6 MB more.)
LITTLE_MEMORY_BYTES = 1 << 20

Search = Callable[[bytes], object]
"""Something true where a pattern matches a line."""


class Named(Protocol):
    """What has a name and a pattern."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def pattern(self) -> str: ...  # noqa: D102


class Script(IntEnum):
    """What a line is written in: bytes of one character each, or UTF-8."""

    WESTERN = 0
    COMMON = 1
    ANY = 2


class Written(NamedTuple):
    """A line in bytes."""

    text: bytes
    script: Script


def written(lines: Sequence[str]) -> list[Written]:
    """Each line in the fewest bytes."""
    return [
        Written(western, Script.WESTERN) if western is not None else _in_utf_8(line)
        for western, line in zip(encoded(lines), lines, strict=True)
    ]


def _in_utf_8(line: str) -> Written:
    script = Script.COMMON if is_common(line) else Script.ANY
    return Written(line.encode("utf-8", "surrogatepass"), script)


def search_of(rule: Named, script: Script) -> Search:
    """The search of a rule's pattern in lines that are written so.

    Raises:
        RuleError: no engine takes the pattern; or, when it is searched, it takes too long.
    """
    linear = linear_pattern(rule.pattern)
    if linear is None:
        return _limited(rule, script)
    search = partial(linear_search, anchored=is_anchored(linear))
    try:
        if script is Script.WESTERN:
            return search(for_western(linear).encode("latin-1"), western=True)
        pattern = for_common(linear) if script is Script.COMMON else linear
        return search(pattern.encode("utf-8", "surrogatepass"))
    except UnknownPieceError:
        in_utf_8 = search_of(rule, Script.ANY)
        return lambda text: in_utf_8(decoded(text).encode())
    except re2.error:
        return _limited(rule, script)


@cache  # rules of English and of any language are in the matcher of every language
def linear_search(pattern: bytes, *, western: bool = False, anchored: bool = False) -> Search:
    """A search by RE2: by a set of one, which tells only that it matches, in less time.

    A set has nothing to fall back to when its memory is full; where that does not hold the states
    of a pattern, its making fails, and RE2 searches without.

    Raises:
        re2.error: RE2 cannot match the pattern.
    """
    for memory in (LITTLE_MEMORY_BYTES, RE2_MEMORY_BYTES):
        chosen = options(memory)
        if western:
            chosen.encoding = re2.Options.Encoding.LATIN1
        try:
            # What is anchored is given up at the first character that does not fit.
            of = re2.Set.MatchSet if anchored else re2.Set.SearchSet
            alone = of(chosen)
            alone.Add(pattern)
            alone.Compile()
        except re2.error:
            continue
        return cast("Search", alone._set.Match)  # noqa: SLF001  # the same, without a call of Python's
    return cast("Search", re2.compile(pattern, chosen).search)


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


def _limited(rule: Named, script: Script) -> Search:
    try:
        pattern = regex.compile(rule.pattern)
    except (regex.error, RecursionError) as error:
        raise RuleError(
            f"rule '{rule.id}' has a bad pattern: {error}; mend {rule.pattern!r}"
        ) from None
    return partial(_search_limited, rule, pattern, script)


def _search_limited(rule: Named, pattern: regex.Pattern[str], script: Script, text: bytes) -> bool:
    is_western = script is Script.WESTERN
    line = decoded(text) if is_western else text.decode("utf-8", "surrogatepass")
    try:
        return pattern.search(line, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        raise RuleError(
            f"rule '{rule.id}': its pattern took over {PATTERN_SECONDS} s on a line of {len(line)}"
            " characters; rewrite it without nested repetition, or lower its max_chars"
        ) from None
