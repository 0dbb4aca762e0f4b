from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Label, Page, Pipeline, Proposal
from cleaner.measure.places import Places
from cleaner.stages import STAGES, proposed
from cleaner.stages.voices import Voices, for_lines, rounded
from cleaner.text.segment import segment
from tests.laws import texts

LINE = Proposal(1, 1, Label.SPAM, 0.6, "mine", "mine.a", "for the sake of it")
STRETCH = Proposal(0, 2, Label.BODY, 1.0, "mine", "mine.b", "reads well")


@pytest.mark.parametrize("several", [[], [LINE], [LINE, STRETCH, LINE]], ids=len)
def test_voices_are_what_their_columns_were_made_of(several: list[Proposal]) -> None:
    found = Voices.of(several)

    assert several == list(found)
    assert several[::-1] == list(found[::-1])
    assert several[:1] == list(found[:1])


def test_a_voice_can_be_asked_for_by_its_place() -> None:
    assert STRETCH == Voices.of([LINE, STRETCH])[1] == Voices.of([LINE, STRETCH])[-1]


def test_voices_about_pages_stay_the_same_end_to_end_and_apart_again() -> None:
    pages = [[LINE, STRETCH], [], [STRETCH], [LINE]]
    places = Places.of([3, 1, 4, 2])

    together = Voices.joined(list(map(Voices.of, pages)), places.starts.tolist())

    assert [1, 0, 4, 9] == together.first.tolist()
    assert pages == list(map(list, together.apart(places)))


@pytest.mark.parametrize("reasons", ["one", ["one", "two", "one"]], ids=["for-all", "each"])
def test_a_reason_is_given_for_each_line_or_for_all(reasons: str | list[str]) -> None:
    found = for_lines(np.arange(3), Label.BODY, 0.5, "article.prose", reasons)

    expected = [reasons] * 3 if isinstance(reasons, str) else reasons
    assert expected == [voice.reason for voice in found]
    assert {("article", "article.prose", 0.5)} == {(v.stage, v.rule, v.weight) for v in found}


@given(st.lists(st.floats(0, 1)))
def test_weights_are_rounded_as_python_does(weights: list[float]) -> None:
    assert [round(weight, 2) for weight in weights] == rounded(np.asarray(weights))


@pytest.mark.parametrize("name", STAGES)
@given(several=st.lists(texts(), min_size=1, max_size=4))
def test_a_stage_of_ours_says_the_same_of_a_page_alone_and_in_company(
    name: str, several: list[str]
) -> None:
    pages = [
        page
        for page in Pipeline().pages([segment(text) for text in several])
        if isinstance(page, Page)
    ]

    together = proposed([STAGES[name]], pages)

    assert [sorted(STAGES[name](page)) for page in pages] == [sorted(each) for each in together]
