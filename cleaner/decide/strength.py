"""What voices count that the weights were not fitted on: stages and rules of the user's own."""

from __future__ import annotations

import math

from cleaner.model import WEIGHS_NOTHING

# 'sure' (weight 1.0) is not infinite: it counts as 0.99.
SURE = 0.99
# How far the log odds of single voices that were never fitted are to be trusted.
TRUST = 2.0
# From this weight on a voice decides: it adds so much more, as nothing that the network says
# outweighs (its log odds of body against spam reach 25 on real pages).
DECIDES, DECIDING = 0.9, 20.0


def strength(weight: float) -> float:
    """What a voice that was never fitted adds to the log odds of its label.

    >>> strength(0.2), round(strength(0.6), 2), round(strength(0.9), 2)
    (0.0, 3.58, 27.17)
    """
    said = _log_odds(min(weight, SURE)) - _log_odds(WEIGHS_NOTHING)
    return TRUST * max(0.0, said) + (DECIDING if weight >= DECIDES else 0.0)


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))
