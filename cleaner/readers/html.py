"""HTML: a file is a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.model import HtmlPage
from cleaner.readers.places import printable
from cleaner.readers.raw import Raw


def split(file: Path, name: str) -> Iterator[Raw]:
    """The one page of an HTML file.

    Raises:
        OSError: the file cannot be read.
    """
    yield Raw(name, "html", file.read_bytes(), printable(str(file)))


def parse(raw: Raw) -> HtmlPage:
    """The page."""
    return HtmlPage(raw.name, raw.content, path=raw.path)
