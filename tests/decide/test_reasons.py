from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Label, Page, Pipeline, Proposal, Settings
from cleaner.decide import Heard, decide, strength
from cleaner.decide.contributions import PARTS_OF_REASON, PRIOR, contributions
from cleaner.decide.decisions import Decisions, Voice
from cleaner.decide.features import COLUMN, GROUPS
from cleaner.decide.network import UNITS, Network
from cleaner.decide.phrases import phrase
from cleaner.decide.reasons import Reasons
from cleaner.decide.surroundings import Surroundings
from cleaner.decide.weights import Weights, builtin_weights
from cleaner.model import LABELS
from cleaner.text.segment import segment
from tests.decide import networks
from tests.laws import REAL, AnyStage, stages, texts

WEIGHTS = {
    "shipped": builtin_weights(),
    "random": Weights(networks.network(0), 1.3, frozenset({"ticker.run"})),
    "random-too": Weights(networks.network(1), 1.3, frozenset({"ticker.run"})),
}
# By name: hypothesis prints what it is given.
every_network = pytest.mark.parametrize("name", WEIGHTS)
seeds = st.integers(0, 2**32 - 1)
# Each voice is told with two decimals; there are few more of them than parts.
MOST_ROUNDED = 0.005 * 2 * len(PARTS_OF_REASON)
LINES = 5


@cache
def page() -> Page:
    [found] = Pipeline().hear([segment("\n".join(REAL[:LINES]))])
    return found.page  # type: ignore[union-attr]  # no stage of ours raises


def voice(first: int, last: int, label: Label, weight: float = 0.6, **about: str) -> Proposal:
    rule = about.get("rule", "mine.own")
    return Proposal(first, last, label, weight, about.get("stage", "mine"), rule, "said")


def decided(proposals: Sequence[Proposal], weights: Weights | None = None) -> Decisions:
    [found] = decide([Heard(page(), proposals)], weights or builtin_weights())
    return found


def ahead(decisions: Decisions) -> list[float]:
    """By how much each line's label is ahead of the strongest on the other side."""
    reasons = decisions.evidence
    assert isinstance(reasons, Reasons)
    at = np.arange(len(decisions))
    logits = reasons.logits
    return (logits[at, reasons.labels] - logits[at, reasons.others]).tolist()


def told(voices: Sequence[Voice]) -> float:
    return sum(spoken.log_odds or 0.0 for spoken in voices)


def naive_prior(network: Network, inputs: np.ndarray, label: int, other: int) -> np.ndarray:
    """What is left of the network's outputs with all inputs at nought, units as active as now."""
    units = network.units(inputs)
    around = Surroundings(network.summaries(units), [len(inputs)], whole=True).of(slice(None))
    reached = network.context(np.concatenate([units, around], axis=1))
    hidden = network.hidden(reached)
    gate = np.where(hidden > 0, hidden / np.where(hidden > 0, reached, 1), 0)
    read = network.line(inputs)
    gate_of_units = np.where(units > 0, units / np.where(units > 0, read, 1), 0)
    out = network.out.real[label] - network.out.real[other]
    by_hidden = out * gate
    own = by_hidden @ network.context.real[:, :UNITS]
    own = (own + network.skip.real[label] - network.skip.real[other]) * gate_of_units
    bias = network.out.bias + network.skip.bias
    return bias[label] - bias[other] + by_hidden @ network.context.bias + own @ network.line.bias


@every_network
@given(seed=seeds, count=st.integers(1, 40), pair=st.permutations(range(len(LABELS))))
def test_parts_add_up_to_the_difference_of_the_outputs(
    name: str, seed: int, count: int, pair: list[int]
) -> None:
    network, of = WEIGHTS[name].network, networks.lines(seed, count)
    label, other = pair[:2]
    logits = network.logits(of.inputs, of.lengths)
    same = np.full(count, label), np.full(count, other)

    added = contributions(network, of.inputs, *same).parts

    assert len(PARTS_OF_REASON) == added.shape[1]
    assert np.allclose(logits[:, label] - logits[:, other], added.sum(axis=1), rtol=0, atol=1e-9)


