"""Finds what surrounds every page of a site: menus, notices, prompts, buttons."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import WEIGHS_NOTHING, Floats, Label
from cleaner.page.pages import Pages
from cleaner.stages.voices import Voices, by_rules, for_runs, rounded

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


def propose(pages: Pages) -> Iterator[Voices]:
    """Boilerplate for known phrases, and for short lines away from the article."""
    yield by_rules("boilerplate", pages, Label.BOILERPLATE)
    yield _outside(pages)


def _outside(pages: Pages) -> Voices:
    weights = _weights(pages)
    distance = np.minimum(np.minimum(pages.above, pages.below), FAR_LINES).astype(np.intp)
    place = pages.places.page * weights.shape[1] + distance
    outside = (weights >= AUDIBLE).take(place) & ~(pages.prose | pages.core)
    loud = np.where(outside, np.reshape(rounded(weights.ravel()), -1).take(place), 0.0)
    # Runs of lines that it is said of equally loudly; most of them have many.
    begins = np.ones(len(pages), np.bool_)
    begins[1:] = (loud[1:] != loud[:-1]) | (pages.places.page[1:] != pages.places.page[:-1])
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(pages)) - 1
    said = loud[first] > 0
    return for_runs(
        (first[said], last[said]),
        Label.BOILERPLATE,
        loud[first[said]],
        "boilerplate.outside",
        "stands outside the article",
    )


def _weights(pages: Pages) -> Floats:
    """How loudly it is said of a line of each page at each distance; shape (pages, distances)."""
    least = np.where(pages.core_first <= pages.core_last, UNCROWDED_SHARE, 0.0)
    share = (least + (1 - least) * pages.crowd).astype(np.float32)
    weights = (_BY_DISTANCE - np.float32(WEIGHS_NOTHING)) * share[:, np.newaxis]
    return np.asarray(weights + np.float32(WEIGHS_NOTHING))
