from __future__ import annotations

import re
import time
from collections.abc import Iterable
from functools import cache

import pytest
import re2
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import RuleError
from cleaner.rules import Rule, builtin_rules, searches
from cleaner.rules.candidates import SHORT_LINE_CHARS, Candidates
from cleaner.rules.matching import BATCH_LINES, Matcher
from cleaner.rules.patterns import is_anchored, linear_pattern, options
from cleaner.rules.searches import linear_search
from tests.conftest import ROOT

MANY_RULES = 2_500


def rule_of(pattern: str, number: int = 0, max_chars: int = 300) -> Rule:
    return Rule(
        id=f"test.n{number}",
        label="ticker",  # type: ignore[arg-type]  # pydantic reads it
        weight=0.5,
        pattern=pattern,
        reason="a test",
        hit=["x"],
        miss=["y"],
        max_chars=max_chars,
    )


@cache
def engine(pattern: str) -> object:
    translated = linear_pattern(pattern)
    try:
        return re2.compile(translated, options())
    except (re2.error, TypeError):
        return regex.compile(pattern)


def brute_force(rules: Iterable[Rule], lines: list[str]) -> list[tuple[int, int]]:
    return [
        (number, place)
        for number, line in enumerate(lines)
        for place, rule in enumerate(rules)
        if len(line) <= rule.max_chars and engine(rule.pattern).search(line)  # type: ignore[attr-defined]
    ]


def matches(matcher: Matcher, lines: list[str]) -> list[tuple[int, int]]:
    """Each match, as the places of its line and its rule."""
    found, rules = matcher.matches(lines)
    return list(zip(found.tolist(), rules.tolist(), strict=True))


@cache
def examples() -> list[str]:
    return [
        example.strip()
        for rule in builtin_rules().rules
        for example in rule.hit + rule.miss + rule.todo
    ]


@cache
def matcher() -> Matcher:
    return Matcher(Candidates(builtin_rules().rules))


def seed_lines() -> list[str]:
    return [
        line
        for file in sorted((ROOT / "seeds").glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


# What changes the look of a line and may change how it matches.
VARIANTS = {
    "upper": str.upper,
    "title": str.title,
    "dotted": lambda line: line.replace("i", "İ"),
    "long-s": lambda line: line.replace("s", "ſ"),
    "kelvin": lambda line: line.replace("k", "\u212a").replace("å", "\u212b"),
    "soft-hyphens": lambda line: line.replace("e", "e\xad"),
    "zero-width": lambda line: f"\u200b{line}\ufeff",
    "no-break": lambda line: line.replace(" ", "\u202f"),
    "marked": lambda line: f"• \u212a÷{line} »×µ",
    "arabic-digits": lambda line: f"٣{line.translate({ord('2'): '٢'})}٣",
    "newline": lambda line: f"{line}\n",
}


@pytest.mark.slow
def test_examples_of_all_rules_match_as_if_each_rule_were_tried() -> None:
    assert brute_force(builtin_rules().rules, examples()) == matches(matcher(), examples())


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS.values(), ids=list(VARIANTS))
def test_variants_match_as_if_each_rule_were_tried(variant: object) -> None:
    rules = builtin_rules().rules
    for offset in range(0, len(rules), 1 + len(rules) // 3):
        lines = [variant(line) for line in examples()[offset::17]]  # type: ignore[operator]

        assert brute_force(rules, lines) == matches(matcher(), lines)


@pytest.mark.slow
def test_seeds_match_as_if_each_rule_were_tried() -> None:
    lines = seed_lines()

    assert brute_force(builtin_rules().rules, lines) == matches(matcher(), lines)


ATOMS = ("a", "k", "i", "ß", "Ö", "1", " ", "-", ".", "[ab]", "[^a]", r"\d", r"\s", r"\w", "«", "ſ")
PATTERNS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: f"(?:{'|'.join(each)})"),
        st.tuples(inner, st.sampled_from(("*", "+", "?", "{2}", "{1,2}", "{2,}", "*?"))).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=8,
)
WHOLE = st.tuples(
    st.sampled_from(("", "(?i)")),
    st.sampled_from(("", "^", r"^[^\pL\pN]*", r"^\s*", r"\b")),
    PATTERNS,
    st.sampled_from(("", "$", r"[^\pL\pN]*$", ".*$")),
).map("".join)
LINES = st.lists(
    st.text("aAkK\u212aiIİıßẞſsSöÖ13٣ \t\xa0-.«»\n", max_size=8), min_size=1, max_size=5
)


@settings(max_examples=400, deadline=None)
@given(patterns=st.lists(WHOLE, min_size=1, max_size=4), lines=LINES)
def test_any_patterns_match_as_if_each_were_tried(patterns: list[str], lines: list[str]) -> None:
    rules = [rule_of(pattern, number) for number, pattern in enumerate(patterns)]

    assert brute_force(rules, lines) == matches(Matcher(Candidates(rules)), lines)


