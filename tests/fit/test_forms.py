from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.fit.forms import dressed, forms, wrapped
from cleaner.fit.noise import Noise
from cleaner.gold import GoldLine, GoldPage
from cleaner.model import ARTICLE, NOISE, Label
from tests.fit import toys

DATE_RE = re.compile(r"date \d{4}-\d\d(-\d\d)?")
PAGES = toys.pages(8)
FOREIGN = {
    "pl": ["Pociąg przyjechał o ósmej wieczorem.", "Nikt nie wysiadł na nowym dworcu."],
    "ja": ["東京で新しい駅が開業しました。", "多くの人が集まりました。"],
}
SEEDS = range(6)
seeds = st.integers(0, 2**32 - 1)


def made(pages: Sequence[GoldPage] = PAGES, seed: int = 0) -> list[GoldPage]:
    return list(forms(pages, FOREIGN, seed))


def of_form(form: str) -> list[GoldPage]:
    """The pages in one form, from several draws, but for articles that were made up."""
    return [
        page
        for seed in SEEDS
        for page in made(seed=seed)
        if page.id.partition("~")[2].startswith(form)
    ]


def original(page: GoldPage) -> GoldPage:
    [found] = [p for p in PAGES if p.id == page.id.partition("~")[0]]
    return found


def scored(page: GoldPage) -> list[GoldLine]:
    return [line for line in page.lines if line.label and line.text.strip()]


def article(lines: Sequence[GoldLine]) -> list[GoldLine]:
    return [line for line in lines if line.label in ARTICLE]


def letters(lines: Sequence[GoldLine], label: Label) -> str:
    """The letters and digits of all lines of a label, in lower case."""
    return "".join(c for x in lines if x.label is label for c in x.text.casefold() if c.isalnum())


@given(seeds)
def test_the_same_seed_makes_the_same_forms(seed: int) -> None:
    assert made(seed=seed) == made(seed=seed)


@given(seeds)
def test_every_form_has_lines_with_labels(seed: int) -> None:
    assert [] == [page.id for page in made(seed=seed) if not scored(page)]


@given(seeds)
def test_names_of_forms_are_unique(seed: int) -> None:
    names = [page.id for page in made(seed=seed)]

    assert len(set(names)) == len(names)


def test_the_pages_themselves_come_unchanged_and_in_order() -> None:
    assert PAGES == [page for page in made() if "~" not in page.id]


def test_of_pages_with_the_same_id_the_first_is_given_in_other_forms() -> None:
    copy = PAGES[1].model_copy(update={"lines": PAGES[1].lines[:4], "id": PAGES[0].id})

    found = [page for page in made([PAGES[0], copy], seed=1) if page.id.endswith("clean")]

    assert [f"{PAGES[0].id}~clean"] == [page.id for page in found]
    assert article(PAGES[0].lines) == undated(found[0])


def test_a_page_without_labels_is_given_as_it_is_alone() -> None:
    bare = toys.page("bare", ("Ein Satz ohne Urteil.", None), ("", Label.BODY))

    found = [page for seed in SEEDS for page in forms([bare], {}, seed)]

    assert [bare] * len(SEEDS) == found


def undated(page: GoldPage) -> list[GoldLine]:
    """The lines below the date of a crawl dump, where there is one."""
    return list(page.lines[DATE_RE.fullmatch(page.lines[0].text) is not None :])


def test_a_crawl_dumps_date_is_meta() -> None:
    dates = [page.lines[0] for page in made() if DATE_RE.fullmatch(page.lines[0].text)]

    assert dates
    assert {Label.META} == {line.label for line in dates}


def test_a_clean_page_is_its_article() -> None:
    for page in of_form("clean"):
        assert article(original(page).lines) == undated(page)


def test_a_short_page_is_a_beginning_of_its_article() -> None:
    for page in of_form("short"):
        found = undated(page)
        assert article(original(page).lines)[: len(found)] == found


