"""Finds lines that stand on the page more than once, as in menus printed twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Label, Page, Proposal
from cleaner.stages.lines import is_prose

WEIGHT = 0.3
MANY_WEIGHT = 0.35
MANY = 4


def propose(page: Page) -> Iterator[Proposal]:
    """Boilerplate for short repeated lines; repeated running text is left alone.

    Removing repeated paragraphs was measured to hurt: refrains, quotations and lead paragraphs
    printed twice are content at least once.
    """
    times = page.measured.repeated
    for i in np.flatnonzero((times > 1) & ~is_prose(page.measured) & ~page.measured.only_marks):
        weight = MANY_WEIGHT if times[i] >= MANY else WEIGHT
        reason = f"stands {times[i]} times on the page"
        yield Proposal(int(i), int(i), Label.BOILERPLATE, weight, "repeats", "repeats.line", reason)
