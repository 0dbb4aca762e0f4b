from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Label, Page, Pipeline, Proposal, Settings
from cleaner.errors import SettingsError
from cleaner.evaluate import GoldPage, assign_folds, cross_validate, score
from cleaner.evaluate.folds import groups_of, page_key, site_of

QUIET = Pipeline(Settings(max_removed_share=1), stages={})


def page(name: str, url: str | None = None, text: str = "Ja") -> GoldPage:
    lines = [{"text": text, "label": "body"}]
    return GoldPage.model_validate({"id": name, "url": url, "lines": lines})


class Remembering:
    """A trainer that fits nothing, and remembers which pages it saw and hid from."""

    def __init__(self) -> None:
        self.seen: list[Sequence[GoldPage]] = []

    def __call__(self, pages: Sequence[GoldPage]) -> Pipeline:
        self.seen.append(pages)
        return QUIET


def names(pages: Iterable[GoldPage]) -> set[str]:
    return {each.id for each in pages}


TEN = [page(f"{i}") for i in range(10)]


def test_each_page_is_judged_once_in_its_own_order() -> None:
    [judged] = cross_validate([TEN], Remembering(), 3)

    assert TEN == [each.page for each in judged]
    assert Counter({Label.BODY: 10}) == score(judged).lines


def test_training_sees_all_but_one_fold() -> None:
    train = Remembering()
    cross_validate([TEN], train, 5)

    assert [8] * 5 == [len(pages) for pages in train.seen]
    assert [2] * 5 == [len(names(TEN) - names(pages)) for pages in train.seen]
    assert Counter(dict.fromkeys(names(TEN), 4)) == Counter(
        each.id for pages in train.seen for each in pages
    )


def test_a_page_is_judged_by_the_pipeline_that_did_not_see_it() -> None:
    """The pipeline labels as noise what it saw, so that everything kept was unseen."""

    def train(pages: Sequence[GoldPage]) -> Pipeline:
        seen = {each.lines[0].text for each in pages}

        def propose(shown: Page) -> Iterable[Proposal]:
            text = shown.document.content(0)
            label = Label.SPAM if text in seen else Label.BODY
            yield Proposal(0, 0, label, 1.0, "seen", "seen.text", "was learnt from")

        return Pipeline(Settings(max_removed_share=1), stages={"seen": propose})

    pages = [page(f"{i}", text=f"Zeile {i}") for i in range(6)]

    [judged] = cross_validate([pages], train, 3)

    assert 0 == score(judged).total.lost


def test_forms_of_a_page_share_a_fold_across_files() -> None:
    whole = [page(f"{i}") for i in range(7)]
    extracted = [page(f"{i}", text="Ja doch") for i in range(1, 6)]
    wrapped = [page(f"{i}#wrapped") for i in range(7)]
    train = Remembering()

    judged = cross_validate([whole, extracted, wrapped], train, 4)

    assert [7, 5, 7] == [len(file) for file in judged]
    for pages in train.seen:
        held = names([*whole, *extracted, *wrapped]) - names(pages)
        assert {page_key(name) for name in held}.isdisjoint(page_key(each.id) for each in pages)
        assert len(held) == 2 * len({page_key(name) for name in held})


def test_pages_of_a_site_share_a_fold() -> None:
    pages = [page(f"{i}", f"https://{'www.' * (i % 2)}site{i % 4}.example/{i}") for i in range(12)]

    folds = assign_folds(pages, 4, by_site=True)

    assert [folds[i % 4] for i in range(12)] == folds
    assert 4 == len(set(folds))


def test_a_page_whose_form_lacks_the_address_goes_with_its_site() -> None:
    pages = [page("a", "http://one.example/"), page("b", "http://one.example/"), page("b")]

    assert 1 == len(set(groups_of(pages, by_site=True)))


@pytest.mark.parametrize("by_site", [False, True], ids=["page", "site"])
def test_folds_depend_on_neither_order_nor_file(by_site: bool) -> None:  # noqa: FBT001  # a case
    folds = assign_folds(TEN, 3, by_site=by_site)

    assert folds[::-1] == assign_folds(TEN[::-1], 3, by_site=by_site)
    assert folds == assign_folds(TEN + TEN, 3, by_site=by_site)[:10]


def test_folds_are_those_of_yesterday() -> None:
    assert [1, 0, 0, 2, 1, 0, 2, 0, 1, 2] == assign_folds(TEN, 3)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("4f89", "4f89", True),
        ("4f89", "4f89#wrapped", True),
        ("4f89#wrapped", "4f89~2", True),
        ("4f89", "4f89-extracted", True),
        ("4f89", "4f89.html", True),
        ("4f89", "4f8", False),
        ("4f89-a", "4f89-b", False),
        ("#1", "#2", False),
    ],
)
def test_forms_of_one_page_are_told_by_the_id(one: str, two: str, *, same: bool) -> None:
    groups = groups_of([page(one), page(two)])

    assert same == (groups[0] == groups[1])


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.com/a", "example.com"),
        ("http://Example.COM:8080", "example.com"),
        ("https://de.example.com/", "de.example.com"),
        ("//example.com/a", "example.com"),
        ("example.com/a", None),
        ("", None),
        (None, None),
        ("http://[", None),
    ],
)
def test_a_site_is_the_host(url: str | None, site: str | None) -> None:
    assert site == site_of(page("a", url))


@pytest.mark.parametrize(("by_site", "what"), [(False, "pages"), (True, "sites")])
def test_fewer_groups_than_folds_are_refused(by_site: bool, what: str) -> None:  # noqa: FBT001  # a case
    with pytest.raises(SettingsError, match=f"11 folds of 10 {what}: take fewer folds"):
        assign_folds(TEN, 11, by_site=by_site)


PAGES = st.lists(
    st.builds(
        page,
        st.text("ab#-~", min_size=1, max_size=4),
        st.sampled_from([None, "http://x/", "http://www.x/", "http://y/", "http://z/1"]),
    ),
    min_size=2,
    max_size=12,
)


@given(PAGES, st.booleans())
def test_no_key_is_on_both_sides(pages: list[GoldPage], by_site: bool) -> None:  # noqa: FBT001  # drawn
    folds = min(3, len(set(groups_of(pages, by_site=by_site))))

    own = assign_folds(pages, folds, by_site=by_site)

    for fold in range(folds):
        held = [each for each, number in zip(pages, own, strict=True) if number == fold]
        rest = [each for each, number in zip(pages, own, strict=True) if number != fold]
        assert held
        assert {page_key(x.id) for x in held}.isdisjoint(page_key(x.id) for x in rest)
        if by_site:
            assert {site_of(x) for x in held}.isdisjoint(site_of(x) for x in rest if x.url)
