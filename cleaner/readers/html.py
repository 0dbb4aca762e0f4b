"""HTML: a file is a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cleaner.model import HtmlPage
from cleaner.readers.raw import Raw
from cleaner.readers.streams import whole
from cleaner.settings import Fields


def split(opened: BinaryIO, name: str, path: str) -> Iterator[Raw]:
    """The one page of an HTML file.

    Raises:
        OSError: the file cannot be read.
        SourceError: it is too large, or broken.
    """
    yield Raw(name, "html", whole(opened), path)


def parse(raw: Raw, _: Fields) -> HtmlPage:
    """The page."""
    return HtmlPage(raw.name, raw.content, path=raw.path)
