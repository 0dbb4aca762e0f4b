from __future__ import annotations

from functools import cache
from itertools import chain

import pytest
import re2

from cleaner.rules import builtin_rules
from cleaner.rules.common import COMMON, for_common, is_common
from cleaner.rules.patterns import linear_pattern, options, tokens

CLASSES = sorted(
    {
        piece
        for rule in builtin_rules().rules
        for piece, _ in tokens(linear_pattern(rule.pattern) or "")
        if piece.startswith(r"\p")
    }
)


@cache
def all_common() -> str:
    return "".join(map(chr, chain.from_iterable(range(a, b + 1) for a, b in COMMON)))


@pytest.mark.parametrize("written", ["{}+", "(?i)[^{}x]+"])
@pytest.mark.parametrize("name", [*CLASSES, r"\p{Thai}"])
def test_a_class_has_the_same_common_characters(name: str, written: str) -> None:
    pattern = written.format(name)

    assert re2.findall(pattern, all_common(), options()) == re2.findall(
        for_common(pattern), all_common(), options()
    )


@pytest.mark.slow
def test_the_examples_of_all_rules_match_as_by_the_whole_pattern() -> None:
    for rule in builtin_rules().rules:
        whole = linear_pattern(rule.pattern)
        if whole is None:
            continue
        engines = [re2.compile(each, options()) for each in (whole, for_common(whole))]
        for line in filter(is_common, (*rule.hit, *rule.miss)):
            one, other = (engine.search(line) is not None for engine in engines)
            assert one == other, (rule.id, line)


def test_a_pattern_for_common_characters_is_a_shorter_program() -> None:
    pattern = r"(?i)^[^\pL\pN]*mehr[^\pL\pN]*$"

    whole, common = (
        re2.compile(each, options())._regexp.ProgramSize()  # noqa: SLF001  # nothing else tells
        for each in (pattern, for_common(pattern))
    )

    assert common * 4 < whole


def test_a_bracket_within_a_class_does_not_hide_its_end() -> None:
    assert r"[[][\pL\pM\p{Nd}_]" == linear_pattern(r"[[]\w")
