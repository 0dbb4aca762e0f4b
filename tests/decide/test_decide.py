from __future__ import annotations

import math
import pickle
from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Pipeline
from cleaner.decide import (
    LEAST_PROBABLE,
    REMOVE_BELOW,
    REMOVE_FOREIGN_BELOW,
    REMOVE_FROM_ARTICLE_BELOW,
    UNDECIDED_BELOW,
    Heard,
    decide,
    spare,
)
from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.decide.features import STRUCTURAL
from cleaner.decide.reasons import Reasons
from cleaner.decide.strength import strength
from cleaner.decide.weights import builtin_weights
from cleaner.model import ARTICLE, LABELS, NOISE, Label, Page, Proposal
from cleaner.text.segment import segment
from tests.laws import REAL

HINT, LIKELY, SURE = 0.3, 0.6, 1.0
REMOVABLE = sorted(set(Label) - set(ARTICLE))
KEEP = frozenset(ARTICLE)
WEIGHTS = builtin_weights()
FITTED_RULE = "ticker.run"


def page_of(*lines: str) -> Page:
    document = segment("\n".join(lines))
    [heard] = Pipeline(stages={}).hear([document])
    assert isinstance(heard, Heard)
    return heard.page


SIX = page_of(*REAL[:6])
LIMITS = {REMOVE_BELOW, REMOVE_FROM_ARTICLE_BELOW, UNDECIDED_BELOW}


def voice(first: int, last: int, label: Label, weight: float, rule: str = "test.rule") -> Proposal:
    return Proposal(first, last, label, weight, "test", rule, "for the sake of it")


def decided(page: Page, *proposals: Proposal) -> Decisions:
    [found] = decide([Heard(page, proposals)], WEIGHTS)
    return found


def labels(page: Page, *proposals: Proposal) -> list[Label]:
    return [decision.label for decision in decided(page, *proposals)]


def reasons(decisions: Decisions) -> Reasons:
    assert isinstance(decisions.evidence, Reasons)
    return decisions.evidence


def log_odds(decisions: Decisions, index: int, label: Label, other: Label) -> float:
    row = reasons(decisions).logits[index]
    return float(row[LABELS.index(label)] - row[LABELS.index(other)])


def voices(lines: int = len(SIX)) -> st.SearchStrategy[list[Proposal]]:
    """Voices of stages that the weights were fitted on, and of others."""
    line = st.integers(0, lines - 1)
    return st.lists(
        st.builds(
            lambda a, b, *rest: voice(min(a, b), max(a, b), *rest),
            line,
            line,
            st.sampled_from(Label),
            st.floats(1e-9, 1),
            st.sampled_from(["a.b", "c.d", FITTED_RULE, "article.core"]),
        ),
        max_size=12,
    )


def test_no_pages_need_no_decision() -> None:
    assert [] == decide([], WEIGHTS)


@pytest.mark.parametrize("text", ["", " \n"], ids=["nothing", "white-space"])
def test_a_page_without_lines_has_no_decisions(text: str) -> None:
    assert [] == list(decided(page_of(text)))


@pytest.mark.parametrize("count", [1, 2, 30, 5_000])
def test_every_line_gets_a_decision(count: int) -> None:
    assert count == len(decided(page_of(*(REAL * 250)[:count])))


def test_a_page_is_decided_alike_alone_and_among_others() -> None:
    pages = [page_of(*REAL), page_of(REAL[0]), page_of(""), SIX]

    together = decide([Heard(page, ()) for page in pages], WEIGHTS)

    assert [list(decided(page)) for page in pages] == [list(each) for each in together]


@pytest.mark.parametrize("label", Label)
@pytest.mark.parametrize("index", range(len(SIX)))
def test_a_sure_voice_of_ones_own_gives_its_label(label: Label, index: int) -> None:
    assert label == labels(SIX, voice(index, index, label, SURE))[index]


@pytest.mark.parametrize("label", sorted(NOISE))
def test_a_sure_voice_of_ones_own_is_heard_amid_the_plainest_article(label: Label) -> None:
    prose = page_of(*(f"{REAL[1]} {REAL[0]}" for _ in range(12)))

    assert label == labels(prose, voice(5, 5, label, 0.9))[5]


