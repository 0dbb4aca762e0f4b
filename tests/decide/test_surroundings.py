from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.decide.surroundings import FEW_LINES, NEAR, PARTS, STRETCHES, Surroundings

NUMBERS = 3
TOP = 255


def whole_numbers(seed: int, lines: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.rint(rng.uniform(0, TOP, (lines, NUMBERS))).astype(np.float32)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=4), st.data())
def test_what_stands_around_is_what_a_loop_finds(lengths: list[int], data: st.DataObject) -> None:
    assume(any(lengths))
    values = whole_numbers(0, sum(lengths))
    page = data.draw(st.sampled_from([i for i, n in enumerate(lengths) if n]))
    first = sum(lengths[:page])
    lines = values[first : first + lengths[page]].astype(int)
    at = data.draw(st.integers(0, len(lines) - 1))
    none = np.zeros((1, NUMBERS), int)

    def line(i: int) -> np.ndarray:
        return lines[i] if 0 <= i < len(lines) else none[0]

    near = [line(at + k) for k in range(-NEAR, NEAR + 1) if k]
    stretches = [
        np.rint(sum(line(at + k) for k in range(start, last + 1)) / (last - start + 1))
        for start, last in STRETCHES
    ]
    above, below = lines[:at], lines[at + 1 :]
    means = [np.rint(x.sum(axis=0) / max(1, len(x))) for x in (above, below)]
    most = [np.concatenate([x, none]).max(axis=0) for x in (above, below)]

    found = Surroundings(values, lengths, whole=True).of(slice(first + at, first + at + 1))

    assert (1, NUMBERS * PARTS) == found.shape
    assert np.array_equal(np.concatenate([*near, *stretches, *means, *most]), found[0])


@pytest.mark.parametrize("lines", [FEW_LINES, FEW_LINES + 1])
def test_means_are_exact_on_pages_of_any_length(lines: int) -> None:
    values = whole_numbers(1, lines)
    above = np.cumsum(values[:-1], axis=0, dtype=np.float64) / np.arange(1, lines)[:, None]

    found = Surroundings(values, [lines], whole=True).of(slice(None))

    assert np.array_equal(np.rint(above), found[1:, -4 * NUMBERS : -3 * NUMBERS])


def test_of_any_numbers_means_are_not_rounded() -> None:
    values = np.asarray([[0.5], [1.0], [0.0]], np.float32)

    found = Surroundings(values, [3], whole=False).of(slice(2, 3))

    assert [0.75, 0, 1, 0] == found[0, -4:].tolist()
