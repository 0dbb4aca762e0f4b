from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.measure import characters as ch
from cleaner.measure.laid import LONGEST_MEASURED_CHARS, Laid
from cleaner.text.segment import segment
from tests.laws import texts

# Six, so that they do not fit one packing of four.
FLAGS = (ch.LETTER, ch.UPPER, ch.DIGIT, ch.MARK, ch.SENTENCE_END, ch.LETTER | ch.DIGIT)

# What no plain letter has: asked of the specials alone.
SPECIAL = (ch.UPPER, ch.DIGIT, ch.MARK, ch.SENTENCE_END, ch.UPPER | ch.DIGIT)


def lines() -> st.SearchStrategy[list[str]]:
    """Lines as the pipeline lays them: never empty, no white space around."""
    return texts().map(lambda text: segment(text).contents())


def classes_of(char: str) -> int:
    return int(ch.classes()[min(ord(char), ch.TABLE_SIZE - 1)])


def naive(contents: list[str], flag: int) -> list[int]:
    half = LONGEST_MEASURED_CHARS // 2
    short = [c if len(c) <= 2 * half else c[:half] + c[-half:] for c in contents]
    return [sum(bool(classes_of(char) & flag) for char in line) for line in short]


@given(lines())
def test_counts_are_those_of_a_loop_over_characters(contents: list[str]) -> None:
    found = Laid(contents).counts(*FLAGS)

    assert [naive(contents, flag) for flag in FLAGS] == [column.tolist() for column in found]


@given(lines())
def test_sums_are_those_of_a_loop_over_characters(contents: list[str]) -> None:
    laid = Laid(contents)

    found = [laid.sums(laid.special(flag)).tolist() for flag in SPECIAL]

    assert [naive(contents, flag) for flag in SPECIAL] == found


@given(lines())
def test_a_line_counts_the_same_beside_others(contents: list[str]) -> None:
    alone = [Laid([line]).counts(*FLAGS) for line in contents]

    together = Laid(contents).counts(*FLAGS)

    assert [[int(c[0]) for c in counts] for counts in alone] == [
        [int(column[i]) for column in together] for i in range(len(contents))
    ]


@given(lines())
def test_every_special_belongs_to_the_line_that_holds_it(contents: list[str]) -> None:
    laid = Laid(contents)

    expected = [i for i, n in enumerate(laid.lengths.tolist()) for _ in range(n + 1)]

    assert [expected[at] for at in laid.specials.tolist()] == laid.special_lines.tolist()


@given(lines())
def test_any_at_finds_the_lines_that_hold_a_position(contents: list[str]) -> None:
    laid = Laid(contents)

    found = laid.any_at(laid.specials[laid.special(ch.DIGIT)])

    assert [n > 0 for n in naive(contents, ch.DIGIT)] == found.tolist()


def test_characters_of_a_kind_have_the_same_classes_and_script() -> None:
    kinds = ch.kinds()

    assert np.array_equal(ch.classes(), kinds.flags[kinds.of])
    assert np.array_equal(ch.scripts(), kinds.scripts[kinds.of])


def test_the_order_of_kinds_tells_what_they_are_of() -> None:
    kinds, flags = ch.kinds().of, ch.classes()
    low, high = ch.EAST_ASIAN

    inside, spaces = kinds < ch.kinds().marks, kinds >= ch.kinds().spaces
    ideographs = np.flatnonzero(inside & (kinds >= ch.kinds().east_asian))

    assert np.array_equal((flags & (ch.LETTER | ch.DIGIT)) != 0, inside)
    assert np.array_equal((flags & ch.SPACE) != 0, spaces)
    assert {ch.PLAIN} == set(flags[kinds == 0].tolist())
    assert low <= ideographs.min() < ideographs.max() <= high


@pytest.mark.parametrize(("char", "odd"), [("ß", True), ("ς", True), ("é", False), ("Ä", False)])
def test_what_folds_unlike_lower_case_is_odd(char: str, *, odd: bool) -> None:
    assert odd == bool(ch.kinds().odd[ch.kinds().of[ord(char)]])


def test_no_lines_have_columns_without_rows() -> None:
    laid = Laid([])

    assert [[]] * 6 == [column.tolist() for column in laid.counts(*FLAGS)]


def test_counts_fill_their_field_without_running_into_the_next() -> None:
    longest = "A" * LONGEST_MEASURED_CHARS

    counts = Laid([longest, "1"]).counts(ch.LETTER, ch.DIGIT, ch.UPPER, ch.LETTER)

    assert [[8_000, 0], [0, 1], [8_000, 0], [8_000, 0]] == [c.tolist() for c in counts]


def test_of_a_longer_line_the_first_and_the_last_half_are_read() -> None:
    half = LONGEST_MEASURED_CHARS // 2

    laid = Laid(["a" * half + "1" * 50 + "b" * half])

    assert [True] == laid.truncated.tolist()
    assert [[2 * half], [0]] == [c.tolist() for c in laid.counts(ch.LETTER, ch.DIGIT)]


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Der Zug.", "D", "."),
        ("„Der Zug.“", "D", "."),
        ("- Zug", "Z", "g"),
        ("(Der Zug)", "D", "g"),
        ("», (Zug)", "Z", "g"),
        ("------Zug", "-", "g"),
        ("“", "“", "“"),
        ("é", "é", "é"),
    ],
    ids=["bare", "quoted", "bullet", "bracket", "four-marks", "too-many-marks", "quote", "letter"],
)
def test_first_and_last_pass_over_marks(line: str, first: str, last: str) -> None:
    laid = Laid(["Davor", line, "Danach"])

    found = laid.points[[laid.first[1], laid.last[1]]].tolist()

    assert [ord(first), ord(last)] == found
