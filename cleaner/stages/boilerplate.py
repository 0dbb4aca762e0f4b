"""Finds what surrounds every page of a site: menus, notices, prompts, buttons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from cleaner.model import WEIGHS_NOTHING, Label, Page, Proposal
from cleaner.voices import by_rules, for_runs

# A short line outside the article speaks louder the farther the next running text is.
OUTSIDE_WEIGHT = 0.24
OUTSIDE_WEIGHT_PER_LINE = 0.04
OUTSIDE_MOST = 0.46
# From this many lines on it is no louder.
FAR_LINES = 6
# What it still weighs beside an article without any of the trappings of a whole web page.
UNCROWDED_SHARE = 0.4
# Voices that say less than this say nothing.
AUDIBLE = WEIGHS_NOTHING + 0.01
_BY_DISTANCE = np.minimum(
    OUTSIDE_MOST,
    OUTSIDE_WEIGHT + OUTSIDE_WEIGHT_PER_LINE * np.arange(FAR_LINES + 1, dtype=np.float32),
)


def propose(page: Page) -> Iterator[Proposal]:
    """Boilerplate for known phrases, and for short lines away from the article."""
    return chain(by_rules("boilerplate", page, Label.BOILERPLATE), _outside(page))


def _outside(page: Page) -> Iterator[Proposal]:
    found, core = page.structure, page.structure.core
    least = UNCROWDED_SHARE if core else 0.0
    share = least + (1 - least) * found.crowd
    weights = WEIGHS_NOTHING + (_BY_DISTANCE - WEIGHS_NOTHING) * share
    distance = np.minimum(np.minimum(found.above, found.below), FAR_LINES).astype(np.intp)
    outside = (weights >= AUDIBLE)[distance] & ~found.prose
    if core:
        outside[core[0] : core[1] + 1] = False
    rounded = np.asarray([round(weight, 2) for weight in weights.tolist()])
    loud = np.where(outside, rounded[distance], 0.0)
    # Runs of lines that it is said of equally loudly; most of them have many.
    first = np.diff(loud, prepend=np.nan).nonzero()[0]
    last = np.append(first[1:], len(loud)) - 1
    said = loud[first] > 0
    return for_runs(
        zip(first[said].tolist(), last[said].tolist(), strict=True),
        Label.BOILERPLATE,
        loud[first[said]].tolist(),
        "boilerplate.outside",
        "stands outside the article",
    )
