from __future__ import annotations

import math
import pickle
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.decide import decide, spare
from cleaner.model import ARTICLE, NOISE, Decision, Decisions, Label, Proposal

HINT, LIKELY, SURE = 0.3, 0.6, 1.0
REMOVABLE = sorted(set(Label) - set(ARTICLE))
KEEP = frozenset(ARTICLE)


def voice(first: int, last: int, label: Label, weight: float, rule: str = "test.rule") -> Proposal:
    return Proposal(first, last, label, weight, "test", rule, "for the sake of it")


def labels(proposals: list[Proposal], lines: int) -> list[Label]:
    return [decision.label for decision in decide(proposals, lines)]


def voices(lines: int) -> st.SearchStrategy[list[Proposal]]:
    line = st.integers(0, lines - 1)
    return st.lists(
        st.builds(
            lambda a, b, *rest: voice(min(a, b), max(a, b), *rest),
            line,
            line,
            st.sampled_from(Label),
            st.floats(1e-9, 1),
            st.sampled_from(["a.b", "c.d"]),
        ),
        max_size=12,
    )


def test_no_lines_need_no_decision() -> None:
    assert [] == list(decide([], 0))


@pytest.mark.parametrize("lines", [1, 2, 30])
def test_lines_nobody_spoke_about_are_body(lines: int) -> None:
    assert [Label.BODY] * lines == labels([], lines)


