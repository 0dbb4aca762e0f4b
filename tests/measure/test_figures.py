from __future__ import annotations

import pytest
from hypothesis import given

from cleaner.measure.figures import find_figures
from cleaner.measure.laid import Laid
from cleaner.text.segment import segment
from tests.laws import texts

KINDS = ("times", "years", "dates")


def kinds_in(line: str) -> set[str]:
    """What stands in a line, between two others that hold nothing and numbers."""
    found = find_figures(Laid(["Davor", line, "12 Tage"]))
    return {kind for kind in KINDS if getattr(found, kind)[1]}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Beginn um 14:05 Uhr", {"times"}),
        ("Stand 8.30 Uhr", {"times"}),
        ("9:5", set()),
        ("Es steht 3:1", set()),
        ("1:23:45", {"times"}),
        ("Im Jahr 2024 war das", {"years"}),
        ("Seit 1848", set()),
        ("Seit 1948", {"years"}),
        ("Preis 3024", set()),
        ("20245 Stück", set()),
        ("(2024)", {"years"}),
        ("12.03.2021", {"dates", "years", "times"}),
        ("12.3.21", {"dates", "times"}),
        ("12/31/2021", {"dates", "years"}),
        ("2021-03-12", {"dates", "years"}),
        ("12. März 2021", {"dates", "years"}),
        ("March 12, 2021", {"dates", "years"}),
        ("12 de mayo de 2021", {"dates", "years"}),
        ("2021年3月12日", {"dates", "years"}),
        ("3 Kinder, geboren um das Jahr 2021", {"years"}),
        ("1-2-3", {"dates"}),
        ("30.000 Euro", set()),
        ("Kein Wort davon", set()),
        ("٢٠٢٤", set()),
        ("12", set()),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else None,
)
def test_figures(line: str, expected: set[str]) -> None:
    assert expected == kinds_in(line)


@given(texts())
def test_figures_of_a_line_do_not_depend_on_its_neighbours(text: str) -> None:
    lines = segment(text).contents()

    alone = [find_figures(Laid([line])) for line in lines]
    together = find_figures(Laid(lines))

    for kind in KINDS:
        assert [bool(getattr(f, kind)[0]) for f in alone] == getattr(together, kind).tolist()


def test_no_lines_have_no_figures() -> None:
    found = find_figures(Laid([]))

    assert [[], [], []] == [getattr(found, kind).tolist() for kind in KINDS]
