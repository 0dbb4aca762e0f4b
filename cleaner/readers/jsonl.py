"""JSON Lines: every row with a `text` or an `html` string is a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.errors import SourceError
from cleaner.html.people import authors
from cleaner.model import Failure, HtmlPage, Input, Repair
from cleaner.readers.places import printable
from cleaner.readers.raw import Raw
from cleaner.text.decode import decode, nul_repairs, without_surrogates
from cleaner.text.segment import segment

# A longer line is a file that is not JSON Lines, or would take gigabytes to parse.
MAX_LINE_BYTES = 256 * 1024 * 1024
_SKIP_BYTES = 1024 * 1024
_TOO_LONG = "line of over 256 MiB; write one row a line, and leave out rows of that size"


def split(file: Path, name: str) -> Iterator[Raw | Failure]:
    """The lines of a file that hold something, in order; one is in memory at a time.

    Raises:
        OSError: the file cannot be read.
    """
    path = printable(str(file))
    with file.open("rb") as opened:
        for number, line in enumerate(_lines(opened), 1):
            position = f"{name}:{number}"
            if line is None:
                yield Failure(position, SourceError.__name__, f"{position}: {_TOO_LONG}")
            elif line.strip():
                yield Raw(position, "jsonl", line, path)


def parse(raw: Raw) -> Input:
    """The document of a row, named by the row's `id`, else by its position.

    Its sha256 is of the line without the line feed.

    Raises:
        SourceError: the line holds no such row.
    """
    line = raw.content
    decoded = decode(line)
    row = _row(decoded.text)
    about: dict[str, Any] = {
        "path": raw.path,
        "url": _string(row, "url"),
        "encoding": decoded.encoding,
        "sha256": sha256(line).hexdigest(),
        "metadata": _metadata(row),
    }
    # What counts are the NULs of the text, where they may be escaped.
    repairs = tuple(repair for repair in decoded.repairs if repair.kind != "nul")
    return _segmented(row, _id(row) or raw.name, repairs, about)


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


def _segmented(
    row: Mapping[str, Any], name: str, repairs: tuple[Repair, ...], about: Mapping[str, Any]
) -> Input:
    text, markup = row.get("text"), row.get("html")
    if isinstance(text, str):
        return segment(text, name, repairs=(*repairs, *nul_repairs(text)), **about)
    if isinstance(markup, str):
        return HtmlPage(name, markup, repairs=repairs, **about)
    raise SourceError("row has no string 'text' and no string 'html'; rename or add the field")


def _row(line: str) -> Mapping[str, Any]:
    try:
        # Not strict: control characters inside strings are bad JSON, and still text.
        row = json.loads(line.removeprefix("\ufeff"), strict=False)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"no valid JSON ({error}); mend the row or leave it out") from None
    if not isinstance(row, dict):
        raise SourceError(f'JSON {type(row).__name__}, not an object; write {{"text": ...}}')
    return row


def _id(row: Mapping[str, Any]) -> str | None:
    name = row.get("id")
    if isinstance(name, (int, float)) and not isinstance(name, bool):
        return str(name)
    return _string(row, "id")


def _string(row: Mapping[str, Any], key: str) -> str | None:
    """A field fit to be written as UTF-8; None if it is empty, missing or no string."""
    value = row.get(key)
    return without_surrogates(value)[0] if value and isinstance(value, str) else None


def _metadata(row: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    fields = ((key, _string(row, key)) for key in ("title", "date", "language"))
    found: dict[str, str | tuple[str, ...]] = {key: value for key, value in fields if value}
    names = _authors(row.get("authors")) or _authors(row.get("author"))
    return {**found, "authors": names} if names else found


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return authors(without_surrogates(value)[0])
    listed = value if isinstance(value, list) else []
    return tuple(without_surrogates(name)[0] for name in listed if name and isinstance(name, str))
