"""The rows of a run's folder read again, in whatever form and however many files they are."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cleaner.errors import LedgerError, SourceError
from cleaner.record import Record
from cleaner.rows import Removal
from cleaner.writers.formats import ROW_FORMATS
from cleaner.writers.rows import RUN
from cleaner.writers.schemas import DOCUMENTS, REMOVED


def read_run(folder: Path) -> Iterator[Record]:
    """The records of a run, each with its removed spans, in order.

    Raises:
        LedgerError: files are missing, or a row is not what this version writes.
    """
    documents, removed = row_files(folder, DOCUMENTS), row_files(folder, REMOVED)
    removals = _rows(removed, REMOVED, Removal)
    for record in _rows(documents, DOCUMENTS, Record):
        lines = sum(amount.lines for amount in record.stats.removed.values())
        own = tuple(islice(removals, min(lines, sys.maxsize)))
        if any(removal.doc != record.id for removal in own):
            raise LedgerError(f"{removed[0]}: rows of '{record.id}' are missing; run again")
        yield record.with_removed(own)
    if next(removals, None) is not None:
        raise LedgerError(f"{removed[0]}: has rows of no document in {documents[0]}; run again")


def count_documents(folder: Path) -> int:
    """How many documents a run has.

    Raises:
        LedgerError: files are missing, or cannot be read.
    """
    row_files(folder, REMOVED)
    files = row_files(folder, DOCUMENTS)
    return sum(1 for file in files for _ in _read(file, DOCUMENTS))


def json_rows(folder: Path, kind: str) -> Iterator[bytes]:
    """The rows of a kind as JSON, a line each, in whatever form they are.

    Raises:
        LedgerError: files are missing, or cannot be read.
    """
    for file in row_files(folder, kind):
        for row in _read(file, kind):
            line = row.encode("utf-8") if isinstance(row, str) else row
            yield line if line.endswith(b"\n") else line + b"\n"


def row_files(folder: Path, kind: str) -> list[Path]:
    """The files with the rows of a kind, in order: one in the folder, or those of its shards.

    Raises:
        LedgerError: there are none, or some of several runs.
    """
    forms = [files for suffix in ROW_FORMATS for files in _forms(folder, kind, suffix) if files]
    if not forms:
        file = folder / f"{kind}.jsonl"
        raise LedgerError(f"{file}: not found; give the folder that `cleaner run` wrote")
    if len(forms) > 1:
        named = " and ".join(str(files[0]) for files in forms)
        raise LedgerError(f"{named}: rows of two runs in one folder; remove the older ones")
    return forms[0]


def read_summary(folder: Path) -> dict[str, Any]:
    """run.json of a run; empty if there is none."""
    file = folder / RUN
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}


def _forms(folder: Path, kind: str, suffix: str) -> Iterator[list[Path]]:
    """The file and the shards of one suffix."""
    yield [file for file in [folder / f"{kind}{suffix}"] if file.is_file()]
    yield sorted((folder / kind).glob(f"[0-9]*[0-9]{suffix}"))


def _rows(files: list[Path], kind: str, model: Any) -> Iterator[Any]:
    for file in files:
        for number, row in enumerate(_read(file, kind), 1):
            try:
                yield model.model_validate_json(row)
            except ValidationError as error:
                raise LedgerError(
                    f"{file}:{number}: not a row of this version"
                    f" ({error.errors()[0]['msg']}); clean the sources again"
                ) from None


def _read(file: Path, kind: str) -> Iterator[str | bytes]:
    suffix = next(suffix for suffix in ROW_FORMATS if file.name.endswith(suffix))
    try:
        with file.open("rb") as opened:
            yield from ROW_FORMATS[suffix].decode(kind, opened)
    except (OSError, SourceError, ValueError) as error:
        raise LedgerError(f"{file}: {error}; clean the sources again") from None
