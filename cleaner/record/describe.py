"""What a record says about its document beside the text: title, dates, authors, site, flags."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from cleaner.decide.decisions import Decisions
from cleaner.markup import FEW_LETTERS
from cleaner.model import Label, Page
from cleaner.text.iso import iso_date
from cleaner.text.segment import prefix_date

_DEFAULT_LANGUAGE = "en"
FLAGS = (
    "empty",
    "no_text",
    "repaired",
    "undecided_lines",
    "quarantined",
    "long_lines",
    "bilingual",
)
"""What a record may be flagged with, in order; further flags stand behind these."""
_HTML = "text/html"


def describe(
    page: Page, decisions: Decisions, keep: Collection[Label], *, quarantined: bool
) -> dict[str, Any]:
    """The fields of a record that are neither text nor ledger; lines of the labels `keep` stay."""
    metadata = page.document.metadata
    return {
        "title": metadata.get("title") or _title(page, decisions),
        "date": iso_date(metadata.get("date")) or prefix_date(page.document),
        "authors": _authors(metadata.get("authors", ())),
        "language": metadata.get("language") or _language(page),
        "modified": iso_date(metadata.get("modified")),
        "sitename": metadata.get("sitename"),
        "url": metadata.get("url"),
        "flags": tuple(_flags(page, decisions, keep, quarantined=quarantined)),
    }


def _language(page: Page) -> str | None:
    """The language a page says it is in, or that of its text.

    Templates say English by default: on all 9 gold pages that do so though their text is in another
    language, the text is right; of 3 that say another one though their text looks English, 1.
    """
    declared = page.document.metadata.get("declared_language")
    if not isinstance(declared, str) or (declared == _DEFAULT_LANGUAGE and page.language):
        return page.language
    return declared


def _title(page: Page, decisions: Decisions) -> str | None:
    titles = np.flatnonzero(decisions.labelled({Label.TITLE}))
    return page.document.content(titles[0]) if len(titles) else None


def _authors(authors: str | tuple[str, ...]) -> tuple[str, ...]:
    return (authors,) if isinstance(authors, str) else authors


def _shows_no_text(page: Page) -> bool:
    """Whether it is HTML that says nothing; its text comes from scripts, if there is any."""
    if page.document.media_type != _HTML:
        return False
    return int((page.measured.letters + page.measured.digits).sum()) < FEW_LETTERS


def _flags(
    page: Page, decisions: Decisions, keep: Collection[Label], *, quarantined: bool
) -> Iterator[str]:
    if not len(page):
        yield "empty"
    if _shows_no_text(page):
        yield "no_text"
    if page.document.repairs:
        yield "repaired"
    if decisions.in_doubt(keep).any():
        yield "undecided_lines"
    if quarantined:
        yield "quarantined"
    if page.measured.truncated.any():
        yield "long_lines"
    if page.second_language:
        yield "bilingual"


def reflagged(flags: Collection[str], *, undecided: bool, quarantined: bool) -> tuple[str, ...]:
    """The flags of a record whose lines were decided anew, in their usual order.

    >>> reflagged(("repaired", "undecided_lines", "bilingual"), undecided=False, quarantined=True)
    ('repaired', 'quarantined', 'bilingual')
    """
    holds = dict.fromkeys(flags, True) | {
        "undecided_lines": undecided,
        "quarantined": quarantined,
    }
    known = (flag for flag in FLAGS if holds.get(flag))
    return (*known, *(flag for flag in flags if flag not in FLAGS))
