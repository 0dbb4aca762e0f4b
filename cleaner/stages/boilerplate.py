"""Finds what surrounds every page of a site: menus, notices, prompts, buttons."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Label, Page, Proposal
from cleaner.stages.lines import by_rules, core, crowd, distance_to, is_menu_entry, is_prose, runs

MENU_RUN_LINES = 3
# How many lines around a line make its neighbourhood.
FAR_LINES = 12


def propose(page: Page) -> Iterator[Proposal]:
    """Boilerplate for known phrases, for menus, and for short lines away from the article."""
    yield from by_rules("boilerplate", page, Label.BOILERPLATE)
    yield from _menus(page)
    yield from _outside(page)
    yield from _bare_marks(page)


def _menus(page: Page) -> Iterator[Proposal]:
    for first, last in runs(is_menu_entry(page.measured)):
        count = last - first + 1
        if count >= MENU_RUN_LINES:
            weight = round(min(0.75, 0.3 + 0.05 * count) * (0.4 + 0.6 * crowd(page)), 2)
            yield _boilerplate(first, last, weight, "boilerplate.menu", f"{count} menu-like lines")


def _outside(page: Page) -> Iterator[Proposal]:
    found = core(page)
    prose = is_prose(page.measured)
    far = distance_to(prose)
    outside = np.ones(len(page), np.bool_)
    if found:
        outside[found[0] : found[1] + 1] = False
    crowded = 0.4 + 0.6 * crowd(page)
    for i in np.flatnonzero(outside & ~prose):
        weight = round(min(0.7, 0.2 + 0.1 * float(far[i])) * crowded, 2)
        yield _boilerplate(
            int(i), int(i), weight, "boilerplate.outside", "stands outside the article"
        )


def _bare_marks(page: Page) -> Iterator[Proposal]:
    for i in np.flatnonzero(page.measured.only_marks):
        yield _boilerplate(int(i), int(i), 0.3, "boilerplate.marks", "has no letter and no digit")


def _boilerplate(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.BOILERPLATE, weight, "boilerplate", rule, reason)
