"""What was measured of documents, put together to the pages that the stages read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.errors import CleanerError
from cleaner.hits import Hits
from cleaner.model import Document, Floats, Measurements, Page
from cleaner.structure import structures


class Read(NamedTuple):
    """What is known of a document before its structure is."""

    document: Document
    measured: Measurements
    language: str | None
    hits: Hits
    foreign: Floats


def pages_of(read: Sequence[Read]) -> list[Page]:
    """The pages of these documents, at least one."""
    found = structures(
        [each.document for each in read],
        [each.measured for each in read],
        [each.hits for each in read],
    )
    return [
        Page(
            document=each.document,
            measured=each.measured,
            hits=each.hits,
            language=each.language,
            foreign=each.foreign,
            structure=of_page,
        )
        for each, of_page in zip(read, found, strict=True)
    ]


def page_of(read: Read) -> Page:
    """The page of this document.

    Raises:
        CleanerError: the fault is ours.
    """
    try:
        [page] = pages_of([read])
    except Exception as error:
        name = read.document.id
        raise CleanerError(f"{name}: {error!r}; please report it with the document") from error
    return page
