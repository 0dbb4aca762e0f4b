"""The records of a run by their bytes: read one after the other, or any one alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from pydantic import ValidationError

from cleaner.errors import LedgerError
from cleaner.record import Record
from cleaner.review.rewrite import DOCUMENTS as DOCUMENT_ROWS
from cleaner.review.rewrite import REMOVED as REMOVED_ROWS
from cleaner.rows import Removal
from cleaner.writers.runs import json_rows, row_files
from cleaner.writers.schemas import DOCUMENTS, REMOVED


class Stretch(NamedTuple):
    """Bytes of a file."""

    start: int
    size: int


class Located(NamedTuple):
    """A record, and where its row and those of its removed lines stand."""

    record: Record
    row: Stretch
    removed: Stretch


def is_plain(run: Path) -> bool:
    """Whether the rows of a run stand in one file of JSON Lines a kind, where any can be read.

    Raises:
        LedgerError: files are missing.
    """
    files = [*row_files(run, DOCUMENTS), *row_files(run, REMOVED)]
    return files == [run / DOCUMENT_ROWS, run / REMOVED_ROWS]


def unpack(run: Path, folder: Path) -> None:
    """Write the rows of a run into a folder as one that is plain has them."""
    for kind, name in ((DOCUMENTS, DOCUMENT_ROWS), (REMOVED, REMOVED_ROWS)):
        with (folder / name).open("wb") as file:
            file.writelines(json_rows(run, kind))


def located(folder: Path) -> Iterator[Located]:
    """Every record of a run that is plain with its place, in order.

    Raises:
        LedgerError: a row is not what this version writes.
    """
    with (
        _opened(folder, DOCUMENT_ROWS) as documents,
        _opened(folder, REMOVED_ROWS) as removals,
    ):
        row_start = removed_start = 0
        for row in documents:
            record = _record(folder, row)
            count = sum(amount.lines for amount in record.stats.removed.values())
            own = b"".join(islice(removals, count))
            yield Located(
                _with_removed(folder, record, own),
                Stretch(row_start, len(row)),
                Stretch(removed_start, len(own)),
            )
            row_start, removed_start = row_start + len(row), removed_start + len(own)


def read_record(folder: Path, row: Stretch, removed: Stretch) -> Record:
    """The record whose row and removed lines stand at these places.

    Raises:
        LedgerError: something else stands there.
    """
    with (
        _opened(folder, DOCUMENT_ROWS) as documents,
        _opened(folder, REMOVED_ROWS) as removals,
    ):
        record = _record(folder, _read(documents, row))
        return _with_removed(folder, record, _read(removals, removed))


def _opened(folder: Path, name: str) -> IO[bytes]:
    return (folder / name).open("rb")


def _read(file: IO[bytes], stretch: Stretch) -> bytes:
    file.seek(stretch.start)
    return file.read(stretch.size)


def _record(folder: Path, row: bytes) -> Record:
    try:
        return Record.model_validate_json(row)
    except ValidationError as error:
        raise _unreadable(folder / DOCUMENT_ROWS, error) from None


def _with_removed(folder: Path, record: Record, rows: bytes) -> Record:
    try:
        removed = tuple(map(Removal.model_validate_json, rows.splitlines()))
    except ValidationError as error:
        raise _unreadable(folder / REMOVED_ROWS, error) from None
    if any(removal.doc != record.id for removal in removed):
        raise LedgerError(f"{folder / REMOVED_ROWS}: rows of '{record.id}' are missing; run again")
    return record.with_removed(removed)


def _unreadable(file: Path, error: ValidationError) -> LedgerError:
    return LedgerError(
        f"{file}: a row is not of this version ({error.errors()[0]['msg']}); clean the sources"
        " again"
    )