@pytest.mark.parametrize("weight", [0.01, 0.2], ids=["whisper", "nothing"])
def test_a_voice_that_says_nothing_changes_nothing(weight: float) -> None:
    quiet = decided(SIX, voice(0, 5, Label.SPAM, weight))

    assert np.array_equal(reasons(decided(SIX)).logits, reasons(quiet).logits)


@pytest.mark.parametrize("weight", [HINT, LIKELY, SURE])
def test_a_voice_of_ones_own_adds_its_strength_to_its_label(weight: float) -> None:
    silent, spoken = decided(SIX), decided(SIX, voice(1, 1, Label.META, weight))

    added = reasons(spoken).logits - reasons(silent).logits

    expected = np.zeros_like(added)
    expected[1, LABELS.index(Label.META)] = strength(weight)
    assert pytest.approx(expected) == added


def test_voices_of_ones_own_add_up() -> None:
    both = [voice(0, 0, Label.SPAM, LIKELY, rule) for rule in ("one.a", "two.b")]

    added = log_odds(decided(SIX, *both), 0, Label.SPAM, Label.BODY) - log_odds(
        decided(SIX), 0, Label.SPAM, Label.BODY
    )

    assert pytest.approx(2 * strength(LIKELY)) == added


def test_a_voice_the_weights_know_is_weighed_by_the_network() -> None:
    [added] = {
        log_odds(decided(SIX, voice(2, 2, Label.TICKER, SURE, FITTED_RULE)), 2, *pair)
        - log_odds(decided(SIX), 2, *pair)
        for pair in [(Label.TICKER, Label.BODY)]
    }

    assert FITTED_RULE in STRUCTURAL
    assert abs(added) < strength(SURE)


def test_between_kept_and_removed_lie_kept_lines_that_are_flagged() -> None:
    # Ever stronger voices against the first line.
    decisions = [
        decided(SIX, voice(0, 0, Label.BOILERPLATE, n / 1_000))[0] for n in range(1, 1_000)
    ]

    fates = [(d.label in ARTICLE, d.undecided) for d in decisions]

    assert [(True, False), (True, True), (False, False)] == [fate for fate, _ in groupby(fates)]


@given(voices())
def test_lines_are_removed_and_flagged_by_how_probably_they_are_article(
    proposals: list[Proposal],
) -> None:
    for decision in decided(SIX, *proposals):
        assert decision.article is not None
        stays = decision.label in ARTICLE
        if decision.article not in LIMITS:  # rounded
            assert stays or decision.article < REMOVE_BELOW
            assert stays or decision.score >= LEAST_PROBABLE
            assert decision.undecided == (stays and decision.article < UNDECIDED_BELOW)


def test_where_the_rest_is_article_a_line_must_be_less_probable_to_go() -> None:
    page = page_of("Das war gestern.", *(f"{REAL[1]} {REAL[0]}" for _ in range(8)))
    article, noise = (
        [voice(i, i, label, SURE) for i in range(1, 9)] for label in (Label.BODY, Label.SPAM)
    )

    def doubtful_that_stay(*others: Proposal) -> list[bool]:
        found = (
            decided(page, voice(0, 0, Label.BOILERPLATE, n / 1_000), *others)[0]
            for n in range(1, 1_000)
        )
        return [
            d.label in ARTICLE
            for d in found
            if d.article and REMOVE_FROM_ARTICLE_BELOW < d.article < REMOVE_BELOW
        ]

    amid_article, amid_noise = doubtful_that_stay(*article), doubtful_that_stay(*noise)

    assert any(amid_article)
    assert amid_noise
    assert not any(amid_noise)


def test_a_line_in_a_foreign_run_must_be_more_probable_to_stay() -> None:
    article = [f"{REAL[1]} {REAL[0]}"] * 8
    run = page_of(*article, "Это было вчера.", "Так сказал министр.")
    lone = page_of(*article, "Das war gestern.", "Так сказал министр.")

    def least_that_stays(page: Page) -> float:
        spam = voice(9, 9, Label.SPAM, 0.85)
        voiced = (
            decided(page, spam, voice(9, 9, Label.BODY, n / 1_000))[9] for n in range(1, 1_000)
        )
        return min(d.article for d in voiced if d.label in ARTICLE and d.article)

    assert least_that_stays(lone) < REMOVE_FOREIGN_BELOW <= least_that_stays(run)


