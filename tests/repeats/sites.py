"""Made sites, counted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cleaner.model import Document
from cleaner.repeats.counting import count
from cleaner.repeats.counts import Counts
from cleaner.repeats.tally import tallies
from cleaner.text.segment import segment


def page(lines: Iterable[str], site: str = "example.org", number: int = 0) -> Document:
    """A page of a site."""
    text, name = "\n".join(lines), f"{site}/{number}"
    return segment(text, name, url=f"https://www.{site}/{number}")


def counted(file: Path, documents: Iterable[Document], least: int = 1) -> Counts:
    """The counts of documents, in a file."""
    count(
        tallies(documents, lambda inputs: [x for x in inputs if isinstance(x, Document)]),
        file,
        least,
    )
    return Counts(file)
