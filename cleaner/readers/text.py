"""Plain text: a file, or stdin, is one document."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from cleaner.model import Document
from cleaner.readers.places import printable
from cleaner.text.decode import decode
from cleaner.text.segment import segment


def read(file: Path, name: str) -> Iterator[Document]:
    """The one document of a text file.

    Raises:
        OSError: the file cannot be read.
    """
    yield document(file.read_bytes(), name, path=printable(str(file)))


def document(raw: bytes, name: str, path: str) -> Document:
    """The document of a text in any encoding."""
    decoded = decode(raw)
    return segment(
        decoded.text,
        name,
        path=path,
        encoding=decoded.encoding,
        sha256=sha256(raw).hexdigest(),
        repairs=decoded.repairs,
    )
