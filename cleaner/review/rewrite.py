"""A run's folder: documents.jsonl, removed.jsonl, failed.jsonl and run.json.

Rows are written to files in a hidden folder; only a finished run gives them their final places, so
no half-written row is ever visible.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from cleaner.model import Failure
from cleaner.record import Record

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

    def record(self, record: Record) -> list[str]:
        """Write a record's row and the rows of what was removed; the rule that removed each.

        Both at once: to work out what carried a line takes longer than all else about it.
        """
        rows = list(record.json_rows())
        self._files[REMOVED].writelines(f"{row.json}\n" for row in rows)
        self._files[DOCUMENTS].write(f"{record.model_dump_json()}\n")
        return [row.rule for row in rows]

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
