from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.errors import CleanerError
from cleaner.together import together


def halved(numbers: Sequence[int]) -> list[int]:
    return [half(number) for number in numbers]


def half(number: int) -> int:
    if number % 2:
        raise CleanerError(f"{number} is odd")
    return number // 2


def test_what_fails_by_itself_leaves_the_others_as_they_are() -> None:
    one, error, two = together(halved, half, [2, 3, 4])

    assert (1, 2) == (one, two)
    assert "3 is odd" == str(error)


def test_nothing_is_made_of_nothing() -> None:
    assert [] == together(lambda _: pytest.fail("asked"), half, [])


def test_what_is_no_error_of_ours_is_raised() -> None:
    with pytest.raises(TypeError):
        together(halved, half, [2, "three"])  # type: ignore[list-item]  # on purpose
