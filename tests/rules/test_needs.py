from __future__ import annotations

import pytest

from cleaner.rules import builtin_rules, needs
from cleaner.rules.derive import needs_as_json
from cleaner.rules.literals import Literal, Need
from cleaner.rules.needs import derive, needs_file, needs_of

MENDED_BY = "run `python -m cleaner.rules.derive`"


@pytest.mark.slow
def test_the_written_needs_are_those_of_the_built_in_packs() -> None:
    derived = needs_as_json(rule.pattern for rule in builtin_rules().rules)

    assert derived == needs_file().read_text(encoding="utf-8"), MENDED_BY


def test_every_pattern_of_the_built_in_packs_has_its_needs_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(needs, "derive", lambda pattern: pytest.fail(f"{pattern}: {MENDED_BY}"))

    assert list(needs_of(rule.pattern for rule in builtin_rules().rules))


def test_no_built_in_rule_is_tried_on_every_line() -> None:
    rules = builtin_rules().rules
    needs = needs_of(rule.pattern for rule in rules)

    assert [] == [rule.id for rule, need in zip(rules, needs, strict=True) if not need.literals]


def test_needs_are_read_as_they_were_written() -> None:
    patterns = [rule.pattern for rule in builtin_rules().rules[::40]]
    for read, derived in zip(needs_of(patterns), map(derive, patterns), strict=True):
        assert set(derived.literals) == set(read.literals)
        assert (derived.least_words, derived.most_words, derived.bags) == (
            read.least_words,
            read.most_words,
            read.bags,
        )


def test_needs_of_another_version_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "VERSION", needs.VERSION + 1)

    assert {} == needs._known()  # noqa: SLF001  # what is read


def test_a_pattern_that_is_not_written_is_derived() -> None:
    assert Need((Literal("xylorimba"),), 9, None, derive("Xylorimba").bags) in needs_of(
        ["Xylorimba"]
    )