@every_network
@given(seed=seeds, count=st.integers(1, 40), pair=st.permutations(range(len(LABELS))))
def test_what_no_number_added_is_what_the_biases_add(
    name: str, seed: int, count: int, pair: list[int]
) -> None:
    network, of = WEIGHTS[name].network, networks.lines(seed, count)
    label, other = pair[:2]

    both = np.full(count, label), np.full(count, other)
    added = contributions(network, of.inputs, *both).parts

    expected = naive_prior(network, of.inputs, label, other)
    assert np.allclose(expected, added[:, PARTS_OF_REASON.index(PRIOR)], rtol=0, atol=1e-9)


@every_network
@given(seed=seeds)
def test_a_group_without_numbers_adds_nothing(name: str, seed: int) -> None:
    network, inputs = WEIGHTS[name].network, networks.lines(seed, 9).inputs * 0

    added = contributions(network, inputs, np.zeros(9, np.int64), np.ones(9, np.int64)).parts

    assert not added[:, : len(GROUPS)].any()


@every_network
@given(stage=stages())
def test_what_is_told_adds_up(name: str, stage: AnyStage) -> None:
    decisions = decided(list(stage(page())), WEIGHTS[name])

    for i, expected in enumerate(ahead(decisions)):
        assert expected == pytest.approx(told(decisions.voices(i)), abs=MOST_ROUNDED)


@every_network
@given(stage=stages(), text=texts())
def test_every_line_has_a_voice_for_its_label(name: str, stage: AnyStage, text: str) -> None:
    # Pages that are kept whole are told what would have been removed.
    pipeline = Pipeline(Settings(max_removed_share=1), weights=WEIGHTS[name]).adding(drawn=stage)

    explained = pipeline.run(text).explained

    assert [] == [d for _, d in explained if d.label not in {v.label for v in d.voices}]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("weight", [0.1, 0.3, 0.6, 1.0])
def test_a_voice_of_an_unknown_rule_tells_what_it_added(label: Label, weight: float) -> None:
    decisions = decided([voice(2, 2, label, weight)])
    other = LABELS[decisions.evidence.others[2]]  # type: ignore[attr-defined]
    sign = (label is decisions.label(2)) - (label is other)

    [spoken] = [v for v in decisions.voices(2) if v.stage == "mine"]

    assert sign * strength(weight) == pytest.approx(spoken.log_odds, abs=0.01)


def test_a_sure_voice_of_an_unknown_rule_is_heard() -> None:
    decisions = decided([voice(2, 2, Label.SPAM, 1.0)])

    assert Label.SPAM == decisions.label(2)
    assert ("mine.own", round(strength(1.0), 2)) == (
        decisions.voices(2)[0].rule,
        decisions.voices(2)[0].log_odds,
    )


def test_an_unknown_rule_does_not_hide_what_its_stage_added() -> None:
    known = voice(2, 2, Label.TICKER, 0.6, stage="ticker", rule="ticker.run")
    unknown = voice(2, 2, Label.TICKER, 1.0, stage="ticker", rule="ticker.own")

    spoken = {v.rule: v.log_odds for v in decided([known, unknown]).voices(2)}

    assert spoken["ticker.run"] is not None
    assert "decide.ticker" not in spoken


def test_of_a_stage_the_loudest_voice_tells_what_it_added() -> None:
    some = [
        voice(2, 2, Label.TICKER, weight, stage="ticker", rule="ticker.run")
        for weight in (0.3, 0.6)
    ]

    spoken = {v.weight: v.log_odds for v in decided(some).voices(2) if v.rule == "ticker.run"}

    assert spoken[0.3] is None
    assert spoken[0.6] is not None


def test_the_same_voice_twice_about_a_line_is_told_twice() -> None:
    # Two stretches overlap; one of them is told without log odds, which must not be compared.
    random = WEIGHTS["random"]
    silent = replace(random, network=_silenced(random.network))
    some = [
        voice(*span, Label.TICKER, stage="ticker", rule="ticker.run") for span in ((0, 2), (2, 4))
    ]

    spoken = [v for v in decided(some, silent).voices(2) if v.rule == "ticker.run"]

    assert [0.0, None] == [v.log_odds for v in spoken]


