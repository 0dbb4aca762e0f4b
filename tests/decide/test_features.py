from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from cleaner import Label, Page, Pipeline, Proposal
from cleaner.decide.features import COLUMN, FEATURES, GROUPS, STRUCTURAL, features
from cleaner.model import LABELS
from cleaner.rules import builtin_rules
from cleaner.stages import STAGES
from cleaner.text.segment import segment
from tests.laws import REAL, texts
from tests.page.test_structure import page_of

TEXT = "\n".join(REAL)


def page(text: str) -> Page:
    [heard] = Pipeline().hear([segment(text)])
    return heard.page  # type: ignore[union-attr]  # no stage of ours raises


def voice(first: int, last: int, rule: str, weight: float = 0.6) -> Proposal:
    return Proposal(first, last, Label.TICKER, weight, "ticker", rule, "for the sake of it")


def heard(*voices: Proposal) -> np.ndarray:
    """What these voices change in the numbers about four lines."""
    some = page_of("Eins", "Zwei", "Drei", "Vier")
    return features(some, voices) - features(some, ())


def test_names_are_unique() -> None:
    assert len(FEATURES) == len({feature.name for feature in FEATURES}) == len(COLUMN)


def test_every_stage_has_a_group() -> None:
    assert set(STAGES) <= set(GROUPS)


@given(texts())
def test_every_line_has_finite_numbers(text: str) -> None:
    [found] = Pipeline().hear([segment(text)])

    numbers = features(found.page, found.proposals)  # type: ignore[union-attr]

    assert (len(found.page), len(FEATURES)) == numbers.shape  # type: ignore[union-attr]
    assert np.isfinite(numbers).all()


def test_a_page_without_lines_has_no_numbers() -> None:
    assert (0, len(FEATURES)) == features(page(""), ()).shape


@pytest.mark.parametrize("rule", STRUCTURAL)
def test_a_voice_about_the_page_lands_in_its_own_column(rule: str) -> None:
    changed = heard(voice(1, 2, rule))

    assert [(1, COLUMN[rule]), (2, COLUMN[rule])] == list(zip(*np.nonzero(changed), strict=True))


def test_every_voice_of_a_built_in_rule_lands_in_the_column_of_its_label() -> None:
    for rule in builtin_rules().rules:
        said = Proposal(2, 2, rule.label, rule.weight, "any", rule.id, rule.reason)

        changed = heard(said)

        assert [(2, COLUMN[f"rule.{rule.label}"])] == list(zip(*np.nonzero(changed), strict=True))
        assert rule.weight == pytest.approx(changed.max())


@pytest.mark.parametrize("label", LABELS)
def test_an_unknown_rule_lands_in_the_column_of_its_label(label: Label) -> None:
    changed = heard(voice(0, 0, "mine.own")._replace(label=label))

    assert [(0, COLUMN[f"rule.{label}"])] == list(zip(*np.nonzero(changed), strict=True))


@pytest.mark.parametrize("spans", [(1, 1), (0, 3)], ids=["line", "stretch"])
def test_of_several_voices_the_loudest_counts(spans: tuple[int, int]) -> None:
    several = [voice(*spans, "mine.own", weight) for weight in (0.3, 1.0, 0.6)]

    assert 1.0 == heard(*several).max()


@given(texts())
def test_the_order_of_voices_is_irrelevant(text: str) -> None:
    [found] = Pipeline().hear([segment(text)])
    some, proposals = found.page, found.proposals  # type: ignore[union-attr]

    assert np.array_equal(features(some, proposals), features(some, proposals[::-1]))


def test_every_rule_of_a_stage_is_one_the_features_know() -> None:
    known = {*STRUCTURAL, *(rule.id for rule in builtin_rules().rules)}
    some = page(TEXT)

    assert {p.rule for p in Pipeline().proposals(some)} <= known
