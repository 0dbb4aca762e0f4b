"""Finds the page's own headline, and the lines that say who wrote it and when."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.model import Label, Page, Proposal
from cleaner.segment import prefix_lines
from cleaner.stages.headline import best, headlines
from cleaner.stages.lines import by_rules, core, first_paragraph

TITLE_WEIGHT = 0.98
NEAREST_WEIGHT = 0.35
BESIDE_WEIGHT = 0.5
# What may stand between the headline and the first paragraph.
_BETWEEN = (Label.META, Label.CAPTION, Label.BOILERPLATE, Label.COMMENT)


def propose(page: Page) -> Iterator[Proposal]:
    """Meta for known phrases and the prefix of crawl dumps, title for the headline."""
    yield from by_rules("metadata", page, Label.META, Label.TITLE, Label.CAPTION)
    yield from _prefix(page)
    yield from _title(page)


def _prefix(page: Page) -> Iterator[Proposal]:
    for i in range(prefix_lines(page.document)):
        reason = "is the prefix of a crawl dump"
        yield _proposal(i, Label.META, 1.0, "metadata.prefix", reason)


def _title(page: Page) -> Iterator[Proposal]:
    candidates = headlines(page)
    if not candidates:
        return
    likeliest = best(candidates)
    if likeliest.is_likely:
        reason = f"{likeliest.shared} of its words come back in the article below"
        yield _proposal(likeliest.line, Label.TITLE, TITLE_WEIGHT, "metadata.title", reason)
    nearest = candidates[-1].line
    if not set(_above_article(page, nearest + 1)) - _lines_of(page, *_BETWEEN):
        reason = "stands above the first paragraph"
        yield _proposal(nearest, Label.TITLE, NEAREST_WEIGHT, "metadata.nearest", reason)
    yield from _beside(page, min(likeliest.line, nearest))


def _beside(page: Page, title: int) -> Iterator[Proposal]:
    """Bylines and dates between headline and first paragraph are the article's own."""
    meta = _lines_of(page, Label.META)
    for line in _above_article(page, title):
        if line in meta:
            reason = "stands between headline and article"
            yield _proposal(line, Label.META, BESIDE_WEIGHT, "metadata.beside", reason)


def _above_article(page: Page, start: int) -> range:
    """The lines from `start` to the first paragraph."""
    found = core(page)
    return range(start, first_paragraph(page, found)) if found else range(0)


def _lines_of(page: Page, *labels: Label) -> set[int]:
    return {hit.line for hit in page.hits_of(*labels)}


def _proposal(line: int, label: Label, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(line, line, label, weight, "metadata", rule, reason)
