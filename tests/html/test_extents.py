"""Where elements stand in the text of their page."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.html.flatten import Flat, flatten, flatten_pages
from tests.html.pages import pages

PAGE = """<title>t</title><ul><li>Eins<li><b>Zwei</b> drei</ul><p>vier<br>fünf <a href=x>sechs</a>
</p><p></p>"""


def places(flat: Flat) -> list[tuple[int, int]]:
    assert flat.markup.extents is not None
    return [(start, end) for start, end in flat.markup.extents.tolist()]


def test_extents_bound_what_elements_hold_without_list_marks() -> None:
    flat = flatten(PAGE, extents=True)

    texts = [flat.text[start:end] for start, end in places(flat)]
    assert ["ul", "li", "li", "b", "p", 'a href="x"', "p"] == list(flat.markup.tags[4:])
    assert texts[4:] == [
        "Eins\n• Zwei drei",
        "Eins",
        "Zwei drei",
        "Zwei",
        "vier\nfünf sechs",
        "sechs",
        "",
    ]


def test_nobody_pays_for_them_unasked() -> None:
    assert flatten(PAGE).markup.extents is None


@given(st.lists(pages(), min_size=2, max_size=3))
def test_extents_lie_in_each_other_as_elements_do_whatever_the_batch(markups: list[str]) -> None:
    for markup, flat in zip(markups, flatten_pages(markups, extents=True), strict=True):
        found = places(flat)
        assert found == places(flatten(markup, extents=True))
        for (start, end), parent in zip(found, flat.markup.parents.tolist(), strict=True):
            assert 0 <= start <= end <= len(flat.text)
            assert start == end or found[parent][0] <= start <= end <= found[parent][1]
            assert flat.text[start:end] == flat.text[start:end].strip()
        assert np.array_equal(flat.markup.elements, flatten(markup).markup.elements)
