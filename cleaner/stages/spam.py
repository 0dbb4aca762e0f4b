"""Finds text foreign to the site: advertisements, link farms, blocks of foreign headlines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.model import Bools, Label, Page, Proposal
from cleaner.stages.lines import (
    by_rules,
    core,
    is_headline,
    is_menu_entry,
    is_prose,
    runs,
    section_below,
)

# A block of headlines is foreign when this share of it is in another language.
FOREIGN_SHARE = 0.2
FOREIGN_LINES = 2
BLOCK_WEIGHT = 0.97
SECTION_LINES = 12
SECTION_WEIGHT = 0.63


def propose(page: Page) -> Iterator[Proposal]:
    """Spam for known phrases, what follows their headings, and blocks of foreign headlines."""
    yield from by_rules("spam", page, Label.SPAM)
    yield from _sections(page)
    yield from _blocks(page)


def _sections(page: Page) -> Iterator[Proposal]:
    """What stands below a heading such as 'Sponsored content'."""
    for hit in page.hits_of(Label.SPAM):
        for i in section_below(page, hit)[:SECTION_LINES] if hit.opens else ():
            reason = f"follows {hit.rule}"
            yield Proposal(i, i, Label.SPAM, SECTION_WEIGHT, "spam", "spam.section", reason)


def _blocks(page: Page) -> Iterator[Proposal]:
    """Headlines of the page's own language go with the foreign ones they stand among."""
    for first, last in runs(_loose(page)):
        foreign = int((page.foreign[first : last + 1] > 0).sum())
        if foreign >= FOREIGN_LINES and foreign >= FOREIGN_SHARE * (last - first + 1):
            reason = f"stands in a block of headlines, {foreign} of {last - first + 1} foreign"
            yield Proposal(
                first, last, Label.SPAM, BLOCK_WEIGHT, "spam", "spam.foreign_block", reason
            )


def _loose(page: Page) -> Bools:
    """Headline-like lines outside the article."""
    found = core(page)
    loose = (is_headline(page.measured) | (page.foreign > 0)) & ~is_menu_entry(page.measured)
    if found:
        loose[found[0] : found[1] + 1] = False
    return np.asarray(loose & ~is_prose(page.measured))
