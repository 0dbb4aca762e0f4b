"""What a record says about its document beside the text: title, date, authors, language, flags."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from cleaner.decisions import Decisions
from cleaner.markup import FEW_LETTERS
from cleaner.model import Label, Page
from cleaner.segment import prefix_date

# ISO 8601 dates, also partial; anything longer is cut to its day.
_ISO_RE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|T|\s)")
_HTML = "text/html"


def describe(
    page: Page, decisions: Decisions, keep: Collection[Label], *, quarantined: bool
) -> dict[str, Any]:
    """The fields of a record that are neither text nor ledger; lines of the labels `keep` stay."""
    metadata = page.document.metadata
    return {
        "title": metadata.get("title") or _title(page, decisions),
        "date": _iso(metadata.get("date")) or prefix_date(page.document),
        "authors": _authors(metadata.get("authors", ())),
        "language": metadata.get("language") or page.language,
        "flags": tuple(_flags(page, decisions, keep, quarantined=quarantined)),
    }


def _title(page: Page, decisions: Decisions) -> str | None:
    titles = np.flatnonzero(decisions.labelled({Label.TITLE}))
    return page.document.content(titles[0]) if len(titles) else None


def _iso(date: str | tuple[str, ...] | None) -> str | None:
    found = _ISO_RE.match(date) if isinstance(date, str) else None
    return found.group() if found and _exists(found.group()) else None


def _exists(date: str) -> bool:
    """Whether a date is in the calendar; a partial one stands for its first day."""
    try:
        return bool(dt.date.fromisoformat((date + "-01-01")[:10]))
    except ValueError:
        return False


def _authors(authors: str | tuple[str, ...]) -> tuple[str, ...]:
    return (authors,) if isinstance(authors, str) else authors


def _shows_no_text(page: Page) -> bool:
    """Whether it is HTML that says nothing; its text comes from scripts, if there is any."""
    letters = int((page.measured.letters + page.measured.digits).sum())
    return page.document.media_type == _HTML and letters < FEW_LETTERS


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
