"""Finds text foreign to the site: advertisements, link farms, blocks of foreign headlines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat

import numpy as np

from cleaner.headings import section_below
from cleaner.model import Bools, Label, Page, Proposal
from cleaner.structure import runs
from cleaner.voices import by_rules, for_lines

# A block of headlines is foreign when this share of it is in another language.
FOREIGN_SHARE = 0.2
FOREIGN_LINES = 2
BLOCK_WEIGHT = 0.97
SECTION_LINES = 12
SECTION_WEIGHT = 0.63


def propose(page: Page) -> Iterator[Proposal]:
    """Spam for known phrases, what follows their headings, and blocks of foreign headlines."""
    return chain(by_rules("spam", page, Label.SPAM), _sections(page), _blocks(page))


def _sections(page: Page) -> Iterator[Proposal]:
    """What stands below a heading such as 'Sponsored content'."""
    for hit in page.structure.openings:
        if hit.label is Label.SPAM:
            lines, reason = section_below(page, hit)[:SECTION_LINES], f"follows {hit.rule}"
            yield from for_lines(lines, Label.SPAM, repeat(SECTION_WEIGHT), "spam.section", reason)


def _blocks(page: Page) -> Iterator[Proposal]:
    """Headlines of the page's own language go with the foreign ones they stand among."""
    foreign_lines = np.asarray(page.foreign > 0)
    if not np.count_nonzero(foreign_lines):
        return
    for first, last in runs(_loose(page, foreign_lines)):
        foreign = int(foreign_lines[first : last + 1].sum())
        if foreign >= FOREIGN_LINES and foreign >= FOREIGN_SHARE * (last - first + 1):
            reason = f"stands in a block of headlines, {foreign} of {last - first + 1} foreign"
            yield Proposal(
                first, last, Label.SPAM, BLOCK_WEIGHT, "spam", "spam.foreign_block", reason
            )


def _loose(page: Page, foreign: Bools) -> Bools:
    """Headline-like lines outside the article."""
    found, core = page.structure, page.structure.core
    loose = (found.headline_shaped | foreign) & ~(found.menu_entry | found.prose)
    if core:
        loose[core[0] : core[1] + 1] = False
    return np.asarray(loose)
