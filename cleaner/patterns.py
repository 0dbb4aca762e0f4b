r"""Patterns of rules, matched many at a time, in linear time or under a limit.

RE2 matches what it can express. Look-around, back references and `\b` (which RE2 knows for ASCII
only) are matched by `regex`, one by one, under a time limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import re2
import regex

from cleaner.errors import RuleError

# RE2 builds the automaton of each pattern lazily within this, and goes on without when it is full.
RE2_MEMORY_BYTES = 16 << 20
# A pattern that takes longer than this on one line, cut to `max_chars`, is broken.
PATTERN_SECONDS = 0.25
# RE2 reads these as ASCII; a rule means the characters of every script.
_UNICODE_CLASSES = {r"\w": r"\pL\pM\p{Nd}_", r"\d": r"\p{Nd}", r"\s": r"\s\pZ"}
_NEGATED = {r"\W": r"\w", r"\D": r"\d", r"\S": r"\s"}
# An escape, a class's beginning (with a literal ] at its head), a POSIX class, or a class's end.
_TOKEN_RE = re.compile(r"\\[\s\S]|\[:\^?\w+:\]|\[\^?\]?|\]")
# What RE2 cannot do, or does for ASCII only; within a class, a negated one cannot be translated.
_NOT_LINEAR_RE = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[bB1-9]|\(\?(?:[=!>(]|<[=!]|P=)|\\g<)")
_NEGATED_INSIDE_RE = re.compile(r"\[(?:[^\]\\]|\\[^WDS])*\\[WDS]")


class Matchable(Protocol):
    """What has a pattern and a length beyond which lines are not looked at."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def pattern(self) -> str: ...  # noqa: D102
    @property
    def max_chars(self) -> int: ...  # noqa: D102


class Matcher:
    """Some rules, matched together.

    RE2's filter looks for the literals that patterns need, all at once, and tries only the patterns
    whose literals are there. (One RE2 set for all patterns was measured four times slower: its
    automaton has a state for every combination of half-matched patterns, and when it is full, it
    fails without a word.)
    """

    def __init__(self, rules: Sequence[Matchable]) -> None:
        self.longest_chars = max((rule.max_chars for rule in rules), default=0)
        self._filter = re2.Filter()
        self._linear: list[int] = []
        self._limited: list[tuple[int, regex.Pattern[str]]] = []
        self._rules = rules
        for i, rule in enumerate(rules):
            if self._added(rule.pattern):
                self._linear.append(i)
            else:
                self._limited.append((i, regex.compile(rule.pattern)))
        if self._linear:
            self._filter.Compile()

    def _added(self, pattern: str) -> bool:
        translated = linear_pattern(pattern)
        try:
            return translated is not None and self._filter.Add(translated, _options()) >= 0
        except re2.error:
            return False

    def matches(self, line: str) -> list[int]:
        """The places of the rules that match a line, in order.

        Raises:
            RuleError: a pattern outside RE2 ran past PATTERN_SECONDS on this line.
        """
        if len(line) > self.longest_chars:
            return []
        hit = self._filter.Match(line) if self._linear else None
        found = [self._linear[i] for i in hit or ()]
        found += [i for i, pattern in self._limited if _search(self._rules[i], pattern, line)]
        return sorted(i for i in found if len(line) <= self._rules[i].max_chars)


def _search(rule: Matchable, pattern: regex.Pattern[str], line: str) -> bool:
    if len(line) > rule.max_chars:
        return False
    try:
        return pattern.search(line, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        raise RuleError(
            f"rule '{rule.id}': its pattern took over {PATTERN_SECONDS} s on a line of {len(line)}"
            " characters; rewrite it without nested repetition, or lower its max_chars"
        ) from None


def _options() -> Any:
    options = re2.Options()
    options.max_mem = RE2_MEMORY_BYTES
    options.never_capture = True
    options.log_errors = False
    return options


def is_linear(pattern: str) -> bool:
    """Whether RE2 matches a pattern, in time linear in the line.

    >>> is_linear("^Teil [0-9]+"), is_linear("(?<=x)y")
    (True, False)
    """
    translated = linear_pattern(pattern)
    try:
        return translated is not None and bool(re2.compile(translated, _options()))
    except re2.error:
        return False


def check(pattern: str) -> str | None:
    """What is wrong with a pattern; None if it can be matched."""
    if is_linear(pattern):
        return None
    try:
        regex.compile(pattern)
    except regex.error as error:
        return str(error)
    return None


def linear_pattern(pattern: str) -> str | None:
    r"""The pattern for RE2, with \w, \d and \s meant for all scripts; None where RE2 falls short.

    >>> linear_pattern(r"^Teil \d+ [[(]\w")
    '^Teil [\\p{Nd}]+ [[(][\\pL\\pM\\p{Nd}_]'
    """
    if _NOT_LINEAR_RE.search(pattern) or _NEGATED_INSIDE_RE.search(pattern):
        return None
    return "".join(_translated(pattern))


def _translated(pattern: str) -> Iterator[str]:
    inside, end = False, 0
    for match in _TOKEN_RE.finditer(pattern):
        if match.start() < end:
            continue
        yield pattern[end : match.start()]
        token, end = match.group(), match.end()
        if token in _UNICODE_CLASSES:
            yield _UNICODE_CLASSES[token] if inside else f"[{_UNICODE_CLASSES[token]}]"
            continue
        if token in _NEGATED and not inside:
            yield f"[^{_UNICODE_CLASSES[_NEGATED[token]]}]"
            continue
        if inside and token.startswith("[") and not token.startswith("[:"):
            end = match.start() + 1  # a bracket within a class is a bracket
            token = "["
        elif token == "]":
            inside = False
        elif token.startswith("["):
            inside = True
        yield token
    yield pattern[end:]
