"""A table of answers says what the answers say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.languages.shares import Shares

CODES = ("da", "de", "nl", "no", "sv")
ANSWERS = st.lists(
    st.dictionaries(st.sampled_from(CODES), st.floats(0.001, 1.0)), min_size=1, max_size=6
)


@given(ANSWERS)
def test_a_table_gives_back_the_answers(answers: list[dict[str, float]]) -> None:
    assert answers == list(Shares.of(answers))


@given(ANSWERS)
def test_a_slice_of_a_table_has_its_rows(answers: list[dict[str, float]]) -> None:
    assert answers[1:] == list(Shares.of(answers)[1:])


@given(ANSWERS, st.sets(st.sampled_from(CODES)))
def test_languages_at_home_are_added_up(answers: list[dict[str, float]], home: set[str]) -> None:
    found = Shares.of(answers).at_home(np.arange(len(answers)), home)

    assert [sum(a[code] for code in sorted(home & a.keys())) for a in answers] == found.tolist()


@given(ANSWERS, st.sets(st.sampled_from(CODES)))
def test_the_likeliest_other_language_is_found(
    answers: list[dict[str, float]], home: set[str]
) -> None:
    most, in_family = Shares.of(answers).likeliest_but(np.arange(len(answers)), home, {"nl"})
    others = [{code: a[code] for code in sorted(a.keys() - home)} for a in answers]

    assert [max(other.values(), default=0.0) for other in others] == most.tolist()
    assert [max(o, key=lambda c: o[c], default="") == "nl" for o in others] == in_family.tolist()


def test_a_table_of_no_answers_says_nothing() -> None:
    table = Shares.of([{}, {}])

    assert [{}, {}] == list(table)
    assert [0.0, 0.0] == table.likeliest_but(np.arange(2), {"de"}, {"nl"})[0].tolist()
