"""Finds lines that stand on the page more than once, as in menus printed twice."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.model import Label, Page, Proposal
from cleaner.voices import for_lines

WEIGHT = 0.3
MANY_WEIGHT = 0.35
MANY = 4


def propose(page: Page) -> Iterator[Proposal]:
    """Boilerplate for short repeated lines; repeated running text is left alone.

    Removing repeated paragraphs was measured to hurt: refrains, quotations and lead paragraphs
    printed twice are content at least once.
    """
    m = page.measured
    [lines] = ((m.repeated > 1) & ~(page.structure.prose | m.only_marks)).nonzero()
    times = m.repeated[lines].tolist()
    reason = {n: f"stands {n} times on the page" for n in set(times)}
    weights = [MANY_WEIGHT if n >= MANY else WEIGHT for n in times]
    reasons = [reason[n] for n in times]
    return for_lines(lines.tolist(), Label.BOILERPLATE, weights, "repeats.line", reasons)