def test_a_line_that_nothing_speaks_for_by_itself_has_a_voice_all_the_same() -> None:
    random = WEIGHTS["random"]
    silent = _silenced(random.network)
    even = replace(silent, out=replace(silent.out, bias=silent.out.bias * 0))
    even = replace(even, skip=replace(even.skip, bias=even.skip.bias * 0))

    decision = decided([], replace(random, network=even))[2]

    assert [(decision.label, "decide.together", 0.0)] == [
        (v.label, v.rule, v.log_odds) for v in decision.voices
    ]


def _silenced(network: Network) -> Network:
    """A network that no number moves."""
    skip = replace(network.skip, weights=network.skip.weights * 0)
    return replace(network, skip=skip, out=replace(network.out, weights=network.out.weights * 0))


@every_network
@given(stage=stages(), data=st.data())
def test_the_order_of_stages_is_irrelevant(name: str, stage: AnyStage, data: st.DataObject) -> None:
    proposals = [*stage(page()), voice(0, 4, Label.TICKER, stage="ticker", rule="ticker.run")]
    others = data.draw(st.permutations(proposals))

    assert list(decided(proposals, WEIGHTS[name])) == list(decided(others, WEIGHTS[name]))


@given(stages())
def test_voices_stand_loudest_first(stage: AnyStage) -> None:
    for decision in decided(list(stage(page()))):
        loudness = [abs(v.log_odds or 0.0) for v in decision.voices]
        assert sorted(loudness, reverse=True) == loudness


def test_reasons_can_be_pickled() -> None:
    decisions = decided([voice(0, 4, Label.SPAM)])

    copied = pickle.loads(pickle.dumps(decisions))  # noqa: S301  # our own bytes

    assert list(decisions) == list(copied)


@pytest.mark.parametrize("part", PARTS_OF_REASON)
def test_every_part_has_words(part: str) -> None:
    assert phrase(part)


def test_facts_are_told_as_they_were_measured() -> None:
    texts = [*REAL, "#spende @maria_k 🙂🙂🙂🙂", ", ".join(["eins"] * 80), "x" * 900]
    [heard] = Pipeline().hear([segment("\n".join(texts))])
    [decisions] = decide([heard], builtin_weights())  # type: ignore[list-item]  # no stage raises
    evidence = decisions.evidence
    assert isinstance(evidence, Reasons)
    told = " | ".join(v.reason for i in range(len(decisions)) for v in evidence(i))

    counts = []
    for name, kinds in (("words", "words"), ("commas", "commas")):
        column = COLUMN[name]
        measured = {round(np.expm1(x)) for x in evidence.features[:, column].tolist()}
        found = {int(n.replace(",", "")) for n in re.findall(rf"(\d[\d,]*) {kinds}", told)}
        assert found <= measured
        counts += found
    assert counts


@given(
    proposals=st.lists(st.tuples(st.integers(0, LINES - 1), st.sampled_from(LABELS)), max_size=6)
)
def test_brief_reasons_are_what_stages_said_and_change_no_decision(
    proposals: list[tuple[int, Label]],
) -> None:
    said = [voice(line, line, label) for line, label in proposals]
    full = decided(said)
    [brief] = decide([Heard(page(), said)], builtin_weights(), brief=True)

    assert full.labels.tolist() == brief.labels.tolist()
    assert full.scores.tolist() == brief.scores.tolist()
    for index in range(LINES):
        voices = brief.voices(index)
        from_stages = [each for each in voices if each.rule != "decide.together"]
        assert sorted(label for line, label in proposals if line == index) == sorted(
            each.label for each in from_stages
        )
        assert any(each.label is brief.label(index) for each in voices)


def test_brief_rows_remove_the_same_and_can_be_pickled() -> None:
    text = "\n".join(REAL)
    full, brief = (Pipeline(Settings(reasons=name)).run(text) for name in ("full", "brief"))  # type: ignore[arg-type]

    assert full.text == brief.text
    assert [(r.start, r.end, r.label, r.score) for r in full.removed] == [
        (r.start, r.end, r.label, r.score) for r in brief.removed
    ]
    assert text == brief.restore()
    assert brief.removed == pickle.loads(pickle.dumps(brief)).removed  # noqa: S301  # our own
    measured = {
        each.rule for row in brief.removed for each in row.evidence if each.stage == "decide"
    }
    assert measured <= {"decide.together", "decide.tail"}
