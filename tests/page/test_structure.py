from __future__ import annotations

import pickle
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Label, Page, Pipeline, Proposal
from cleaner.measure import measure
from cleaner.measure.places import Places
from cleaner.model import Hit, Structure
from cleaner.page import reading
from cleaner.page.headings import SECTION_LINES, sections
from cleaner.page.headline import _pairs, _stems
from cleaner.page.pages import Pages
from cleaner.page.structure import distances, runs, structures
from cleaner.stages import STAGES
from cleaner.stages.article import MOST_ANNOUNCEMENTS
from cleaner.stages.voices import by_rules
from cleaner.text.segment import segment
from tests.laws import REAL, texts

PARAGRAPH = (
    "Am Abend sagte die Ministerin, man werde den Vertrag mit der Stadt prüfen. Mehr sei noch nicht"
    " bekannt, doch der Rücktritt sei, wie sie erklärte, bis auf Weiteres vom Tisch."
)
COLUMNS = [column.name for column in fields(Structure)][:8]
masks = st.lists(st.booleans(), max_size=30).map(lambda values: np.asarray(values, np.bool_))
every_stage = pytest.mark.parametrize("name", STAGES)


def page_of(*lines: str, hits: tuple[Hit, ...] = ()) -> Page:
    """A page of these lines with these rule hits, and no others."""
    document = segment("\n".join(lines))
    [measured] = measure([document])
    foreign = np.zeros(len(document.lines), np.float32)
    [found] = structures([document], [measured], [hits], [foreign])
    return Page(document, measured, hits, None, foreign, found, foreign)


def structure_of(*lines: str, hits: tuple[Hit, ...] = ()) -> Structure:
    return page_of(*lines, hits=hits).structure


def hit(line: int, label: Label, weight: float = 0.6, *, opens: bool = False) -> Hit:
    return Hit(line, f"{label}.rule", label, weight, "for the sake of it", opens)


def test_the_structure_of_a_page_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Structure] = []

    def counting(*about: object) -> list[Structure]:
        several = structures(*about)  # type: ignore[arg-type]
        found.extend(several)
        return several

    monkeypatch.setattr(reading, "structures", counting)
    list(Pipeline().map(["\n".join(REAL), PARAGRAPH]))

    assert 2 == len(found)


@every_stage
@given(text=texts())
def test_a_stage_needs_nothing_but_the_page(name: str, text: str) -> None:
    [page] = Pipeline().pages([segment(text)])
    expected = list(STAGES[name](page))
    alone = pickle.loads(pickle.dumps(page))  # noqa: S301  # our own bytes

    assert expected == list(STAGES[name](alone)) == list(STAGES[name](page))


@given(texts())
def test_a_column_has_a_row_a_line(text: str) -> None:
    found = structure_of(text)

    assert {len(segment(text).lines)} == {len(getattr(found, name)) for name in COLUMNS}


@pytest.mark.parametrize("name", COLUMNS)
def test_no_stage_can_write_to_a_column(name: str) -> None:
    with pytest.raises(ValueError, match="read-only"):
        getattr(structure_of(PARAGRAPH), name)[0] = 1


def test_an_empty_page_has_a_structure() -> None:
    found = structure_of()

    assert (None, None, None, None, ()) == (
        found.core,
        found.first_paragraph,
        found.comments_heading,
        found.headline,
        found.headlines,
    )


@given(masks)
def test_runs_cover_what_is_true_and_nothing_else(mask: np.ndarray) -> None:
    covered = [i for first, last in runs(mask) for i in range(first, last + 1)]

    assert np.flatnonzero(mask).tolist() == covered


@given(masks)
def test_runs_do_not_touch(mask: np.ndarray) -> None:
    found = list(runs(mask))

    assert all(last + 1 < first for (_, last), (first, _) in pairwise(found))


@given(masks)
def test_distances_are_those_to_the_nearest(mask: np.ndarray) -> None:
    places = np.flatnonzero(mask).tolist()
    up = [min((i - p for p in places if p <= i), default=np.inf) for i in range(len(mask))]
    down = [min((p - i for p in places if p >= i), default=np.inf) for i in range(len(mask))]

    whole = Places.of([len(mask)])
    assert [up, down] == [side.tolist() for side in distances(mask, whole)]


