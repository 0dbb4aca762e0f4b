"""The rows of a run written into a folder: all of them stand there in the end, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from cleaner.model import Failure
from cleaner.record import Record
from cleaner.rows import Removal
from cleaner.runs.durable import write_whole
from cleaner.runs.join import place
from cleaner.runs.lock import locked
from cleaner.writers.rows import JSONL, RUN, Rows, failed_row, summary_file

DOCUMENTS, REMOVED, FAILED = (f"{kind}{JSONL}" for kind in Rows._fields)
REVIEWED = f"reviewed{JSONL}"


class RunWriter:
    """A context manager; nothing is seen of what it writes until `finish`.

    Raises:
        OSError: the folder cannot be made or written.
        RunError: a run is writing there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._stack = ExitStack()
        self._files: dict[str, IO[str]] = {}

    def __enter__(self) -> RunWriter:  # noqa: PYI034  # typing.Self is of Python 3.11
        with self._stack:
            self._stack.enter_context(locked(self._folder))
            scratch = tempfile.TemporaryDirectory(prefix=".run-", dir=self._folder)
            self._scratch = Path(self._stack.enter_context(scratch))
            self._rows.mkdir()
            for name in (DOCUMENTS, REMOVED, FAILED, REVIEWED):
                opened = (self._rows / name).open("w", encoding="utf-8", newline="\n")
                self._files[name] = self._stack.enter_context(opened)
            self._stack = self._stack.pop_all()
        return self

    @property
    def _rows(self) -> Path:
        return self._scratch / "rows"

    def record(self, record: Record) -> list[str]:
        """Write a record's row and the rows of what was removed; the rule that removed each.

        Both at once: to work out what carried a line takes longer than all else about it.
        """
        rows = list(record.json_rows())
        self._write(REMOVED, (row.json for row in rows))
        self._write(DOCUMENTS, [record.model_dump_json()])
        return [row.rule for row in rows]

    def reviewed(self, rows: Iterable[Removal]) -> None:
        """Write the lines that reviewers decided."""
        self._write(REVIEWED, (row.model_dump_json() for row in rows))

    def failure(self, failure: Failure) -> None:
        """Write what could not be cleaned, and why."""
        self._write(FAILED, [failed_row(failure)])

    def _write(self, name: str, rows: Iterable[str]) -> None:
        self._files[name].writelines(f"{row}\n" for row in rows)

    def finish(self, run: Mapping[str, Any]) -> None:
        """Put the files into place, run.json last; those of an earlier run go."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        place(self._folder, self._scratch, self._rows)
        write_whole(self._folder / RUN, summary_file(run))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
