from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from cleaner import Pipeline
from cleaner.errors import SourceError
from cleaner.evaluate.foreign import ALL, Mixed, OnlyForeign, judge_articles, judge_mixed
from cleaner.evaluate.foreign_lines import Line, Rate, Rates, by_length, by_page, by_pair
from cleaner.evaluate.language_tables import language_tables
from cleaner.evaluate.languages import Languages, language_summary, measure_languages
from cleaner.evaluate.mixed import BLOCK_LINES, FORMS, RUN_LINES, mixed_articles
from cleaner.gold import GoldLine, GoldPage
from cleaner.model import Label
from tests.languages.test_language_lines import PARAGRAPHS

SENTENCES: Mapping[str, Sequence[str]] = {
    "de": [f"Der Zug aus {town} kam am Abend um acht Uhr an." for town in ("Ulm", "Jena", "Bonn")],
    "ru": [f"Вечерний поезд из города {town} прибыл." for town in ("Омска", "Перми", "Читы")] * 5,
    "nb": [
        f"Det siste toget fra {town} kom ikke før klokken åtte om kvelden."
        for town in ("Oslo", "Bodø", "Voss")
    ],
}
PAGE = GoldPage(
    id="4f89",
    lang="de",
    lines=(
        GoldLine(text="Der alte Bahnhof öffnet wieder", label=Label.TITLE),
        *(GoldLine(text=text, label=Label.BODY) for text in PARAGRAPHS["de"].split(". ") * 3),
        GoldLine(text="Mehr zum Thema", label=Label.BOILERPLATE),
    ),
)


def mixed() -> dict[str, GoldPage]:
    return {page.id: page for page in mixed_articles([PAGE], SENTENCES)}


def test_an_article_is_mixed_in_every_form() -> None:
    assert [f"4f89~{form}" for form in FORMS] == list(mixed())


@pytest.mark.parametrize("form", FORMS)
def test_a_mixed_article_is_whole_and_without_its_own_noise(form: str) -> None:
    article = [line for line in mixed()[f"4f89~{form}"].lines if line.label is not Label.SPAM]

    assert list(PAGE.lines[:-1]) == article


def test_runs_stand_between_lines_of_the_article() -> None:
    labels = [line.label is Label.SPAM for line in mixed()["4f89~runs"].lines]

    assert [False, False] == [labels[0], labels[-1]]
    assert RUN_LINES[0] <= sum(labels)


def test_a_block_stands_below_the_article() -> None:
    labels = [line.label is Label.SPAM for line in mixed()["4f89~block"].lines]

    assert labels == sorted(labels)
    assert BLOCK_LINES[0] <= sum(labels) <= BLOCK_LINES[1]


def test_pages_in_other_languages_or_without_an_article_are_not_mixed() -> None:
    short = PAGE.model_copy(update={"lines": PAGE.lines[:3]})
    czech = PAGE.model_copy(update={"lang": "cs"})

    assert [] == list(mixed_articles([short, czech], SENTENCES))


def test_foreign_lines_are_counted_by_form_and_language() -> None:
    found = judge_mixed([PAGE], SENTENCES, Pipeline())

    assert {ALL, *FORMS, "de"} == set(found)
    assert found[ALL] == found["de"]
    assert found[ALL] == found["runs"] + found["block"] + found["both"]
    assert 0 < found["block"].as_spam <= found["block"].removed <= found["block"].foreign
    assert 0 == found["block"].lost_alone


def test_counts_add_up() -> None:
    assert Mixed(articles=2, lost=3) == Mixed(articles=1, lost=1) + Mixed(articles=1, lost=2)


def test_what_goes_for_its_language_alone_is_counted() -> None:
    lines = [GoldLine(text=text, label=Label.BODY) for text in SENTENCES["ru"][:6]]
    page = PAGE.model_copy(update={"lines": (*PAGE.lines, *lines)})
    letters = sum(sum(map(str.isalnum, line.text)) for line in lines)

    found = judge_articles([page], Pipeline())

    assert (letters, 6) == (found["de"].removed, found["de"].lines)
    assert OnlyForeign(found["de"].article) == judge_articles([PAGE], Pipeline())[
        "de"
    ] + OnlyForeign(letters)


HOME, FALSE_ALARM = Line("de", "de", 30, told=False), Line("de", "de", 50, told=True)
FOUND, MISSED = Line("de", "fr", 30, told=True), Line("en", "fr", 90, told=False)
LINES = [HOME, FALSE_ALARM, FOUND, MISSED]


def test_rates_are_told_by_length_page_and_pair() -> None:
    assert Rates(Rate(1, 0), Rate(1, 0)) == by_length(LINES)["25 to 39"]
    assert Rates(Rate(2, 1), Rate(1, 0)) == by_page(LINES)["de"]
    assert {
        ("de", "de"): Rate(2, 1),
        ("de", "fr"): Rate(1, 0),
        ("en", "fr"): Rate(1, 1),
    } == by_pair(LINES)


def test_a_line_in_a_twin_of_the_pages_language_is_at_home() -> None:
    assert Line("da", "no", 30, told=False).is_home


def ticking() -> float:
    return next(TICKS)


TICKS = iter(np.arange(0.0, 100.0, 0.5).tolist())


@pytest.fixture(scope="module")
def measured() -> Languages:
    return measure_languages([PAGE], SENTENCES, Pipeline(), clock=ticking)


def test_the_engine_names_languages_and_is_timed(measured: Languages) -> None:
    assert {("de", "de"): 3, ("no", "no"): 3, ("ru", "ru"): 15} == measured.named
    assert 0.5e6 / 21 == pytest.approx(measured.micros)


def test_lone_lines_are_tried_on_pages_of_every_language(measured: Languages) -> None:
    assert {"de", "no", "ru"} == set(measured.pages)
    assert Rates(Rate(0, 0), Rate(18, 0)) == measured.pages["de"]


def test_a_summary_has_shares(measured: Languages) -> None:
    summary = language_summary(replace(measured, lengths=by_length(LINES)))

    assert summary["by_length"]["25 to 39"] == {  # type: ignore[index]
        "lines": 1,
        "false_alarms": 0.0,
        "foreign_lines": 1,
        "misses": 0.0,
    }
    assert summary["mixed"].keys() == {ALL, *FORMS, "de"}  # type: ignore[attr-defined]


def test_tables_name_the_pairs_that_go_wrong(measured: Languages) -> None:
    console = Console(file=io.StringIO(), width=200)
    console.print(language_tables(replace(measured, pairs=by_pair(LINES))))

    assert isinstance(console.file, io.StringIO)
    rows = [line.split() for line in console.file.getvalue().splitlines()]
    assert ["en", "fr", "1", "100.00%"] in rows


def test_one_language_is_too_few() -> None:
    with pytest.raises(SourceError, match="1 languages are too few"):
        measure_languages([PAGE], {"de": SENTENCES["de"]}, Pipeline())
