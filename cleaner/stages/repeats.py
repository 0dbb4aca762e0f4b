"""Finds lines that stand on the page more than once, or on many pages of the site."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Label
from cleaner.page.pages import Pages
from cleaner.stages.recurring import recurring
from cleaner.stages.voices import Voices, for_lines

WEIGHT = 0.3
MANY_WEIGHT = 0.35
MANY = 4


def propose(pages: Pages) -> Iterator[Voices]:
    """Boilerplate for short repeated lines; repeated running text is left alone.

    Removing repeated paragraphs was measured to hurt: refrains, quotations and lead paragraphs
    printed twice are content at least once.
    """
    m = pages.measured
    lines = np.flatnonzero((m.repeated > 1) & ~(pages.prose | m.only_marks))
    times = m.repeated[lines]
    weights = np.where(times >= MANY, MANY_WEIGHT, WEIGHT)
    reasons = [f"stands {n} times on the page" for n in times.tolist()]
    yield for_lines(lines, Label.BOILERPLATE, weights, "repeats.line", reasons)
    yield from recurring(pages)