def test_thousands_of_rules_are_matched_together() -> None:
    rules = [rule_of(f"^Rubrik {number}:", number) for number in range(MANY_RULES)]

    assert [(1, 2_345)] == matches(
        Matcher(Candidates(rules)), ["Rubriken", "Rubrik 2345: Sport", "Rubrik"]
    )


def test_no_lines_and_no_rules_match_nothing() -> None:
    assert [] == matches(Matcher(Candidates([rule_of("a")])), [])
    assert [] == matches(Matcher(Candidates([])), ["a"])
    assert [(1, 0)] == matches(Matcher(Candidates([rule_of("^$")])), ["a", ""])


def test_a_line_longer_than_a_rule_allows_is_not_looked_at() -> None:
    assert [(0, 0)] == matches(
        Matcher(Candidates([rule_of("Sport", max_chars=6)])), ["Sport!", "Sport!!"]
    )


@pytest.mark.parametrize("length", [SHORT_LINE_CHARS, SHORT_LINE_CHARS + 1])
def test_long_lines_are_looked_at_by_rules_that_allow_them(length: int) -> None:
    lines = ["Sport", f"Sport {'x' * length}"[:length], "Sport"]
    rules = [rule_of("Sport", 0), rule_of("^Sport", 1, max_chars=400), rule_of("x$", 2, 400)]

    found = matches(Matcher(Candidates(rules)), lines)

    assert brute_force(rules, lines) == found


ANCHORED = (
    "^a|b", "(?i)^(a|B)c", "^[(]a|b", r"^\(|b", "(^a)|b", "^a$|^b", "^[|]", "^(a|[)]b)", r"^\|b|c",
    "^[]|)]c|a", "^(?:(a)|b)c",
)  # fmt: skip


@given(
    pattern=st.sampled_from(ANCHORED), lines=st.lists(st.text("abcAB()|]", max_size=5), max_size=20)
)
def test_where_a_pattern_is_anchored_it_matches_as_it_says(pattern: str, lines: list[str]) -> None:
    expected = [re.search(pattern, line) is not None for line in lines]

    search = linear_search(pattern.encode(), anchored=is_anchored(pattern))

    assert expected == [bool(search(line.encode())) for line in lines]


def test_a_pattern_that_no_engine_takes_is_told_by_its_rule() -> None:
    with pytest.raises(RuleError, match=r"rule 'test\.n0' has a bad pattern: .*; mend 'a\('"):
        matches(Matcher(Candidates([rule_of("a(")])), ["a"])


def test_a_long_line_takes_time_in_proportion() -> None:
    short, long = ("mehr 1. » " * count for count in (400, 3_200))
    rules = [rule.model_copy(update={"max_chars": 40_000}) for rule in builtin_rules().rules[:120]]
    fresh = Matcher(Candidates(rules))
    fresh.matches([short, long])

    def seconds(line: str) -> float:
        started = time.perf_counter()
        fresh.matches([line])
        return time.perf_counter() - started

    growth = min(seconds(long) for _ in range(4)) / min(seconds(short) for _ in range(4))

    assert growth < 8 * 4  # eight times the length: 8 if linear, 64 if quadratic


def test_lines_that_are_the_same_are_told_each() -> None:
    lines = ["Sport", "Politik", "Sport"]

    assert [(0, 0), (2, 0)] == matches(Matcher(Candidates([rule_of("^Sport")])), lines)


def test_more_lines_than_a_batch_has_are_all_matched() -> None:
    lines = [f"Seite {number}" for number in range(2 * BATCH_LINES + 1)]

    found = matches(Matcher(Candidates([rule_of("Seite [0-9]*99$")])), lines)

    assert [(place, 0) for place in range(99, len(lines), 100)] == found


LETTERS = st.lists(st.text("abc", max_size=400), min_size=1, max_size=20)


@settings(max_examples=50, deadline=None)
@given(
    pattern=st.sampled_from(
        ("(a|b)*a(a|b){14}c", "^[ab]*a[ab]{40}c", "a[ab]{18}c.*a[ab]{17}c", "[ab]{0,90}a[ab]{90}c$")
    ),
    bytes_of_memory=st.sampled_from([1 << power for power in range(13, 20)]),
    lines=LETTERS,
)
def test_a_search_whose_memory_is_full_finds_the_same(
    pattern: str, bytes_of_memory: int, lines: list[str]
) -> None:
    expected = [re.search(pattern, line) is not None for line in lines]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searches, "RE2_MEMORY_BYTES", bytes_of_memory)
        patch.setattr(searches, "LITTLE_MEMORY_BYTES", bytes_of_memory)
        try:
            search = linear_search.__wrapped__(pattern.encode())  # what is remembered has more
        except re2.error:  # too large to be compiled at all: `regex` has it
            return

    assert expected == [bool(search(line.encode())) for line in lines]
