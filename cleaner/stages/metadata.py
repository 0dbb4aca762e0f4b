"""Finds the page's own headline, and the lines that say who wrote it and when."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from cleaner.model import Bools, Label, Page, Proposal
from cleaner.page.pages import Pages
from cleaner.stages.voices import Voices, by_rules
from cleaner.text.segment import prefix_lines

TITLE_WEIGHT = 0.98
NEAREST_WEIGHT = 0.35
BESIDE_WEIGHT = 0.5
# A line so like a headline (see Headline) may be called it; found by trying on gold pages.
MIN_LIKENESS = 1.4
# What may stand between the headline and the first paragraph.
_BETWEEN = (Label.META, Label.CAPTION, Label.BOILERPLATE, Label.COMMENT)


def propose(pages: Pages) -> Iterator[Voices]:
    """Meta for known phrases and the prefix of crawl dumps, title for the headline."""
    yield by_rules("metadata", pages, Label.META, Label.TITLE, Label.CAPTION)
    meta = pages.places.marked(pages.hits.lines[pages.hits.labelled(Label.META)])
    between = pages.places.marked(pages.hits.lines[pages.hits.labelled(*_BETWEEN)])
    rows = zip(pages.pages, pages.places.starts.tolist(), pages.places.rows(), strict=True)
    found = [
        proposal._replace(first=start + proposal.first, last=start + proposal.last)
        for page, start, lines in rows
        for proposal in chain(_prefix(page), _title(page, meta[lines], between[lines]))
    ]
    yield Voices.of(found)


def _prefix(page: Page) -> Iterator[Proposal]:
    for i in range(prefix_lines(page.document)):
        reason = "is the prefix of a crawl dump"
        yield _proposal(i, Label.META, 1.0, "metadata.prefix", reason)


def _title(page: Page, meta: Bools, between: Bools) -> Iterator[Proposal]:
    """`meta` are the lines with a known phrase of META, `between` those with one of _BETWEEN."""
    likeliest, first = page.structure.headline, page.structure.first_paragraph
    if likeliest is None or first is None:
        return
    if likeliest.likeness >= MIN_LIKENESS:
        shared = f"{likeliest.shared} of its words come back in the article below"
        reason = shared if likeliest.shared else "looks like the article's headline"
        yield _proposal(likeliest.line, Label.TITLE, TITLE_WEIGHT, "metadata.title", reason)
    nearest = page.structure.headlines[-1].line
    if between[nearest + 1 : first].all():
        reason = "stands above the first paragraph"
        yield _proposal(nearest, Label.TITLE, NEAREST_WEIGHT, "metadata.nearest", reason)
    # Bylines and dates between headline and first paragraph are the article's own.
    top = min(likeliest.line, nearest)
    for line in (top + meta[top:first].nonzero()[0]).tolist():
        reason = "stands between headline and article"
        yield _proposal(line, Label.META, BESIDE_WEIGHT, "metadata.beside", reason)


def _proposal(line: int, label: Label, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(line, line, label, weight, "metadata", rule, reason)
