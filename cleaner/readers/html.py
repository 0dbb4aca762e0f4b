"""HTML: a file is a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.model import HtmlPage
from cleaner.readers.places import printable


def read(file: Path, name: str) -> Iterator[HtmlPage]:
    """The one page of an HTML file.

    Raises:
        OSError: the file cannot be read.
    """
    yield HtmlPage(name, file.read_bytes(), path=printable(str(file)))