def test_a_wrapped_article_keeps_its_lines_in_order() -> None:
    for page in of_form("wrapped"):
        found = article(page.lines)
        assert found
        assert article(original(page).lines)[: len(found)] == found


def test_a_wrapped_article_stands_in_one_piece() -> None:
    kept = {*ARTICLE, Label.CAPTION, Label.META}
    for page in of_form("wrapped"):
        inside = [line.label in kept for line in undated(page)]
        assert sum(inside) == len(inside) - inside.index(True) - inside[::-1].index(True)


def test_what_an_article_is_wrapped_in_is_noise_of_other_pages() -> None:
    for page in of_form("wrapped"):
        around = [line for line in page.lines if line.label in NOISE]
        own = {line.text for line in original(page).lines if line.label is Label.BODY}
        assert not own & {line.text for line in around}


def test_articles_of_languages_without_pages_are_made_of_their_sentences() -> None:
    for page in made():
        language = page.id.partition("~")[0]
        for line in undated(page) if language in FOREIGN else ():
            known = [s.rstrip(".。") for s in FOREIGN[language]]
            assert line.label in NOISE or any(text in line.text for text in known)


@given(seeds)
def test_another_dress_keeps_labels_and_letters(seed: int) -> None:
    lines = [*scored(PAGES[0]), GoldLine(text="- Ein Punkt", label=Label.TICKER)]

    found = dressed(lines, random.Random(seed))  # noqa: S311  # no secret

    for label in Label:
        assert letters(lines, label) == letters(found, label)


@given(seeds)
def test_another_dress_keeps_the_order_of_labels(seed: int) -> None:
    lines = scored(PAGES[0])

    found = dressed(lines, random.Random(seed))  # noqa: S311  # no secret

    assert runs(lines) == runs(found)


def runs(lines: Sequence[GoldLine]) -> list[Label | None]:
    """The labels, each once where several follow each other."""
    labels = [line.label for line in lines]
    return [x for before, x in zip([None, *labels], labels, strict=False) if x is not before]


@pytest.mark.parametrize("count", [0, 1], ids=["no-noise", "one-page"])
def test_an_article_without_others_around_is_left_alone(count: int) -> None:
    noise = Noise.of(PAGES[:count], {})

    found = wrapped(PAGES[0], noise, random.Random(0))  # noqa: S311  # no secret

    assert article(found) == article(PAGES[0].lines)[: len(article(found))]


def test_no_pages_give_made_articles_only() -> None:
    assert {"ja", "pl"} == {page.id.partition("~")[0] for page in made([])}
    assert [] == list(forms([], {}))


def test_bare_pages_are_the_article_and_its_own_comments_unannounced() -> None:
    for page in of_form("bare"):
        source = scored(original(page))
        comments = [x for x in source if x.label is Label.COMMENT and x.text != "Kommentare"]
        lines = list(page.lines)

        assert article(source) == article(lines)
        assert [x for x in lines if x.label in NOISE]
        assert all(x in comments for x in lines if x.label in NOISE)


def test_a_page_with_fewer_comments_than_two_has_no_bare_form() -> None:
    lines = [x for x in PAGES[0].lines if not x.text.startswith("Endlich!")]
    few = PAGES[0].model_copy(update={"lines": tuple(lines)})

    assert not [page for page in made([few, *PAGES[1:2]]) if page.id.startswith(f"{few.id}~bare")]


def test_a_table_stands_between_two_paragraphs_of_an_article_that_keeps_its_lines() -> None:
    tables = 0
    for page in of_form("tabled"):
        own = [line.text for line in article(scored(original(page)))]
        texts = [line.text for line in page.lines]
        rows = [text for text in texts if text not in own]
        tables += bool(rows)

        assert own == [text for text in texts if text in own]
        assert {Label.TITLE, Label.BODY} >= {line.label for line in page.lines}
        assert not rows or own[0] == texts[0]
        assert texts[-1] == own[-1]
        assert all(any(mark in row for mark in ("|", "\t", "·", ":")) for row in rows)
    assert tables
