"""Places to documents: files, folders, glob patterns and stdin, one file a format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleaner.errors import SourceError
from cleaner.model import Document, Failure, HtmlPage, Input
from cleaner.readers import html, jsonl, text
from cleaner.readers.places import STDIN, Source, printable, sources
from cleaner.readers.raw import Raw


class Format(NamedTuple):
    """How documents stand in a file, and how one is read."""

    split: Callable[[Path, str], Iterator[Raw | Failure]]
    """What stands in a file under an id; raises OSError or SourceError where it cannot be read."""
    parse: Callable[[Raw], Input]
    """The document; raises SourceError where there is none in it."""


FORMATS: Mapping[str, Format] = {
    "text": Format(text.split, text.parse),
    "html": Format(html.split, html.parse),
    "jsonl": Format(jsonl.split, jsonl.parse),
}

SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""The format of each suffix; a file of another suffix that is named itself is read as text."""


def read(places: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Input | Failure]:
    """The documents of all places, in order, and a Failure for each that cannot be read.

    A place is a file, a folder (with all below it), a glob pattern, or '-' for stdin. Of two
    documents with one id the later gets '#2'. All places are looked up before the first is read.

    Raises:
        SourceError: a place does not exist, or has nothing to read.
    """
    return distinct(map(parsed, split(places, stdin)))


def split(places: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Raw | Failure]:
    """The same, found and not yet read: cheap to send to another process.

    Raises:
        SourceError: a place does not exist, or has nothing to read.
    """
    found = [source for place in places for source in sources(place, SUFFIXES.keys())]
    return (raw for source in found for raw in _split(source, stdin))


def parsed(raw: Raw | Failure) -> Input | Failure:
    """The document, or why there is none."""
    if isinstance(raw, Failure):
        return raw
    try:
        return FORMATS[raw.format].parse(raw)
    except SourceError as error:
        return Failure(raw.name, SourceError.__name__, f"{raw.name}: {error}")


def _split(source: Source, stdin: BinaryIO | None) -> Iterator[Raw | Failure]:
    if source.file is None:
        yield Raw(source.id, "text", (stdin or sys.stdin.buffer).read(), STDIN)
        return
    form = FORMATS[SUFFIXES.get(source.file.suffix.lower(), "text")]
    try:
        yield from form.split(source.file, source.id)
    except (OSError, SourceError) as error:
        yield Failure(source.id, SourceError.__name__, _message(source.file, error))


def _message(file: Path, error: OSError | SourceError) -> str:
    place = printable(str(file))
    if isinstance(error, SourceError):
        return f"{place}: {error}"
    return f"{place}: {error.strerror or error}; see that it exists and may be read, and run again"


def distinct(found: Iterable[Input | Failure]) -> Iterator[Input | Failure]:
    """The same, the later of two documents with one id under another: 'a.txt#2'."""
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