@given(voices(), st.floats(0.01, 5))
def test_the_greater_the_margin_the_more_lines_stay(
    proposals: list[Proposal], margin: float
) -> None:
    def stays(margin: float) -> list[bool]:
        [found] = decide([Heard(SIX, proposals)], WEIGHTS, margin)
        return found.labelled(ARTICLE).tolist()

    fewer, usual, more = stays(-margin), stays(0), stays(margin)

    assert all(a <= b <= c for a, b, c in zip(fewer, usual, more, strict=True))


@pytest.mark.parametrize("margin", [-0.5, 1.0])
def test_a_margin_moves_the_threshold_by_so_much_log_odds(margin: float) -> None:
    def least_that_stays(margin: float) -> float:
        voiced = (
            decide([Heard(SIX, [voice(0, 0, Label.BOILERPLATE, n / 1_000)])], WEIGHTS, margin)
            for n in range(500, 1_000, 4)
        )
        first = [found[0] for [found] in voiced]
        return min(d.article for d in first if d.label in ARTICLE and d.article)

    moved = [math.log(p / (1 - p)) for p in map(least_that_stays, (0.0, margin))]

    assert margin == pytest.approx(moved[0] - moved[1], abs=0.15)


@given(voices())
def test_no_undecided_line_is_removed(proposals: list[Proposal]) -> None:
    assert {d.label for d in decided(SIX, *proposals) if d.undecided} <= set(ARTICLE)


@given(voices())
def test_scores_are_probabilities(proposals: list[Proposal]) -> None:
    assert all(0 <= decision.score <= 1 for decision in decided(SIX, *proposals))


@given(voices())
def test_every_voice_is_told_with_its_line(proposals: list[Proposal]) -> None:
    for line, decision in enumerate(decided(SIX, *proposals)):
        expected = [tuple(p[2:]) for p in proposals if p.first <= line <= p.last]
        spoken = [tuple(v[:-1]) for v in decision.voices if v.stage != "decide"]
        assert sorted(expected) == sorted(spoken)


@given(voices())
def test_voices_stand_in_the_order_of_what_they_weighed(proposals: list[Proposal]) -> None:
    for decision in decided(SIX, *proposals):
        weighed = [abs(spoken.log_odds or 0) for spoken in decision.voices]
        assert sorted(weighed, reverse=True) == weighed


@given(voices())
def test_what_voices_weighed_adds_up(proposals: list[Proposal]) -> None:
    decisions = decided(SIX, *proposals)

    for index, decision in enumerate(decisions):
        kept = decision.label in ARTICLE
        others = [x for x in LABELS if (x in ARTICLE) != kept]
        total = min(log_odds(decisions, index, decision.label, other) for other in others)
        told = sum(spoken.log_odds or 0 for spoken in decision.voices)
        # Two decimals of each, and of the rest, which goes untold where it rounds to nothing.
        assert abs(total - told) <= 0.005 * (len(decision.voices) + 1) + 1e-6


def test_a_voice_of_ones_own_that_decided_stands_first() -> None:
    [first, *_] = decided(SIX, voice(0, 0, Label.SPAM, SURE))[0].voices

    assert ("test.rule", round(strength(SURE), 2)) == (first.rule, first.log_odds)


def test_a_voice_against_what_was_decided_weighs_against_it() -> None:
    against = decided(SIX, voice(0, 0, Label.SPAM, HINT), voice(0, 0, Label.BODY, SURE))[0]

    [told] = [
        spoken
        for spoken in against.voices
        if spoken.rule == "test.rule" and spoken.label is Label.SPAM
    ]
    assert Label.BODY is against.label
    assert told.log_odds is not None
    assert told.log_odds <= 0


