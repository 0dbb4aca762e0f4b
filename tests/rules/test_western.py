from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rules import builtin_rules
from cleaner.rules.patterns import linear_pattern, options
from cleaner.rules.searches import Script, search_of, written
from cleaner.rules.western import ALPHABET, UnknownPieceError, decoded, encoded, for_western
from tests.rules.test_matching import rule_of

PIECES = [
    *("k", "K", "ß", "Å", "\u212a", "\u017f", "µ", "•", "œ", "日", ".", r"\.", r"\x{e4}", "x{0,3}"),
    *(
        r"\w",
        r"\W",
        r"\d",
        r"\s",
        r"\pL",
        r"\p{Lu}",
        r"[^\w•]",
        r"[]à-ö]",
        "[!-/‐-⯿]",
        "[[:alpha:]–]",
    ),
    *("(?i)", "(?-i:ä[K-M])", "(?i:Ä|é)", "(", "|", ")", "^", "$", "?"),
]


@given(line=st.text())
def test_an_encoded_line_has_a_byte_for_each_character(line: str) -> None:
    [found] = encoded([line])

    assert found is None or (len(line), line) == (len(found), decoded(found))


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=6),
    line=st.text(st.sampled_from(sorted({*ALPHABET} - {"\ufffe"})), max_size=8),
)
def test_a_pattern_matches_encoded_lines_as_it_does_texts(pieces: list[str], line: str) -> None:
    pattern = linear_pattern("".join(pieces)) or ""
    try:
        whole = re2.compile(pattern, options())
    except re2.error:
        return
    search = search_of(rule_of(pattern or "(?:)"), Script.WESTERN)

    assert (whole.search(line) is not None) == bool(search(written([line])[0].text))


@pytest.mark.slow
def test_the_examples_of_all_rules_match_in_all_that_they_are_written_in() -> None:
    for rule in builtin_rules().rules:
        searches = {script: search_of(rule, script) for script in (Script.WESTERN, Script.ANY)}
        for line in (*rule.hit, *rule.miss):
            [(text, script)] = written([line])
            if script is Script.WESTERN:
                found = bool(searches[script](text))
                assert found == bool(searches[Script.ANY](line.encode())), (rule.id, line)


def test_what_is_not_understood_is_told() -> None:
    with pytest.raises(UnknownPieceError, match="Q"):
        for_western(r"a\Qb\E")


def test_a_line_is_written_in_the_fewest_bytes() -> None:
    lines = ["„Straße“", "日本 🙂", "ไทย", "\ud800"]

    assert [0, 1, 2, 2] == [each.script for each in written(lines)]


def test_lines_are_written_as_each_is_by_itself() -> None:
    lines = ["Straße", "日本", "", "zwei\nZeilen", "–", "x\ud800", "ไทย"]

    assert [written([line])[0] for line in lines] == written(lines)
