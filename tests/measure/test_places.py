from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.measure.places import Places, end_to_end, follow_each_other
from cleaner.page.structure import runs

masks = st.lists(st.lists(st.booleans(), max_size=12), min_size=1, max_size=5)


@given(masks)
def test_runs_of_pages_laid_end_to_end_are_those_of_each(pages: list[list[bool]]) -> None:
    places = Places.of(list(map(len, pages)))
    expected = [
        (start + first, start + last)
        for start, page in zip(places.starts.tolist(), pages, strict=True)
        for first, last in runs(np.asarray(page, np.bool_))
    ]

    first, last = places.runs(np.asarray([*chain.from_iterable(pages)], np.bool_))

    assert expected == list(zip(first.tolist(), last.tolist(), strict=True))


@given(masks)
def test_sums_do_not_reach_across_pages(pages: list[list[bool]]) -> None:
    places, values = (
        Places.of(list(map(len, pages))),
        np.asarray([*chain.from_iterable(pages)], np.bool_),
    )

    assert [sum(page[:i]) for page in pages for i in range(len(page))] == list(
        places.before(values)
    )
    assert [sum(page) for page in pages for _ in page] == list(places.whole(values))


def test_rows_are_those_of_each_page_an_empty_one_too() -> None:
    found = Places.of([2, 0, 1])

    assert [slice(0, 2), slice(2, 2), slice(2, 3)] == list(found.rows())
    assert [0, 1, 0] == found.at.tolist()
    assert [2, 2, 1] == found.lines.tolist()


def columns_of(*lengths: int) -> list[np.ndarray]:
    """Stretches of one column."""
    whole = np.arange(sum(lengths))
    return np.split(whole, np.cumsum(lengths)[:-1])


def test_what_is_all_of_one_column_is_not_copied() -> None:
    columns = columns_of(2, 0, 3)

    found = end_to_end(columns, in_order=follow_each_other(columns))

    assert found is columns[0].base


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([0, 1, 2], [0, 1, 2, 3, 4, 5]),
        ([1, 0, 2], [2, 3, 4, 0, 1, 5]),
        ([1, 2], [2, 3, 4, 5]),
        ([0, 0, 1], [0, 1, 0, 1, 2, 3, 4]),
        ([2], [5]),
    ],
    ids=["all", "in-another-order", "without-the-first", "twice", "one"],
)
def test_columns_end_to_end_have_the_rows_of_each_in_order(
    order: list[int], expected: list[int]
) -> None:
    parts = columns_of(2, 3, 1)
    columns = [parts[i] for i in order]

    found = end_to_end(columns, in_order=follow_each_other(columns))

    assert expected == found.tolist()


def test_columns_of_another_kind_follow_as_they_were_put() -> None:
    columns, others = columns_of(2, 3), [np.asarray([7.5, 8.5]), np.asarray([9.5])]

    found = end_to_end(others, in_order=follow_each_other(columns))

    assert [7.5, 8.5, 9.5] == found.tolist()
