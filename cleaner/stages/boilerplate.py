"""Finds what surrounds every page of a site: menus, notices, prompts, buttons."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import WEIGHS_NOTHING, Label, Page, Proposal
from cleaner.stages.lines import by_rules, core, crowd, distance_to, is_prose

# A short line outside the article speaks louder the farther the next running text is.
OUTSIDE_WEIGHT = 0.24
OUTSIDE_WEIGHT_PER_LINE = 0.04
OUTSIDE_MOST = 0.46
# What it still weighs beside an article without any of the trappings of a whole web page.
UNCROWDED_SHARE = 0.4


def propose(page: Page) -> Iterator[Proposal]:
    """Boilerplate for known phrases, and for short lines away from the article."""
    yield from by_rules("boilerplate", page, Label.BOILERPLATE)
    yield from _outside(page)


def _outside(page: Page) -> Iterator[Proposal]:
    found, prose = core(page), is_prose(page.measured)
    outside = ~prose
    if found:
        outside[found[0] : found[1] + 1] = False
    weights = np.minimum(
        OUTSIDE_MOST, OUTSIDE_WEIGHT + OUTSIDE_WEIGHT_PER_LINE * distance_to(prose)
    )
    least = UNCROWDED_SHARE if found else 0.0
    share = least + (1 - least) * crowd(page)
    weights = WEIGHS_NOTHING + (weights - WEIGHS_NOTHING) * share
    for i in np.flatnonzero(outside & (weights >= WEIGHS_NOTHING + 0.01)):
        yield Proposal(
            int(i),
            int(i),
            Label.BOILERPLATE,
            round(float(weights[i]), 2),
            "boilerplate",
            "boilerplate.outside",
            "stands outside the article",
        )
