from __future__ import annotations

import math

import pytest

from cleaner.decide.inputs import HTML, TEXT
from cleaner.decide.markup_phrases import markup_fact
from cleaner.markup import FAR, ITSELF, WITHIN_2

OF_MARKUP = HTML.names[len(TEXT.names) :]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("near.share", FAR, "an element farther around it is named for sharing"),
        ("near.share", WITHIN_2, "an element close by around it is named for sharing"),
        ("near.share", ITSELF, "its element is named for sharing"),
        ("near.share", 0, ""),
        ("near.in_nav", FAR, "in <nav>"),
        ("block.heading_2", 1, "a heading of level 2"),
        ("block.heading_2", 0, ""),
        ("block.other", 1, ""),
        ("link_share", 0.5, "50% of it is a link"),
        ("alike", math.log1p(12), "one of 12 blocks of one shape"),
        ("alike", math.log1p(2), ""),
        ("is_headline", 1, "is the headline that the page's metadata name"),
        ("is_headline", 0, ""),
        ("depth", 3, ""),
    ],
)
def test_a_fact_in_words(name: str, value: float, expected: str) -> None:
    assert expected == markup_fact(name, value)


@pytest.mark.parametrize("name", OF_MARKUP)
@pytest.mark.parametrize("value", [0.0, 0.4, 1.0, 4.0])
def test_every_number_can_be_told(name: str, value: float) -> None:
    assert "{" not in markup_fact(name, value)


@pytest.mark.parametrize("name", [n for n in OF_MARKUP if n.startswith(("near.", "block."))])
def test_all_families_and_blocks_have_words(name: str) -> None:
    assert markup_fact(name, ITSELF) or name == "block.other"
