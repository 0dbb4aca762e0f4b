"""The records of a run by their bytes: read one after the other, or any one alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from pydantic import ValidationError

from cleaner.errors import LedgerError
from cleaner.record import Record
from cleaner.rows import Removal
from cleaner.writers.jsonl import DOCUMENTS, REMOVED


class Stretch(NamedTuple):
    """Bytes of a file."""

    start: int
    size: int


class Located(NamedTuple):
    """A record, and where its row and those of its removed lines stand."""

    record: Record
    row: Stretch
    removed: Stretch


def located(folder: Path) -> Iterator[Located]:
    """Every record of a run with its place, in order.

    Raises:
        LedgerError: files are missing, or a row is not what this version writes.
    """
    with _opened(folder, DOCUMENTS) as documents, _opened(folder, REMOVED) as removals:
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
    with _opened(folder, DOCUMENTS) as documents, _opened(folder, REMOVED) as removals:
        record = _record(folder, _read(documents, row))
        return _with_removed(folder, record, _read(removals, removed))


def _opened(folder: Path, name: str) -> IO[bytes]:
    file = folder / name
    if not file.is_file():
        raise LedgerError(f"{file}: not found; give the folder that `cleaner run` wrote")
    return file.open("rb")


def _read(file: IO[bytes], stretch: Stretch) -> bytes:
    file.seek(stretch.start)
    return file.read(stretch.size)


def _record(folder: Path, row: bytes) -> Record:
    try:
        return Record.model_validate_json(row)
    except ValidationError as error:
        raise _unreadable(folder / DOCUMENTS, error) from None


def _with_removed(folder: Path, record: Record, rows: bytes) -> Record:
    try:
        removed = tuple(map(Removal.model_validate_json, rows.splitlines()))
    except ValidationError as error:
        raise _unreadable(folder / REMOVED, error) from None
    if any(removal.doc != record.id for removal in removed):
        raise LedgerError(f"{folder / REMOVED}: rows of '{record.id}' are missing; run again")
    return record.model_copy(update={"removed": removed})


def _unreadable(file: Path, error: ValidationError) -> LedgerError:
    return LedgerError(
        f"{file}: a row is not of this version ({error.errors()[0]['msg']}); clean the sources"
        " again"
    )
