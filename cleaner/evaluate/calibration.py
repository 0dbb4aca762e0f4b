"""Whether scores mean what they say: of lines scored 0.8, are eight in ten right?

Reliability table and expected calibration error after Naeini, Cooper and Hauskrecht, Obtaining well
calibrated probabilities using Bayesian binning, AAAI 2015; Guo, Pleiss, Sun and Weinberger, On
calibration of modern neural networks, ICML 2017.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BINS = 10  # as in both papers' tables

Points = Mapping[tuple[float, bool], int]
"""How many lines had this score and were, or were not, what it was a score of."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The lines whose scores lie from `low` to below `high`; the last bin holds 1.0, too."""

    low: float
    high: float
    lines: int
    score: float
    """Their mean score; 0 where there are none."""
    right: float
    """The share of them that is right; 0 where there are none."""


def reliability(points: Points) -> tuple[Bin, ...]:
    """Ten bins of equal width.

    >>> [(b.low, b.lines, b.score, b.right) for b in reliability({(0.5, True): 1, (0.5, False): 3})
    ...  if b.lines]
    [(0.5, 4, 0.5, 0.25)]
    """
    return tuple(_bin(number, points) for number in range(BINS))


def _bin(number: int, points: Points) -> Bin:
    # Sorted, for sums of floats depend on their order.
    inside = sorted((point, n) for point, n in points.items() if _number(point[0]) == number)
    lines = sum(n for _, n in inside)
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        lines=lines,
        score=sum(score * n for (score, _), n in inside) / max(1, lines),
        right=sum(n for (_, right), n in inside if right) / max(1, lines),
    )


def _number(score: float) -> int:
    return min(int(score * BINS), BINS - 1)


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean gap between score and share right, weighted by lines; None where there are none.

    >>> calibration_error(reliability({(0.5, True): 1, (0.5, False): 3}))
    0.25
    """
    lines = sum(each.lines for each in bins)
    if not lines:
        return None
    return sum(each.lines * abs(each.score - each.right) for each in bins) / lines
