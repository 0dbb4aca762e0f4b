"""Places to documents: files, folders, glob patterns, addresses and stdin, one file a format."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import BinaryIO, NamedTuple, cast

from cleaner.errors import SourceError
from cleaner.model import Document, Failure, HtmlPage, Input
from cleaner.readers import html, jsonl, parquet, text, warc
from cleaner.readers.failures import failure
from cleaner.readers.names import endings, printable
from cleaner.readers.places import STDIN, Source, sources
from cleaner.readers.raw import Raw
from cleaner.readers.streams import seekable, suffix_by_content, unpacked
from cleaner.settings import Fields


class Format(NamedTuple):
    """How documents stand in a file, and how one is read."""

    split: Callable[[BinaryIO, str, str], Iterator[Raw | Failure]]
    """What stands in an open file, by its id and its path; raises OSError or SourceError."""
    parse: Callable[[Raw, Fields], Input]
    """The document; raises SourceError where there is none in it."""
    package: str | None = None
    """What reads it, where that is an extra of the format's name."""
    seeks: bool = False
    """Whether files are read to and fro."""
    unpacks: bool = False
    """Whether compressed files are read as they are."""


_USUAL = Fields()

FORMATS: Mapping[str, Format] = {
    "text": Format(text.split, text.parse),
    "html": Format(html.split, html.parse),
    "jsonl": Format(jsonl.split, jsonl.parse),
    "parquet": Format(parquet.split, parquet.parse, "pyarrow", seeks=True),
    "warc": Format(warc.split, warc.parse, "fastwarc", seeks=True, unpacks=True),
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
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
"""The format of each suffix, with .gz or .zst behind it or not; others, if named, are text."""


def read(
    places: Sequence[str],
    stdin: BinaryIO | None = None,
    *,
    stdin_format: str = "text",
    fields: Fields | None = None,
) -> Iterator[Input | Failure]:
    """The documents of all places, in order, and a Failure for each that cannot be read.

    A place is a file, a folder (with all below it), a glob pattern, an address of fsspec, or '-'
    for stdin, which is in `stdin_format`, one of FORMATS. `fields` are read of rows. Of two
    documents with one id the later gets '#2'. All places are looked up before the first is read.

    Raises:
        SourceError: a place does not exist, or has nothing to read, or nothing can read it.
    """
    raws = split(places, stdin, stdin_format=stdin_format)
    return distinct(parsed(raw, fields) for raw in raws)


def split(
    places: Sequence[str], stdin: BinaryIO | None = None, *, stdin_format: str = "text"
) -> Iterator[Raw | Failure]:
    """The same, found and not yet read: cheap to send to another process.

    Raises:
        SourceError: as `read` does.
    """
    found = [
        (source, _format_of(source) or stdin_format)
        for place in places
        for source in sources(place, SUFFIXES.keys())
    ]
    for source, form in found:
        _check_installed(source, form)
    return (raw for source, form in found for raw in _split(source, FORMATS[form], stdin))


@dataclass(frozen=True, slots=True)
class Sources:
    """What `split` finds at these places, found anew each time, also by a process it is sent to."""

    places: tuple[str, ...]

    def __iter__(self) -> Iterator[Raw | Failure]:
        return split(self.places)


def parsed(raw: Raw | Failure, fields: Fields | None = None) -> Input | Failure:
    """The document, or why there is none; `fields` are read of rows."""
    if isinstance(raw, Failure):
        return raw
    try:
        return FORMATS[raw.format].parse(raw, fields or _USUAL)
    except SourceError as error:
        return failure(raw.name, error)


def _format_of(source: Source) -> str | None:
    """The format that the name of a file tells; None of stdin."""
    return SUFFIXES.get(endings(source.file.name)[0], "text") if source.file else None


def _check_installed(source: Source, form: str) -> None:
    package = FORMATS[form].package
    if package and not find_spec(package):
        raise SourceError(f"{source.id}: to read this, pip install 'cleaner[{form}]'")


def _split(source: Source, form: Format, stdin: BinaryIO | None) -> Iterator[Raw | Failure]:
    path = printable(str(source.file)) if source.file else STDIN
    try:
        with ExitStack() as closing:
            yield from form.split(_opened(source, form, stdin, closing), source.id, path)
    except (OSError, SourceError) as error:
        yield failure(source.id, error, path)


def _opened(source: Source, form: Format, stdin: BinaryIO | None, closing: ExitStack) -> BinaryIO:
    """The bytes of a source as its format reads them; all but stdin is closed in the end."""
    if source.file is None:
        opened, packing = _peekable(stdin or sys.stdin.buffer)
    else:
        opened = closing.enter_context(source.file.open("rb"))
        packing = endings(source.file.name)[1]
    stream = opened if form.unpacks else unpacked(opened, packing)
    readable = seekable(stream) if form.seeks else stream
    if readable is not opened:
        closing.enter_context(readable)
    return readable


def _peekable(stdin: BinaryIO) -> tuple[BinaryIO, str]:
    """The stream, and the compression by which it begins."""
    stream = (
        stdin
        if isinstance(stdin, io.BufferedReader)
        else io.BufferedReader(cast("io.RawIOBase", stdin))
    )
    return cast("BinaryIO", stream), suffix_by_content(stream)


def distinct(found: Iterable[Input | Failure]) -> Iterator[Input | Failure]:
    """The same, the later of two documents with one id under another: 'a.txt#2'."""
    last: dict[str, int] = {}
    for document in found:
        if isinstance(document, Document | HtmlPage):
            name = unused(document.id, last)
            yield document if name == document.id else replace(document, id=name)
        else:
            yield document


def unused(name: str, last: dict[str, int]) -> str:
    """The id, or the next free one made of it if it is taken.

    `last` notes the number that each id has come to.

    >>> taken = {}
    >>> [unused(name, taken) for name in ("a", "b", "a", "a#2", "a")]
    ['a', 'b', 'a#2', 'a#2#2', 'a#3']
    """
    number = last.setdefault(name, 0) + 1
    if number == 1:
        last[name] = 1
        return name
    while f"{name}#{number}" in last:
        number += 1
    last[name] = number
    last[f"{name}#{number}"] = 1
    return f"{name}#{number}"
