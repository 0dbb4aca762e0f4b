"""A run's folder: documents.jsonl, removed.jsonl, failed.jsonl and run.json.

Rows are written to files in a hidden folder; only a finished run gives them their final places, so
no half-written row is ever visible.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from pydantic import ValidationError

from cleaner.errors import LedgerError
from cleaner.model import Failure
from cleaner.record import Record
from cleaner.rows import Removal

DOCUMENTS, REMOVED, FAILED, RUN = "documents.jsonl", "removed.jsonl", "failed.jsonl", "run.json"


class RunWriter:
    """Writes the rows of a run into a folder; a context manager.

    Raises:
        OSError: the folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        # One of its own: two runs at once must not write into each other's files.
        self._parts = Path(tempfile.mkdtemp(prefix=".run-", dir=folder))
        self._files: dict[str, IO[str]] = {}

    def __enter__(self) -> RunWriter:  # noqa: PYI034  # typing.Self is of Python 3.11
        for name in (DOCUMENTS, REMOVED, FAILED):
            part = self._parts / name
            self._files[name] = part.open("w", encoding="utf-8", newline="\n")
        return self

    def record(self, record: Record) -> Counter[str]:
        """Write a record's row and the rows of what was removed; how many each rule removed.

        Both at once: to work out what carried a line takes longer than all else about it.
        """
        rows = list(record.json_rows())
        self._files[REMOVED].writelines(f"{row.json}\n" for row in rows)
        self._files[DOCUMENTS].write(f"{record.model_dump_json()}\n")
        return Counter(row.rule for row in rows)

    def failure(self, failure: Failure) -> None:
        """Write what could not be cleaned, and why."""
        row = {"source": failure.source, "error": failure.error, "message": failure.message}
        self._files[FAILED].write(f"{json.dumps(row, ensure_ascii=False)}\n")

    def finish(self, run: dict[str, Any]) -> None:
        """Give the files their final names, run.json last."""
        text = json.dumps(run, ensure_ascii=False, indent=2)
        (self._parts / RUN).write_text(f"{text}\n", encoding="utf-8", newline="\n")
        for file in self._files.values():
            file.close()
        for name in (*self._files, RUN):
            (self._parts / name).replace(self._folder / name)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()
        shutil.rmtree(self._parts, ignore_errors=True)


def read_run(folder: Path) -> Iterator[Record]:
    """The records of a run, each with its removed spans, in order.

    Raises:
        LedgerError: files are missing, or a row is not what this version writes.
    """
    documents, removed = folder / DOCUMENTS, folder / REMOVED
    for file in (documents, removed):
        if not file.is_file():
            raise LedgerError(f"{file}: not found; give the folder that `cleaner run` wrote")
    removals = _rows(removed, Removal)
    for record in _rows(documents, Record):
        own = tuple(islice(removals, sum(a.lines for a in record.stats.removed.values())))
        if any(removal.doc != record.id for removal in own):
            raise LedgerError(f"{removed}: rows of '{record.id}' are missing; run again")
        yield record.with_removed(own)
    if next(removals, None) is not None:
        raise LedgerError(f"{removed}: has rows of no document in {documents.name}; run again")


def _rows(file: Path, model: Any) -> Iterator[Any]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield model.model_validate_json(line)
            except ValidationError as error:
                raise LedgerError(
                    f"{file}:{number}: not a row of this version"
                    f" ({error.errors()[0]['msg']}); clean the sources again"
                ) from None


def read_summary(folder: Path) -> dict[str, Any]:
    """run.json of a run; empty if there is none."""
    file = folder / RUN
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}
