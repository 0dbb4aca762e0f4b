from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import characters as ch
from cleaner.laid import LONGEST_MEASURED_CHARS, Laid
from cleaner.segment import segment
from tests.laws import texts

# Six, so that they do not fit one packing of four.
FLAGS = (ch.LETTER, ch.UPPER, ch.DIGIT, ch.MARK, ch.SENTENCE_END, ch.LETTER | ch.DIGIT)


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

    found = laid.sums(*(laid.has(flag) for flag in FLAGS))

    assert [naive(contents, flag) for flag in FLAGS] == [column.tolist() for column in found]


@given(lines())
def test_a_line_counts_the_same_beside_others(contents: list[str]) -> None:
    alone = [Laid([line]).counts(*FLAGS) for line in contents]

    together = Laid(contents).counts(*FLAGS)

    assert [[int(c[0]) for c in counts] for counts in alone] == [
        [int(column[i]) for column in together] for i in range(len(contents))
    ]


@given(lines())
def test_every_character_belongs_to_the_line_that_holds_it(contents: list[str]) -> None:
    laid = Laid(contents)

    expected = [i for i, n in enumerate(laid.lengths.tolist()) for _ in range(n + 1)]

    assert expected == laid.line_of.tolist()


@given(lines())
def test_any_at_finds_the_lines_that_hold_a_position(contents: list[str]) -> None:
    laid = Laid(contents)

    found = laid.any_at(np.flatnonzero(laid.has(ch.DIGIT)))

    assert [n > 0 for n in naive(contents, ch.DIGIT)] == found.tolist()


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
