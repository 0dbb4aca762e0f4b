"""What was measured of documents, put together to the pages that the stages read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.languages.lines import Told
from cleaner.languages.pages import PageLanguages
from cleaner.model import Document, Measurements, Page
from cleaner.page.structure import structures
from cleaner.recurrence import Recurrence
from cleaner.rules.hits import Hits
from cleaner.together import blamed_on_us


class Read(NamedTuple):
    """What is known of a document before its structure is."""

    document: Document
    measured: Measurements
    languages: PageLanguages
    hits: Hits
    told: Told
    recurrence: Recurrence | None


def pages_of(read: Sequence[Read]) -> list[Page]:
    """The pages of these documents, at least one."""
    found = structures(
        [each.document for each in read],
        [each.measured for each in read],
        [each.hits for each in read],
        [each.told.foreign for each in read],
    )
    return [
        Page(
            document=each.document,
            measured=each.measured,
            hits=each.hits,
            language=each.languages.first,
            second_language=each.languages.second,
            leaning=each.told.leaning,
            foreign=each.told.foreign,
            structure=of_page,
            recurrence=each.recurrence,
        )
        for each, of_page in zip(read, found, strict=True)
    ]


def page_of(read: Read) -> Page:
    """The page of this document.

    Raises:
        CleanerError: the fault is ours.
    """
    with blamed_on_us(read.document.id):
        [page] = pages_of([read])
    return page
