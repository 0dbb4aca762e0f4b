"""Finds text foreign to the site: advertisements, link farms, blocks of foreign headlines."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.headings import below_headings
from cleaner.model import Label
from cleaner.pages import Pages
from cleaner.places import sums_before
from cleaner.voices import Voices, by_rules, for_lines, for_runs

# A block of headlines is foreign when this share of it is in another language.
FOREIGN_SHARE = 0.2
FOREIGN_LINES = 2
BLOCK_WEIGHT = 0.97
SECTION_LINES = 12
SECTION_WEIGHT = 0.63


def propose(pages: Pages) -> Iterator[Voices]:
    """Spam for known phrases, what follows their headings, and blocks of foreign headlines."""
    yield by_rules("spam", pages, Label.SPAM)
    yield _sections(pages)
    yield _blocks(pages)


def _sections(pages: Pages) -> Voices:
    """What stands below a heading such as 'Sponsored content'."""
    lines, reasons = below_headings(pages, Label.SPAM, SECTION_LINES)
    return for_lines(lines, Label.SPAM, SECTION_WEIGHT, "spam.section", reasons)


def _blocks(pages: Pages) -> Voices:
    """Headlines of the page's own language go with the foreign ones they stand among."""
    foreign = pages.foreign > 0
    # Headline-like lines outside the article.
    loose = (pages.headline_shaped | foreign) & ~(pages.menu_entry | pages.prose | pages.core)
    first, last = pages.places.runs(loose)
    sums, lines = sums_before(foreign), last + 1 - first
    others = sums[last + 1] - sums[first]
    heard = (others >= FOREIGN_LINES) & (others >= FOREIGN_SHARE * lines)
    counts = zip(others[heard].tolist(), lines[heard].tolist(), strict=True)
    reasons = [f"stands in a block of headlines, {some} of {n} foreign" for some, n in counts]
    return for_runs(
        (first[heard], last[heard]), Label.SPAM, BLOCK_WEIGHT, "spam.foreign_block", reasons
    )
