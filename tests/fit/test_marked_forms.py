from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from cleaner.fit.forms import share_of
from cleaner.fit.marked_forms import in_plain_markup, marked_forms
from cleaner.gold.marked import MarkedPage
from cleaner.model import ARTICLE, NOISE, Label
from tests.fit import toys

PAGES = list(in_plain_markup(toys.pages(6), random.Random(0)))  # noqa: S311  # no secret
FORMS = list(marked_forms(PAGES, {"fr": ["Le train est parti de la gare.", "Il pleut."]}))


def of(form: str) -> list[MarkedPage]:
    return [page for page in FORMS if form in page.id.partition("~")[2]]


def article(page: MarkedPage) -> Sequence[str]:
    return [line.text for line in page.lines if line.label in ARTICLE]


def test_plain_markup_keeps_lines_and_labels() -> None:
    assert [[(x.text, x.label) for x in page.lines if x.text] for page in toys.pages(6)] == [
        [(x.text.removeprefix("• "), x.label) for x in page.lines] for page in PAGES
    ]
    assert not any(page.missing for page in PAGES)


def test_the_pages_themselves_come_in_order() -> None:
    assert [page.id for page in PAGES] == [page.id for page in FORMS if "~" not in page.id]


@pytest.mark.parametrize("form", ["thinned-0", "thinned-1", "clean"])
def test_less_noise_leaves_the_article_whole(form: str) -> None:
    assert list(map(article, PAGES)) == list(map(article, of(form)))


def test_thinned_pages_have_less_noise() -> None:
    assert sum(len(page.lines) for page in of("thinned-0")) < sum(len(x.lines) for x in PAGES)


def test_clean_pages_have_none() -> None:
    assert not any(line.label in NOISE for page in of("clean") for line in page.lines)


def test_articles_are_wrapped_in_plain_markup_in_every_language() -> None:
    assert {"page-0", "fr"} <= {page.id.partition("~")[0] for page in of("wrapped")}
    assert all(page.document().markup for page in FORMS)


def test_articles_with_foreign_lines_come_in_plain_markup() -> None:
    spam = [{x.text for x in page.lines if x.label is Label.SPAM} for page in of("mixed")]

    assert len(PAGES) == len(spam)
    assert all(spam)


def test_some_pages_come_in_another_script_with_their_own_markup() -> None:
    forms = [
        page
        for seed in range(6)
        for page in marked_forms(PAGES, {}, seed)
        if page.id.endswith("~scripted")
    ]

    assert forms
    for page in forms:
        [own] = [x for x in PAGES if page.id.startswith(x.id)]
        assert [x.label for x in own.lines] == [x.label for x in page.lines]
        assert [x.text for x in own.lines] != [x.text for x in page.lines]
        assert own.document().markup is page.document().markup


def test_every_line_has_its_markup() -> None:
    documents = [page.document() for page in FORMS]

    assert [len(page.lines) for page in FORMS] == [len(d.markup or ()) for d in documents]


def test_the_same_seed_makes_the_same_forms() -> None:
    again = list(marked_forms(PAGES, {"fr": ["Le train est parti de la gare.", "Il pleut."]}))

    assert [page.text for page in FORMS] == [page.text for page in again]


def test_pages_count_more_than_their_forms() -> None:
    assert share_of(PAGES[0].id) > share_of(of("clean")[0].id)
