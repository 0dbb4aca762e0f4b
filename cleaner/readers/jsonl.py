"""JSON Lines: every row with a text or a page is a document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, BinaryIO

from cleaner.errors import SourceError
from cleaner.model import Failure, Input
from cleaner.readers.failures import failure, too_large
from cleaner.readers.mapping import document
from cleaner.readers.raw import MAX_DOCUMENT_BYTES, Raw
from cleaner.settings import Fields
from cleaner.text.decode import decode, without_surrogates

MAX_LINE_BYTES = MAX_DOCUMENT_BYTES
_SKIP_BYTES = 1024 * 1024
_TOO_LONG = too_large("line", "write one row a line, and leave out rows of that size")
# Half of what rows may have to be read again by pydantic.
MAX_DEPTH = 100
_SURROGATE_RE = re.compile(r"\\u[dD][89a-fA-F]")


def split(opened: BinaryIO, name: str, path: str) -> Iterator[Raw | Failure]:
    """The lines of a file that hold something, in order; one is in memory at a time.

    Where the file cannot be read on, a failure ends it.
    """
    number = 0
    try:
        for number, line in enumerate(_lines(opened), 1):
            position = f"{name}:{number}"
            if line is None:
                yield failure(position, _TOO_LONG)
            elif line.strip():
                yield Raw(position, "jsonl", line, path)
    except (OSError, SourceError) as error:
        yield failure(f"{name}:{number + 1}", error)


def parse(raw: Raw, fields: Fields) -> Input:
    """The document of a row, named by the row's id, else by its position.

    Its sha256 is of the line without the line feed.

    Raises:
        SourceError: the line holds no such row.
    """
    line = raw.content
    decoded = decode(line)
    found = document(
        _row(decoded.text),
        fields,
        raw.name,
        # What counts are the NULs of the text, where they may be escaped.
        repairs=tuple(repair for repair in decoded.repairs if repair.kind != "nul"),
        path=raw.path,
        encoding=decoded.encoding,
        sha256=sha256(line).hexdigest(),
    )
    return replace(found, fields=_writable(found.fields, decoded.text)) if found.fields else found


def _lines(opened: BinaryIO) -> Iterator[bytes | None]:
    """Each line without its line feed; None for one that is too long."""
    while line := opened.readline(MAX_LINE_BYTES + 1):
        if line.endswith(b"\n") or len(line) <= MAX_LINE_BYTES:
            yield line.removesuffix(b"\n")
        else:
            _skip_line(opened)
            yield None


def _skip_line(opened: BinaryIO) -> None:
    while (rest := opened.readline(_SKIP_BYTES)) and not rest.endswith(b"\n"):
        pass


def _row(line: str) -> Mapping[str, Any]:
    try:
        # Not strict: control characters inside strings are bad JSON, and still text.
        row = json.loads(line.removeprefix("\ufeff"), strict=False)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"no valid JSON ({error}); mend the row or leave it out") from None
    if not isinstance(row, dict):
        raise SourceError(f'JSON {type(row).__name__}, not an object; write {{"text": ...}}')
    return row


def _writable(fields: Mapping[str, Any], line: str) -> Mapping[str, Any]:
    """The fields as they can be written, and read again; nearly always they are that already.

    Raises:
        SourceError: one is nested too deep.
    """
    if line.count("[") + line.count("{") > MAX_DEPTH:
        for name, value in fields.items():
            _check_depth(name, value)
    return _without_surrogates(fields) if _SURROGATE_RE.search(line) else fields


def _check_depth(name: str, value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise SourceError(f"field '{name}' is nested over {MAX_DEPTH} deep; leave it out")


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)[0]
    if isinstance(value, Mapping):
        return {without_surrogates(k)[0]: _without_surrogates(v) for k, v in value.items()}
    return list(map(_without_surrogates, value)) if isinstance(value, list) else value
