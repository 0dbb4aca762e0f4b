"""What voices count that the weights were not fitted on: stages and rules of the user's own."""

from __future__ import annotations

import math

from cleaner.model import WEIGHS_NOTHING

# 'sure' (weight 1.0) is not infinite: it counts as 0.99.
SURE = 0.99
# How far the log odds of single voices that were never fitted are to be trusted.
TRUST = 2.0


def strength(weight: float) -> float:
    """What a voice that was never fitted adds to the log odds of its label.

    >>> strength(0.2), round(strength(0.6), 2)
    (0.0, 3.58)
    """
    said = _log_odds(min(weight, SURE)) - _log_odds(WEIGHS_NOTHING)
    return TRUST * max(0.0, said)


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))
