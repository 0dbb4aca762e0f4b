from __future__ import annotations

from typing import Any

import pytest

from cleaner.batches import BATCH_DOCUMENTS
from cleaner.engines.care import Care, End
from cleaner.engines.limits import Limits, died
from cleaner.readers.raw import Raw

RAWS = [Raw(f"d{n}", "text", b"", "a.txt") for n in range(200)]
DIED = died(-11)
PASSED = End("too much time", "takes too long", by_limit=True)


@pytest.mark.parametrize(
    ("alone", "place", "expected"),
    [
        pytest.param((), 0, range(BATCH_DOCUMENTS), id="a batch"),
        pytest.param((), 192, range(192, 200), id="the last batch"),
        pytest.param((5, 6), 0, range(5), id="up to one that is alone"),
        pytest.param((), 199, range(199, 200), id="the last, for the first time"),
    ],
)
def test_who_may_have_ended_a_worker_is_cleaned_alone(
    alone: tuple[int, ...], place: int, expected: range
) -> None:
    care = Care(frozenset(alone)).after(DIED, place, RAWS)

    assert {*alone, *expected} == care.alone
    assert {} == care.given_up


@pytest.mark.parametrize(
    ("care", "end", "place"),
    [
        pytest.param(Care(frozenset({3})), DIED, 3, id="died again"),
        pytest.param(Care(frozenset({3})), PASSED, 3, id="passed a limit alone"),
        pytest.param(Care(), PASSED, 199, id="passed a limit and was alone anyway"),
    ],
)
def test_who_ended_a_worker_alone_is_given_up(care: Care, end: End, place: int) -> None:
    found = care.after(end, place, RAWS)

    assert [(place, f"d{place}: {end.why}")] == [(n, f.message) for n, f in found.given_up.items()]


def test_an_end_while_rows_are_written_is_nobodys_fault() -> None:
    care = Care().after(DIED, len(RAWS), RAWS)

    assert Care(unexplained=1) == care


@pytest.mark.parametrize(
    ("code", "told"), [(3, "exit status 3"), (-11, "SIGSEGV"), (-99, "signal 99")]
)
def test_how_a_worker_died_is_told(code: int, told: str) -> None:
    assert told == died(code).how
    assert f"({told})" in died(code).why


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        pytest.param((1, 1), None, id="within"),
        pytest.param((3, 1), "too much time", id="time"),
        pytest.param((1, 11 << 20), "too much memory", id="memory"),
    ],
)
def test_limits_say_which_is_passed(taken: Any, expected: str | None) -> None:
    end = Limits(seconds=2, megabytes=10).exceeded(*taken)

    assert expected == (end and end.how)
