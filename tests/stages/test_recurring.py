from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from cleaner import Label, Page, Pipeline, Proposal
from cleaner.decide.strength import strength
from cleaner.recurrence import Recurrence
from cleaner.stages import STAGES
from cleaner.stages.recurring import weight_of
from cleaner.text.segment import segment

TITLE = "Der neue Bahnhof öffnet im Mai"
TEXT = (
    "Der Zug kam um acht Uhr an, und niemand stieg aus, obwohl der Bahnhof seit Tagen offen war.",
    "Am Abend sagte die Ministerin, man werde den Vertrag prüfen. Mehr sei noch nicht bekannt.",
    "Die Stadt hatte den Bau vor neun Jahren beschlossen und seither dreimal teurer gerechnet.",
    "Wer nach Norden will, steigt künftig eine Treppe weniger und wartet vier Minuten länger.",
)
MENU = ("Rathaus", "Vereine", "Wetter")
BOX = (
    "Der Talbrief",
    "Jeden Morgen schreiben wir Ihnen, was im Tal wichtig wird, und zwar ganz ohne Kosten.",
)
FOOTER = ("Über den Verlag", "Kontakt")
LINES = (*MENU, TITLE, *TEXT[:2], *BOX, *TEXT[2:], *FOOTER)


def page(lines: Sequence[str], on: dict[str, int], pages: int = 430, sites: int = 1) -> Page:
    """A page whose lines stand on so many pages of their site; the others on this one only."""
    [found] = Pipeline().pages([segment("\n".join(lines))])
    assert isinstance(found, Page)
    counts = np.asarray([on.get(line, 1) for line in lines])
    return replace(
        found, recurrence=Recurrence("of example.org", pages, counts, np.full(len(lines), sites))
    )


def accused(found: Page) -> dict[str, Proposal]:
    """What is said of which lines."""
    said = [voice for voice in STAGES["repeats"](found) if voice.rule == "repeats.site"]
    return {found.document.content(voice.first): voice for voice in sorted(said)}


def on_all(lines: Sequence[str], pages: int = 430) -> dict[str, int]:
    return dict.fromkeys(lines, pages)


def test_a_reason_says_on_how_many_pages_of_which_site_a_line_stands() -> None:
    said = accused(page(LINES, on_all(MENU, 412)))

    assert list(MENU) == list(said)
    assert {"stands on 412 of 430 pages of example.org"} == {
        voice.reason for voice in said.values()
    }


def test_what_a_site_prints_on_every_page_is_its_own_also_amid_the_article() -> None:
    said = accused(page(LINES, on_all([*MENU, *BOX, *FOOTER])))

    assert [*MENU, *BOX, *FOOTER] == list(said)
    assert {Label.BOILERPLATE} == {voice.label for voice in said.values()}


def test_nothing_is_said_where_nothing_was_counted() -> None:
    assert {} == accused(replace(page(LINES, on_all(MENU)), recurrence=None))


def test_the_more_pages_have_a_line_the_surer_it_is_the_sites() -> None:
    weights = [
        accused(page(LINES, on_all(FOOTER, on), pages))[FOOTER[0]].weight
        for on, pages in ((2, 430), (5, 430), (5, 5), (50, 430), (50, 50), (430, 430))
    ]

    assert sorted(set(weights)) == weights


def test_counts_never_decide_by_themselves() -> None:
    said = accused(page(LINES, on_all(MENU, 10**9), 10**9))

    assert 0.8 < said[MENU[0]].weight < 0.9


@pytest.mark.parametrize("odds", [0.0, 1.0, 3.5, 6.5])
def test_a_weight_adds_the_odds_it_was_made_of(odds: float) -> None:
    assert odds == pytest.approx(strength(float(weight_of(np.asarray(odds)))))


def test_headlines_of_others_are_tickers() -> None:
    teasers = ["Vier Tore in zwölf Minuten", "Warum der Markt umziehen muss"]

    said = accused(page([*LINES, *teasers], on_all(teasers, 30)))

    assert dict.fromkeys(teasers, Label.TICKER) == {x: voice.label for x, voice in said.items()}


@pytest.mark.parametrize("on", [30, 430], ids=["some-pages", "every-page"])
def test_the_headline_and_the_lead_are_spared_though_teasers_repeat_them(on: int) -> None:
    assert {} == accused(page(LINES, on_all([TITLE, TEXT[0]], on)))


def test_the_last_of_a_list_of_headlines_may_be_the_pages_own() -> None:
    teasers = ["Freibad bleibt bis Juni zu", "Streit um neue Windräder"]
    notes = ["Zug um acht Uhr", *(f"Tabelle {letter}" for letter in "abcdefgh")]

    said = accused(page([*teasers, TITLE, *notes, *TEXT], on_all([*teasers, TITLE], 30)))

    assert teasers == list(said)


def test_a_standing_heading_between_paragraphs_is_spared() -> None:
    lines = (TITLE, *TEXT[:2], "Zutaten", *TEXT[2:])

    assert {} == accused(page(lines, on_all(["Zutaten"])))


def test_lists_of_an_article_are_spared_though_their_lines_recur() -> None:
    items = ["Salz und Pfeffer", "2 Eier", "Mehl"]

    assert {} == accused(page((TITLE, *TEXT[:2], *items, *TEXT[2:]), on_all(items, 200)))


def test_an_article_that_the_crawl_has_more_than_once_is_spared() -> None:
    said = accused(page((*MENU, TITLE, *TEXT, *FOOTER), {**on_all(TEXT, 40), **on_all(MENU)}))

    assert list(MENU) == list(said)


def test_bylines_and_dates_are_left_to_others() -> None:
    lines = (TITLE, "Von Anna Schmidt", "12. März 2021", *TEXT)

    assert {} == accused(page(lines, on_all(lines[1:3], 120)))


NOTICE = "Alle Angaben in diesem Text wurden vor dem Druck von zwei Menschen im Haus geprüft."


@pytest.mark.parametrize(("sites", "expected"), [(1, [NOTICE]), (2, [])], ids=["own", "agency"])
def test_what_other_sites_have_too_is_of_an_agency(sites: int, expected: list[str]) -> None:
    lines = (TITLE, *TEXT, *("Kurz" for _ in range(9)), NOTICE)

    assert expected == list(accused(page(lines, {NOTICE: 20}, sites=sites)))


def test_notices_that_many_sites_print_on_every_page_are_no_agencys() -> None:
    lines = (TITLE, *TEXT, *("Kurz" for _ in range(9)), NOTICE)

    assert [NOTICE] == list(accused(page(lines, on_all([NOTICE]), sites=50)))