@given(voices().flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_order_of_voices_is_irrelevant(orders: tuple[list[Proposal], list[Proposal]]) -> None:
    first, second = orders

    assert list(decided(SIX, *first)) == list(decided(SIX, *second))


def test_voices_that_differ_only_by_stage_stand_in_one_order() -> None:
    twins = [
        Proposal(0, 0, Label.TICKER, LIKELY, stage, "mine.run", "the same")
        for stage in ("mine", "yours")
    ]

    assert list(decided(SIX, *twins)) == list(decided(SIX, *twins[::-1]))


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
def test_ten_thousand_lines_have_sound_scores(proposals: list[Proposal]) -> None:
    decisions = decided(page_of(*REAL * 500), *proposals)

    assert 10_000 == len(decisions)
    assert [] == [s for s in decisions.scores.tolist() if math.isnan(s) or not 0 < s <= 1]


@given(voices())
def test_decisions_one_by_one_are_those_of_the_columns(proposals: list[Proposal]) -> None:
    decisions = decided(SIX, *proposals)

    assert [(d.label, d.voices) for d in decisions] == [
        (d.label, d.voices) for d in Decisions.of(decisions)
    ]


def test_decisions_can_be_pickled_before_anybody_asked_for_a_voice() -> None:
    proposals = [voice(0, 3, Label.COMMENT, SURE)]

    copied = pickle.loads(pickle.dumps(decided(SIX, *proposals)))  # noqa: S301  # our own bytes

    assert list(decided(SIX, *proposals)) == list(copied)


def test_lines_are_found_by_label() -> None:
    decisions = gone(Label.TICKER, Label.BODY, Label.SPAM)

    assert [True, False, True] == decisions.labelled(NOISE).tolist()


def said(label: Label) -> Voice:
    return Voice(label, SURE, "test", "test.rule", "for the sake of it", 3.0)


def gone(*of: Label) -> Decisions:
    return Decisions.of(
        Decision(label, 0.9, undecided=False, voices=(said(label),)) for label in of
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


@pytest.mark.parametrize(
    ("text", "share", "kept"),
    [
        ([False, True, False], 0.99, True),
        ([True, True, False], 0.99, False),
        ([False, False, False], 0.99, False),
        ([False, True, False], 1.0, False),
    ],
    ids=["all-of-it-would-go", "some-stays", "there-is-none", "no-limit"],
)
def test_a_page_whose_text_would_all_go_is_kept_whole(
    text: list[bool],
    share: float,
    kept: bool,  # noqa: FBT001  # a table's column
) -> None:
    decisions = gone(Label.BODY, Label.SPAM, Label.TICKER)

    spared = spare(decisions, np.full(3, 10, np.int32), KEEP, share, np.asarray(text))

    assert kept == (spared is not None)


def test_a_spared_page_keeps_the_voices_against_it() -> None:
    decisions = gone(*sorted(NOISE))

    spared = spare(decisions, np.full(len(NOISE), 10, np.int32), KEEP, 0.5)

    assert [d.voices for d in decisions] == [d.voices for d in spared or ()]


@pytest.mark.parametrize("labels", [(Label.TICKER,), (Label.TICKER, Label.BODY), ()])
def test_a_page_without_letters_is_spared_if_all_of_it_would_go(labels: tuple[Label, ...]) -> None:
    spared = spare(gone(*labels), np.zeros(len(labels), np.int32), KEEP, 0.5)

    assert (spared is not None) == (labels == (Label.TICKER,))


def test_lines_of_a_spared_page_are_as_sure_as_they_are_article() -> None:
    scores, article = np.asarray([0.9, 0.8]), np.asarray([0.05, 0.1])
    decisions = replace(gone(Label.TICKER, Label.SPAM), scores=scores, article=article)

    spared = spare(decisions, np.full(2, 10, np.int32), KEEP, 0.5)

    assert [0.05, 0.1] == [d.score for d in spared or ()]


def test_what_the_keep_set_names_is_not_lost() -> None:
    decisions = gone(Label.COMMENT, Label.COMMENT)

    assert spare(decisions, np.array([5, 5], np.int32), {Label.COMMENT}, 0.5) is None
