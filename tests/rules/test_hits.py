from __future__ import annotations

import pytest

from cleaner.measure.places import Places
from cleaner.model import Hit, Label
from cleaner.rules import builtin_rules
from cleaner.rules.hits import Hits

SPAM = Hit(0, "spam.mine", Label.SPAM, 0.6, "for the sake of it", opens=False)
HEADING = Hit(2, "ticker.mine", Label.TICKER, 0.9, "opens a list", opens=True)


@pytest.mark.parametrize("hits", [(), (SPAM,), (SPAM, HEADING, HEADING)], ids=len)
def test_hits_are_what_their_columns_were_made_of(hits: tuple[Hit, ...]) -> None:
    found = Hits.of(hits)

    assert hits == tuple(found)
    assert hits[-1:] == tuple(found[-1:])
    assert hits[1:] == tuple(found[1:])


def test_a_hit_can_be_asked_for_by_its_place() -> None:
    assert HEADING == Hits.of([SPAM, HEADING])[1] == Hits.of([SPAM, HEADING])[-1]


def test_hits_of_pages_stay_the_same_end_to_end_and_apart_again() -> None:
    pages = [(SPAM, HEADING), (), (HEADING,), builtin_rules().hits(["Impressum", "Home"], "de")]
    places = Places.of([3, 1, 4, 2])

    together = Hits.joined(pages, places.starts.tolist())

    assert [0, 2, 6] == together.lines[:3].tolist()
    assert list(map(list, pages)) == list(map(list, together.apart(places)))


def test_hits_are_told_by_label_and_by_what_they_open() -> None:
    found = Hits.of([SPAM, HEADING])

    assert [True, False] == found.labelled(Label.SPAM, Label.COMMENT).tolist()
    assert [HEADING] == list(found.where(found.opens))
    assert [0.6, 0.9] == found.weights.tolist()
