"""Finds lines in another language or script than the page.

A lone foreign line inside the article is a quotation, a title, a name: a hint at most. Runs of
them, and those at the rim, are foreign to the page.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Label, Page, Proposal
from cleaner.structure import runs

LONE_WEIGHT = 0.25
RUN_WEIGHT = 0.4
RIM_WEIGHT = 0.6


def propose(page: Page) -> Iterator[Proposal]:
    """Spam for lines in another language, surer in runs and outside the article."""
    menu, prose, core = page.structure.menu_entry, page.structure.prose, page.structure.core
    for first, last in runs(np.asarray(page.foreign > 0)):
        if menu[first : last + 1].all():
            yield _proposal(first, last, Label.BOILERPLATE, RUN_WEIGHT, "language.menu")
        elif last > first or not prose[first]:
            weight = _weight(first, last, core)
            surely = float(page.foreign[first : last + 1].min())
            yield _proposal(first, last, Label.SPAM, round(weight * surely, 2), "language.foreign")


def _weight(first: int, last: int, core: tuple[int, int] | None) -> float:
    if core is None or last < core[0] or first > core[1]:
        return RIM_WEIGHT
    return RUN_WEIGHT if last > first else LONE_WEIGHT


def _proposal(first: int, last: int, label: Label, weight: float, rule: str) -> Proposal:
    return Proposal(
        first, last, label, weight, "language", rule, "is in another language than the page"
    )
