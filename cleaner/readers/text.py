"""Plain text: a file, or stdin, is one document."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from cleaner.model import Document
from cleaner.readers.places import printable
from cleaner.readers.raw import Raw
from cleaner.text.decode import decode
from cleaner.text.segment import segment


def split(file: Path, name: str) -> Iterator[Raw]:
    """The one document of a text file.

    Raises:
        OSError: the file cannot be read.
    """
    yield Raw(name, "text", file.read_bytes(), printable(str(file)))


def parse(raw: Raw) -> Document:
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
