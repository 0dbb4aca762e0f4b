from __future__ import annotations

import json

from cleaner import Pipeline
from cleaner.decide.weights import builtin_weights
from cleaner.fit.trial import derived, scores_of
from cleaner.gold import GoldPage
from cleaner.model import ARTICLE, Label
from tests.fit import toys

PAGES = toys.pages(30)


def texts(page: GoldPage, *, of_article: bool) -> list[str]:
    return [x.text for x in page.lines if x.label and (x.label in ARTICLE) == of_article]


def test_a_clean_page_is_its_article() -> None:
    clean = derived(PAGES)["clean"]

    assert [page.id for page in PAGES] == [page.id for page in clean]
    assert [texts(page, of_article=True) for page in PAGES] == [
        [line.text for line in page.lines] for page in clean
    ]


def test_wrapped_articles_are_whole_and_stand_amid_noise() -> None:
    wrapped = derived(PAGES)["wrapped"]

    assert [texts(page, of_article=True) for page in PAGES] == [
        texts(page, of_article=True) for page in wrapped
    ]
    assert all(texts(page, of_article=False) for page in wrapped)


def test_some_wrapped_articles_are_short() -> None:
    lengths = [len(texts(page, of_article=True)) for page in PAGES]
    short = [len(texts(page, of_article=True)) for page in derived(PAGES)["wrapped_short"]]

    cut = sum(one < whole for one, whole in zip(short, lengths, strict=True))

    assert 0 < cut < len(PAGES)


def test_a_page_with_little_article_is_not_wrapped() -> None:
    little = toys.page("little", ("Kurz.", Label.BODY), ("Impressum", Label.BOILERPLATE))

    forms = derived([*PAGES, little])

    assert "little" not in {page.id for page in forms["wrapped"]}
    assert "little" in {page.id for page in forms["clean"]}


def test_noise_comes_from_the_same_pages_only() -> None:
    known = {line.text for page in PAGES for line in page.lines}

    added = {x.text for page in derived(PAGES)["wrapped"] for x in page.lines} - known

    # What is left are dates, marks, and headlines behind marks.
    assert all(x.startswith("date ") or x.lstrip("-–* ") in {"", *known} for x in added)


def test_scores_are_told_form_by_form(pipeline: Pipeline) -> None:
    extracted = [page.model_copy(update={"lines": page.lines[5:12]}) for page in PAGES]

    found = scores_of(builtin_weights(), pipeline, [*PAGES, *extracted])

    forms = ["pages", "other_rows", "wrapped", "wrapped_short", "clean"]
    assert ["note", *forms] == list(found)
    assert found == json.loads(json.dumps(found))
    for form in forms:
        scores = found[form]
        assert isinstance(scores, dict)
        assert len(PAGES) == scores["pages"]
        assert 0.3 < scores["micro"] <= 1


def test_forms_that_are_not_given_are_not_told(pipeline: Pipeline) -> None:
    assert "other_rows" not in scores_of(builtin_weights(), pipeline, PAGES)
