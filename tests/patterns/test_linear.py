"""No line stalls a built-in pattern: on the worst lines each takes linear time, or is given few."""

from __future__ import annotations

import ast
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

import pytest

from cleaner.html.people import LONGEST_BYLINE_CHARS
from cleaner.rules import builtin_rules
from cleaner.rules.patterns import is_linear
from tests.patterns.adversaries import adversaries, nested, parsed
from tests.patterns.found import METHODS, Found, calls, functions_that_compile, in_calls, in_modules

# Of processor time: linear patterns take a hundredth of it on such lines, quadratic ones ten times
# as long, so no slow machine makes one fail and no fast one lets one pass.
SECONDS = 0.5
# What takes exponential time does so on short lines already; there, everything is tried.
LONG, FEW_CHOICES = 20_000, 6
SHORT, ALL_CHOICES = 300, 200
# What a method does is done by one of these as well, as often or more often.
DOES_AS_MUCH = {"match": "match", "fullmatch": "fullmatch"}
# What is quadratic gets no longer texts than these.
BOUNDED: Mapping[str, int] = {
    "cleaner.html.people._ADDRESS_RE": LONGEST_BYLINE_CHARS,  # people() cuts what it is given
}
# Repeats in repeats, and why there is only one way to match a line by them.
NESTED: Mapping[str, str] = {
    "cleaner.comments.words._BETWEEN_RE": "digits end where a word ends, and no word goes on there",
    "cleaner.comments.words._BUTTON_RE": "words end where a word ends, and no word goes on there",
    "cleaner.html.charset._MARKUP_RE": "stands at the end of the pattern: nothing makes it go back",
    "cleaner.html.language._TAG_RE": "each begins with its own mark",
    "cleaner.rules.western._PIECE_RE": "each begins with its own bracket",
}
# Functions that compile what they are given: patterns of rules, which RE2 matches or a limit ends.
COMPILING = {
    "cleaner/html/bounds.py:_tags_re",  # called for constants of its module
    "cleaner/rules/patterns.py:check",
    "cleaner/rules/patterns.py:is_linear",
    "cleaner/rules/searches.py:_finder",
    "cleaner/rules/searches.py:_limited",
    "cleaner/rules/searches.py:linear_search",
}
FOUND = [*in_modules(), *in_calls()]
needs_timer = pytest.mark.skipif(
    not hasattr(signal, "ITIMER_PROF"), reason="no timer of processor time"
)
every_pattern = pytest.mark.parametrize("found", FOUND, ids=[each.place for each in FOUND])


class StalledError(Exception):
    """A pattern took too long."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends what takes more processor time; matchers listen to signals."""

    def stalled(_signal: int, _frame: FrameType | None) -> None:
        raise StalledError

    before = signal.signal(signal.SIGPROF, stalled)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def stalling(found: Found, length: int, choices: int) -> Iterator[tuple[str, str]]:
    """The lines that take a pattern too long, each with the method that does."""
    methods = sorted({DOES_AS_MUCH.get(method, "findall") for method in found.methods})
    for line in adversaries(found.pattern, length, choices):
        for method in methods:
            try:
                with limited(SECONDS):
                    getattr(found.pattern, method)(line)
            except StalledError:
                yield method, line[:40]


@needs_timer
@every_pattern
def test_no_line_takes_exponential_time(found: Found) -> None:
    assert [] == list(stalling(found, SHORT, ALL_CHOICES))


@needs_timer
@every_pattern
def test_no_long_line_takes_quadratic_time(found: Found) -> None:
    length = BOUNDED.get(found.place, LONG)

    assert [] == list(stalling(found, length, FEW_CHOICES))


@every_pattern
def test_repeats_within_repeats_are_few_and_known(found: Found) -> None:
    assert (found.place in NESTED) == any(True for _ in nested(parsed(found.pattern)))


def test_exceptions_are_of_patterns_that_exist() -> None:
    assert {*BOUNDED, *NESTED} <= {each.place for each in FOUND}


def test_patterns_are_compiled_where_tests_can_see_them() -> None:
    assert functions_that_compile() == COMPILING


def test_patterns_in_calls_are_literals() -> None:
    others = [
        place
        for place, engine, name, first in calls()
        if name in METHODS and engine == "re" and not isinstance(first, ast.Constant)
    ]

    assert [] == others


@pytest.mark.parametrize("pattern", [r"(\w+\s*)+$", r"(?:a|a)*$", r"\s+$", r"a*a*b"])
@needs_timer
def test_the_worst_lines_of_bad_patterns_are_found(pattern: str) -> None:
    found = Found("here", re.compile(pattern), METHODS)

    assert any(map(any, (stalling(found, SHORT, ALL_CHOICES), stalling(found, LONG, FEW_CHOICES))))


def test_every_built_in_rule_is_matched_in_linear_time() -> None:
    assert [] == [rule.id for rule in builtin_rules().rules if not is_linear(rule.pattern)]


def test_patterns_are_found() -> None:
    assert {"cleaner.text.segment._DATE_RE", "cleaner.html.people._END_RE"} <= {
        each.place for each in FOUND
    }
