"""Plain text: a file, or stdin, is one document."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from cleaner.model import Document
from cleaner.readers.raw import Raw
from cleaner.readers.streams import whole
from cleaner.settings import Fields
from cleaner.text.decode import decode
from cleaner.text.segment import segment


def split(opened: BinaryIO, name: str, path: str) -> Iterator[Raw]:
    """The one document of a text file.

    Raises:
        OSError: the file cannot be read.
        SourceError: it is too large, or broken.
    """
    yield Raw(name, "text", whole(opened), path)


def parse(raw: Raw, _: Fields) -> Document:
    """The document of a text in any encoding."""
    decoded = decode(raw.content)
    return segment(
        decoded.text,
        raw.name,
        path=raw.path,
        encoding=decoded.encoding,
        sha256=sha256(raw.content).hexdigest(),
        repairs=decoded.repairs,
    )
