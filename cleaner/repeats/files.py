"""How counts stand in a file: sorted arrays, that many processes map into memory and share.

a line of JSON, filled up with blanks to HEADER_BYTES
site_keys       of each site, in order
begins          where the lines of each site begin, and where those of the last one end
site_documents  how many pages each site has
line_keys       of each line, in order within its site
on              on how many pages of its site it stands
on_sites        on how many sites
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cleaner.errors import CountsError

Column = npt.NDArray[Any]
Columns = Mapping[str, Column]

HEADER_BYTES = 256
READ_BYTES = 1 << 20
_MAGIC = b'{"cleaner_repeats":'
_OF_SITES = {"site_keys": "<u8", "begins": "<u8", "site_documents": "<u8"}
_OF_LINES = {"line_keys": "<u8", "on": "<u4", "on_sites": "<u4"}
_DTYPES = {**_OF_SITES, **_OF_LINES}
_Count = Annotated[int, Field(ge=0)]


class Header(BaseModel):
    """What a file of counts says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cleaner_repeats: Literal[1] = 1
    """The version of the format."""
    least: Annotated[int, Field(ge=1)]
    """Lines on fewer pages of their site were left out."""
    sites: _Count
    lines: _Count
    sha256: str = ""
    """Of the header without this, and of all that follows it."""


class Place(NamedTuple):
    """Where a column lies."""

    dtype: np.dtype[Any]
    offset: int
    length: int


def places(header: Header) -> dict[str, Place]:
    """Where each column lies in a file with this header."""
    lengths = {
        **dict.fromkeys(_OF_SITES, header.sites),
        "begins": header.sites + 1,
        **dict.fromkeys(_OF_LINES, header.lines),
    }
    sizes = [np.dtype(_DTYPES[name]).itemsize * lengths[name] for name in _DTYPES]
    offsets = accumulate(sizes, initial=HEADER_BYTES)
    return {
        name: Place(np.dtype(_DTYPES[name]), offset, lengths[name])
        for name, offset in zip(_DTYPES, offsets, strict=False)
    }


def is_counts(file: Path) -> bool:
    """Whether a file begins as counts do."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def mapped(file: Path) -> tuple[Header, dict[str, Column]]:
    """The header and the columns of a file, which is not read: that costs nothing.

    Raises:
        CountsError: there is no such file, or it is none of counts, or cut short or spoilt.
    """
    try:
        header = _header(file)
        found = {name: _column(file, place) for name, place in places(header).items()}
    except OSError as error:
        raise CountsError(f"{file}: cannot be read: {error.strerror}") from None
    begins = found["begins"]
    if begins[0] or begins[-1] != header.lines or (begins[1:] < begins[:-1]).any():
        raise CountsError(_spoilt(file))
    return header, found


def check(file: Path, header: Header) -> None:
    """Read a file to its end.

    Raises:
        CountsError: it is not as it was written.
    """
    if _digest(file, header) != header.sha256:
        raise CountsError(_spoilt(file))


@contextmanager
def written(file: Path, header: Header) -> Iterator[Callable[[Columns], None]]:
    """What takes the next rows of some columns; the file gets its name when all have theirs."""
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(_line(header))
    offsets = {name: place.offset for name, place in places(header).items()}

    def write(columns: Columns) -> None:
        with part.open("r+b") as opened:
            for name, rows in columns.items():
                opened.seek(offsets[name])
                offsets[name] += opened.write(rows.astype(_DTYPES[name]).tobytes())

    try:
        yield write
        digest = _digest(part, header)
        with part.open("r+b") as opened:
            opened.write(_line(header.model_copy(update={"sha256": digest})))
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _header(file: Path) -> Header:
    with file.open("rb") as opened:
        line = opened.read(HEADER_BYTES)
    if not line.startswith(_MAGIC):
        raise CountsError(
            f"{file}: has no counts of repeated lines; write them with"
            f" `cleaner repeats SRC... -o {file.name}`"
        )
    try:
        header = Header.model_validate_json(line)
    except ValidationError:
        raise CountsError(_spoilt(file)) from None
    end = max(
        place.offset + place.dtype.itemsize * place.length for place in places(header).values()
    )
    if file.stat().st_size != end:
        raise CountsError(_spoilt(file))
    return header


def _column(file: Path, place: Place) -> Column:
    if not place.length:
        return np.zeros(0, place.dtype)
    found: Column = np.memmap(file, place.dtype, "r", place.offset, place.length)
    return found


def _line(header: Header) -> bytes:
    return header.model_dump_json().encode().ljust(HEADER_BYTES - 1) + b"\n"


def _digest(file: Path, header: Header) -> str:
    found = sha256(_line(header.model_copy(update={"sha256": ""})))
    with file.open("rb") as opened:
        opened.seek(HEADER_BYTES)
        while read := opened.read(READ_BYTES):
            found.update(read)
    return found.hexdigest()


def _spoilt(file: Path) -> str:
    return f"{file}: is cut short, spoilt or of another version; count the lines anew"
