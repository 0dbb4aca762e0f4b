from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import groupby

import pytest

from cleaner.evaluate.mixed import BLOCK_LINES, RUN_LINES
from cleaner.fit.foreign_forms import (
    QUOTATIONS,
    in_two_languages,
    with_foreign,
    with_quotations,
)
from cleaner.gold import GoldLine
from cleaner.model import ARTICLE, Label

ARTICLE_LINES = [
    GoldLine(text="Der Bahnhof öffnet", label=Label.TITLE),
    *(GoldLine(text=f"Absatz {n} steht hier.", label=Label.BODY) for n in range(8)),
]
TEXTS: dict[str | None, Sequence[str]] = {
    "de": [f"Eigene Schlagzeile {n}" for n in range(30)],
    "pl": [f"Pociąg {n} przyjechał" for n in range(30)],
    "ja": [f"新しい駅 {n}" for n in range(30)],
}
SEEDS = range(30)
FORMS = (with_foreign, with_quotations, in_two_languages)
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)


def drawing(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # no secret, and the same each time


def is_own(line: GoldLine) -> bool:
    return line in ARTICLE_LINES


def spam_runs(lines: Sequence[GoldLine]) -> list[int]:
    return [len(list(run)) for spam, run in groupby(lines, lambda x: x.label is Label.SPAM) if spam]


def drawn(seed: int) -> list[GoldLine]:
    return with_foreign(ARTICLE_LINES, TEXTS, "de", drawing(seed))


@every_form
@pytest.mark.parametrize("seed", SEEDS)
def test_the_article_stays_whole_and_in_order(form: object, seed: int) -> None:
    found = form(ARTICLE_LINES, TEXTS, "de", drawing(seed))  # type: ignore[operator]

    assert ARTICLE_LINES == [line for line in found if is_own(line)]
    assert len(found) > len(ARTICLE_LINES)


@every_form
def test_without_other_languages_there_is_nothing_to_add(form: object) -> None:
    alone = {"de": TEXTS["de"], "fr": []}

    assert ARTICLE_LINES == form(ARTICLE_LINES, alone, "de", drawing(0))  # type: ignore[operator]


@pytest.mark.parametrize("seed", SEEDS)
def test_foreign_lines_stand_in_runs_and_blocks(seed: int) -> None:
    lengths = spam_runs(drawn(seed))

    assert lengths
    assert all(RUN_LINES[0] <= n <= 2 * BLOCK_LINES[1] + RUN_LINES[1] for n in lengths)


def test_some_runs_stand_inside_and_some_blocks_at_either_end() -> None:
    ends = {(is_own(page[0]), is_own(page[-1])) for page in map(drawn, SEEDS)}

    assert {(True, True), (True, False), (False, True)} <= ends


@pytest.mark.parametrize("seed", SEEDS)
def test_quotations_are_lone_lines_of_the_article(seed: int) -> None:
    found = with_quotations(ARTICLE_LINES, TEXTS, "de", drawing(seed))
    runs = [len(list(run)) for own, run in groupby(found, is_own) if not own]

    assert all(line.label in ARTICLE for line in found)
    assert {1} == set(runs)
    assert len(runs) <= QUOTATIONS[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_all_of_a_page_in_two_languages_is_article(seed: int) -> None:
    found = in_two_languages(ARTICLE_LINES, TEXTS, "de", drawing(seed))

    assert all(line.label in ARTICLE for line in found)
