"""Finds lines in another language or script than the page.

A lone foreign line inside the article is a quotation, a title, a name: a hint at most. Runs of
them, and those at the rim, are foreign to the page.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.measure.places import Positions, sums_before
from cleaner.model import Floats, Label, Scores
from cleaner.page.pages import Pages
from cleaner.stages.voices import Voices, for_runs, rounded

LONE_WEIGHT = 0.25
RUN_WEIGHT = 0.4
RIM_WEIGHT = 0.6


def propose(pages: Pages) -> Iterator[Voices]:
    """Spam for lines in another language, surer in runs and outside the article."""
    first, last = pages.places.runs(pages.foreign > 0)
    others = sums_before(~pages.menu_entry)
    menu = others[last + 1] == others[first]
    reason = "is in another language than the page"
    yield for_runs(
        (first[menu], last[menu]), Label.BOILERPLATE, RUN_WEIGHT, "language.menu", reason
    )
    said = ~menu & ((last > first) | ~pages.prose[first])
    first, last = first[said], last[said]
    weights = rounded(_weights(pages, first, last) * _surely(pages.foreign, first, last))
    yield for_runs((first, last), Label.SPAM, weights, "language.foreign", reason)


def _weights(pages: Pages, first: Positions, last: Positions) -> Scores:
    page = pages.places.page[first]
    at_rim = (last < pages.core_first[page]) | (first > pages.core_last[page])
    return np.where(at_rim, RIM_WEIGHT, np.where(last > first, RUN_WEIGHT, LONE_WEIGHT))


def _surely(foreign: Floats, first: Positions, last: Positions) -> Scores:
    """How surely the least foreign line of each run is foreign."""
    runs = zip(first.tolist(), last.tolist(), strict=True)
    return np.asarray([foreign[i : end + 1].min() for i, end in runs], np.float64)
