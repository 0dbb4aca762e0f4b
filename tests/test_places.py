from __future__ import annotations

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.places import Places
from cleaner.structure import runs

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
