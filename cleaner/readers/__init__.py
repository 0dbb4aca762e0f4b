"""Places to documents: files, folders, glob patterns and stdin, one file a format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import SourceError
from cleaner.model import Document, Failure, HtmlPage, Input
from cleaner.readers import html, jsonl, text
from cleaner.readers.places import STDIN, Source, printable, sources

Reader = Callable[[Path, str], Iterator[Input | Failure]]
"""Reads a file under an id; raises OSError or SourceError where the file cannot be read."""

READERS: Mapping[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}
"""The reader of each suffix; a file of another suffix that is named itself is read as text."""


def read(places: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Input | Failure]:
    """The documents of all places, in order, and a Failure for each that cannot be read.

    A place is a file, a folder (with all below it), a glob pattern, or '-' for stdin. Of two
    documents with one id the later gets '#2'. All places are looked up before the first is read.

    Raises:
        SourceError: a place does not exist, or has nothing to read.
    """
    found = [source for place in places for source in sources(place, READERS.keys())]
    return _distinct(document for source in found for document in _read(source, stdin))


def _read(source: Source, stdin: BinaryIO | None) -> Iterator[Input | Failure]:
    if source.file is None:
        yield text.document((stdin or sys.stdin.buffer).read(), source.id, path=STDIN)
        return
    try:
        yield from READERS.get(source.file.suffix.lower(), text.read)(source.file, source.id)
    except (OSError, SourceError) as error:
        yield Failure(source.id, SourceError.__name__, _message(source.file, error))


def _message(file: Path, error: OSError | SourceError) -> str:
    place = printable(str(file))
    if isinstance(error, SourceError):
        return f"{place}: {error}"
    return f"{place}: {error.strerror or error}; see that it exists and may be read, and run again"


def _distinct(found: Iterable[Input | Failure]) -> Iterator[Input | Failure]:
    last: dict[str, int] = {}
    for document in found:
        if isinstance(document, Document | HtmlPage) and document.id in last:
            yield replace(document, id=_numbered(document.id, last))
        else:
            if isinstance(document, Document | HtmlPage):
                last[document.id] = 1
            yield document


def _numbered(name: str, last: dict[str, int]) -> str:
    """The next free id made of a taken one; `last` notes the number each id has come to."""
    number = last[name] + 1
    while f"{name}#{number}" in last:
        number += 1
    last[name] = number
    last[f"{name}#{number}"] = 1
    return f"{name}#{number}"