@pytest.mark.parametrize("label", REMOVABLE)
@pytest.mark.parametrize("lines", [1, 9], ids=["alone", "among-others"])
def test_one_hint_does_not_remove(label: Label, lines: int) -> None:
    assert [Label.BODY] * lines == labels([voice(lines // 2, lines // 2, label, HINT)], lines)


@pytest.mark.parametrize("label", REMOVABLE)
@pytest.mark.parametrize("lines", [1, 9], ids=["alone", "among-others"])
def test_a_sure_voice_removes_its_line_and_no_other(label: Label, lines: int) -> None:
    expected = [Label.BODY] * lines
    expected[lines // 2] = label

    assert expected == labels([voice(lines // 2, lines // 2, label, SURE)], lines)


@pytest.mark.parametrize("label", REMOVABLE)
def test_a_sure_voice_removes_between_paragraphs(label: Label) -> None:
    paragraphs = [voice(0, 2, Label.BODY, LIKELY), voice(4, 6, Label.BODY, LIKELY)]

    assert label == labels([*paragraphs, voice(3, 3, label, SURE)], 7)[3]


def test_a_sure_voice_for_body_outweighs_a_likely_one_against_it() -> None:
    assert [Label.BODY] == labels(
        [voice(0, 0, Label.TICKER, LIKELY), voice(0, 0, Label.BODY, SURE)], 1
    )


def test_a_sure_title_is_a_title() -> None:
    assert [Label.TITLE, Label.BODY] == labels(
        [voice(0, 0, Label.TITLE, SURE), voice(1, 1, Label.BODY, SURE)], 2
    )


def test_voices_for_one_label_add_up() -> None:
    hints = [voice(0, 0, Label.SPAM, HINT, f"hint.{n}") for n in range(6)]

    assert [Label.SPAM] == labels(hints, 1)


def test_neighbours_carry_a_line_without_voices() -> None:
    around = [voice(0, 3, Label.COMMENT, SURE), voice(5, 8, Label.COMMENT, SURE)]

    assert [Label.COMMENT] * 9 == labels(around, 9)


def test_evidence_says_where_neighbours_decided() -> None:
    around = [voice(0, 3, Label.COMMENT, SURE), voice(5, 8, Label.COMMENT, SURE)]

    [spoken] = decide(around, 9)[4].voices

    assert ("decide", "decide.neighbours", Label.COMMENT) == (
        spoken.stage,
        spoken.rule,
        spoken.label,
    )


def test_neighbours_stand_before_weaker_voices() -> None:
    around = [voice(0, 3, Label.COMMENT, SURE), voice(5, 8, Label.COMMENT, SURE)]

    decision = decide([*around, voice(4, 4, Label.TICKER, HINT)], 9)[4]

    assert ["decide.neighbours", "test.rule"] == [spoken.rule for spoken in decision.voices]


def test_labels_come_in_runs() -> None:
    every_other = [voice(i, i, Label.TICKER, SURE) for i in range(0, 21, 2)]

    assert 1 == len(list(groupby(labels(every_other, 21))))


def test_a_run_ends_where_the_body_begins() -> None:
    proposals = [voice(0, 4, Label.TICKER, SURE), voice(5, 9, Label.BODY, SURE)]

    assert [Label.TICKER] * 5 + [Label.BODY] * 5 == labels(proposals, 10)


def test_between_kept_and_removed_lie_kept_lines_that_are_flagged() -> None:
    # Against one hint for the article, ever stronger voices for boilerplate.
    decisions = [
        decide([voice(0, 0, Label.BODY, HINT), voice(0, 0, Label.BOILERPLATE, n / 100)], 1)[0]
        for n in range(1, 100)
    ]

    fates = [(d.label in ARTICLE, d.undecided) for d in decisions]

    assert [(True, False), (True, True), (False, False)] == [fate for fate, _ in groupby(fates)]


def test_what_is_clear_is_not_flagged() -> None:
    clear = [voice(0, 4, Label.BODY, SURE), voice(5, 9, Label.TICKER, SURE)]

    assert [False] * 10 == [decision.undecided for decision in decide(clear, 10)]


@given(voices(6))
def test_no_undecided_line_is_removed(proposals: list[Proposal]) -> None:
    assert {d.label for d in decide(proposals, 6) if d.undecided} <= set(ARTICLE)


@given(voices(6))
def test_scores_are_probabilities(proposals: list[Proposal]) -> None:
    assert all(0 <= decision.score <= 1 for decision in decide(proposals, 6))


@given(voices(6))
def test_every_voice_is_kept_with_its_line(proposals: list[Proposal]) -> None:
    decisions = decide(proposals, 6)

    for line, decision in enumerate(decisions):
        expected = [p for p in proposals if p.first <= line <= p.last]
        spoken = [p for p in decision.voices if p.stage != "decide"]
        assert sorted(expected, key=repr) == sorted(spoken, key=repr)


@given(voices(6))
def test_voices_stand_strongest_first(proposals: list[Proposal]) -> None:
    for decision in decide(proposals, 6):
        weights = [spoken.weight for spoken in decision.voices]
        assert sorted(weights, reverse=True) == weights


@given(voices(6))
def test_what_is_removed_has_a_voice_for_it(proposals: list[Proposal]) -> None:
    for decision in decide(proposals, 6):
        assert decision.label in ARTICLE or decision.label in {v.label for v in decision.voices}


@given(voices(6).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_order_of_voices_is_irrelevant(orders: tuple[list[Proposal], list[Proposal]]) -> None:
    first, second = orders

    assert list(decide(first, 6)) == list(decide(second, 6))


def test_voices_that_differ_only_by_stage_stand_in_one_order() -> None:
    twins = [
        Proposal(0, 0, Label.TICKER, LIKELY, stage, "ticker.run", "the same")
        for stage in ("mine", "yours")
    ]

    assert list(decide(twins, 1)) == list(decide(twins[::-1], 1))


@pytest.mark.parametrize(
    "proposals",
    [
        [],
        [voice(0, 9_999, Label.TICKER, SURE)],
        [voice(i, i, (Label.TICKER, Label.BODY)[i % 2], SURE) for i in range(10_000)],
        [voice(i, i, label, SURE) for i in range(0, 10_000, 7) for label in Label],
    ],
    ids=["silence", "one-label", "alternating", "all-at-once"],
)
def test_ten_thousand_lines_do_not_underflow(proposals: list[Proposal]) -> None:
    decisions = decide(proposals, 10_000)

    assert [] == [d for d in decisions if math.isnan(d.score) or not 0 < d.score <= 1]


@given(voices(6))
def test_decisions_one_by_one_are_those_of_the_columns(proposals: list[Proposal]) -> None:
    decisions = decide(proposals, 6)

    assert list(decisions) == list(Decisions.of(decisions))


def test_decisions_can_be_pickled_before_anybody_asked_for_a_voice() -> None:
    proposals = [voice(0, 3, Label.COMMENT, SURE)]

    copied = pickle.loads(pickle.dumps(decide(proposals, 4)))  # noqa: S301  # our own bytes

    assert list(decide(proposals, 4)) == list(copied)


def test_lines_are_found_by_label() -> None:
    decisions = gone(Label.TICKER, Label.BODY, Label.SPAM)

    assert [True, False, True] == decisions.labelled(NOISE).tolist()


def gone(*of: Label) -> Decisions:
    return Decisions.of(
        Decision(label, 0.9, undecided=False, voices=(voice(0, 0, label, SURE),)) for label in of
    )


def test_a_page_within_the_limit_is_left_as_decided() -> None:
    decisions = gone(Label.TICKER, Label.BODY)

    assert spare(decisions, np.array([90, 10], np.int32), KEEP, 0.9) is None


def test_a_page_that_would_lose_too_much_is_kept_whole_and_undecided() -> None:
    decisions = gone(Label.TICKER, Label.BODY, Label.TITLE)

    spared = spare(decisions, np.array([91, 5, 4], np.int32), KEEP, 0.9)

    assert [(Label.BODY, True), (Label.BODY, True), (Label.TITLE, True)] == [
        (decision.label, decision.undecided) for decision in spared or ()
    ]


def test_a_spared_page_keeps_the_voices_against_it() -> None:
    decisions = gone(*sorted(NOISE))

    spared = spare(decisions, np.full(len(NOISE), 10, np.int32), KEEP, 0.5)

    assert [d.voices for d in decisions] == [d.voices for d in spared or ()]


def test_a_page_without_letters_has_nothing_to_lose() -> None:
    assert spare(gone(Label.TICKER), np.array([0], np.int32), KEEP, 0.5) is None


def test_what_the_keep_set_names_is_not_lost() -> None:
    decisions = gone(Label.COMMENT, Label.COMMENT)

    assert spare(decisions, np.array([5, 5], np.int32), {Label.COMMENT}, 0.5) is None