@pytest.mark.parametrize(
    ("label", "weight", "expected"),
    [
        (Label.SPAM, 0.6, (True, False)),
        (Label.META, 0.6, (True, True)),
        (Label.CAPTION, 0.6, (False, True)),
        (Label.SPAM, 0.3, (False, True)),
    ],
    ids=["noise", "meta", "caption", "soft-noise"],
)
def test_a_loud_phrase_is_known(label: Label, weight: float, expected: tuple[bool, bool]) -> None:
    found = structure_of(PARAGRAPH, hits=(hit(0, label, weight),))

    assert expected == (found.known[0], found.paragraph[0])


def test_the_core_is_the_stretch_of_paragraphs() -> None:
    found = structure_of("Menü", "Suche", PARAGRAPH, "Kurz", PARAGRAPH, "Impressum")

    assert ((2, 4), 2) == (found.core, found.first_paragraph)


def test_the_core_ends_where_comments_are_announced() -> None:
    hits = (hit(2, Label.COMMENT, opens=True), *(hit(i, Label.COMMENT) for i in (3, 5)))

    found = structure_of(
        *(PARAGRAPH,) * 2, "Kommentare", "anna sagt:", PARAGRAPH, "otto sagt:", hits=hits
    )

    assert (2, (0, 1)) == (found.comments_heading, found.core)


def test_the_headline_shares_words_with_the_article() -> None:
    title = "Ministerin prüft Vertrag mit der Stadt"

    found = structure_of("Wetter in Ihrer Nähe", title, "Zur Startseite", PARAGRAPH)

    assert found.headline
    assert [0, 1, 2] == [candidate.line for candidate in found.headlines]
    assert (1, 3) == (found.headline.line, found.headline.shared)


@given(st.text("abcdeéfgßжґªµ×÷ſɏ\u0301\u0483²1-–„€ ", max_size=60))
def test_the_cheaper_engine_finds_the_same_stems(text: str) -> None:
    beyond = " Ω"  # no word, and not what the cheaper engine is asked about

    assert _stems(text) == _stems(text + beyond)
    assert _pairs(text) == _pairs(text + beyond)


def section_of(page: Page) -> range:
    """The section below the first heading of tickers."""
    found, _ = next(sections(Pages.of([page]), Label.TICKER))
    return found


def test_a_section_ends_at_running_text() -> None:
    page = page_of("Mehr zum Thema", "Eins", "Zwei", PARAGRAPH, hits=(HEADING,))

    assert range(1, 2) == section_of(page)  # the article's headline is not in it


HEADING = hit(0, Label.TICKER, opens=True)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (["Eins", "Zwei"], range(1, 3)),
        (["- Eins", "- Zwei", "Drei"], range(1, 3)),
        (["Eins"] * 99, range(1, 1 + SECTION_LINES)),
        ([], range(1, 1)),
    ],
    ids=["to-the-end", "bullets", "long", "nothing"],
)
def test_a_section_is_what_follows_its_heading(below: list[str], expected: range) -> None:
    assert expected == section_of(page_of("Meistgelesen", *below, hits=(HEADING,)))


def test_a_section_ends_at_a_heading_of_another_kind() -> None:
    hits = (HEADING, hit(2, Label.TICKER, opens=True), hit(3, Label.SPAM, opens=True))

    page = page_of("Meistgelesen", "Eins", "Zwei", "Drei", "Vier", hits=hits)

    assert range(1, 3) == section_of(page)


def test_a_single_word_between_paragraphs_is_no_sure_menu_entry() -> None:
    hits = (hit(1, Label.BOILERPLATE, 0.6), hit(3, Label.BOILERPLATE, 0.9))

    page = page_of(PARAGRAPH, "Newsletter", PARAGRAPH, "Impressum", PARAGRAPH, hits=hits)

    assert [0.35, 0.9] == [
        voice.weight for voice in by_rules("boilerplate", Pages.of([page]), Label.BOILERPLATE)
    ]


def test_a_list_is_announced_a_few_times_at_most() -> None:
    openings = ["Programm im Rathaus, Saal eins und Saal zwei:"] * (MOST_ANNOUNCEMENTS + 2)

    page = page_of(*[PARAGRAPH] * 5, *openings, *[PARAGRAPH] * 5)
    spoken = [voice for voice in STAGES["article"](page) if voice.rule == "article.announced"]

    assert MOST_ANNOUNCEMENTS == len(spoken)


def test_a_label_hashes_like_the_string_it_equals() -> None:
    assert hash("body") == hash(Label.BODY)


def test_proposals_sort_by_line() -> None:
    first = Proposal(0, 0, Label.SPAM, 0.3, "a", "a.b", "c")

    assert [first, first._replace(first=1, last=1)] == sorted(
        [first._replace(first=1, last=1), first]
    )
