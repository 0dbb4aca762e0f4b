from __future__ import annotations

from collections import Counter

import pytest

from cleaner.evaluate import calibration_error, reliability
from cleaner.evaluate.calibration import BINS


@pytest.mark.parametrize(
    ("score", "number"),
    [(0.0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.6, 6), (0.7, 7), (0.9999, 9), (1.0, 9)],
)
def test_a_score_lies_in_one_bin(score: float, number: int) -> None:
    filled = [i for i, each in enumerate(reliability({(score, True): 1})) if each.lines]

    assert [number] == filled


def test_bins_share_the_range_evenly() -> None:
    bins = reliability({})

    assert BINS == len(bins)
    assert [i / 10 for i in range(10)] == [each.low for each in bins]
    assert [i / 10 for i in range(1, 11)] == [each.high for each in bins]


def test_a_bin_says_lines_mean_score_and_share_right() -> None:
    [full] = [b for b in reliability({(0.82, True): 3, (0.88, False): 1}) if b.lines]

    assert (4, 0.75) == (full.lines, full.right)
    assert pytest.approx((3 * 0.82 + 0.88) / 4) == full.score


def test_the_error_is_the_mean_gap_weighted_by_lines() -> None:
    # Two lines of score 0.9, one of them right: gap 0.4. Six of 0.5, three right: none.
    points = {(0.9, True): 1, (0.9, False): 1, (0.5, True): 3, (0.5, False): 3}

    assert pytest.approx(2 / 8 * 0.4) == calibration_error(reliability(points))


def test_gaps_within_a_bin_make_up_for_each_other() -> None:
    points = {(0.96, True): 23, (0.92, True): 24, (0.96, False): 2, (0.92, False): 1}

    assert pytest.approx(0) == calibration_error(reliability(points))


@pytest.mark.parametrize("points", [{}, Counter()], ids=["nothing", "counter"])
def test_no_lines_have_no_error(points: dict[tuple[float, bool], int]) -> None:
    assert calibration_error(reliability(points)) is None


def test_the_order_of_points_is_irrelevant() -> None:
    points = {(0.1 + i / 1000, i % 3 > 0): i + 1 for i in range(90)}
    turned = dict(reversed(points.items()))

    assert reliability(points) == reliability(turned)
