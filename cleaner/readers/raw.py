"""A document as it stands in a source: cheap to find and to send, read where it is cleaned."""

from __future__ import annotations

from dataclasses import dataclass

# A longer line, page or record is a file of another kind or a bomb, and would take gigabytes.
MAX_DOCUMENT_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one document: of a file, or of a row or record in it.

    `name` is the id of the document if it has none of its own, and what errors call it.
    """

    name: str
    format: str
    """Which of `cleaner.readers.FORMATS` reads it."""
    content: bytes
    path: str
    """Where it came from, fit to be printed."""
