"""A run that is reviewed: its files, and any record of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cleaner.record import Record
from cleaner.review.index import LINES, index_of, rows_of
from cleaner.review.records import Stretch, read_record
from cleaner.review.schema import VERDICTS, opened
from cleaner.settings import Settings
from cleaner.writers.runs import read_summary

# The settings that say what becomes of labelled lines; rules and weights have spoken.
_THAT_CUT = frozenset({"keep", "comments", "format", "links", "keep_source"})
_PLACE_SQL = "SELECT row_start, row_size, removed_start, removed_size FROM run.documents WHERE "


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A run's folder, that of its index, and the one in which its rows can be read anywhere."""

    folder: Path
    index: Path
    rows: Path

    @property
    def settings(self) -> Settings:
        """What the run was made with, as far as it decides what is kept."""
        return settings_of(self.folder)

    @contextmanager
    def connected(self, verdicts: Path | None = None) -> Iterator[sqlite3.Connection]:
        """A connection to verdicts, default: those beside the run, with the index as `run`."""
        with opened(verdicts or self.folder / VERDICTS, index=self.index / LINES) as connection:
            yield connection

    def record(self, connection: sqlite3.Connection, doc: str) -> Record | None:
        """The record of this id; None where the run has no such document.

        Raises:
            LedgerError: the run's files were changed since the index was made.
        """
        return self._at(connection.execute(f"{_PLACE_SQL} id = ?", (doc,)))

    def numbered(self, connection: sqlite3.Connection, number: int) -> Record | None:
        """The record with this number in the run, from 1; None where there is none.

        Raises:
            LedgerError: the run's files were changed since the index was made.
        """
        return self._at(connection.execute(f"{_PLACE_SQL} number = ?", (number,)))

    def _at(self, found: sqlite3.Cursor) -> Record | None:
        place = found.fetchone()
        if place is None:
            return None
        return read_record(self.rows, Stretch(*place[:2]), Stretch(*place[2:]))


def reviewed(folder: Path, tell: Callable[[], None] = lambda: None) -> Reviewed:
    """A run with its index, which is made if it must be; `tell` hears of each document read.

    Raises:
        LedgerError: the run's files are missing, or do not account for their sources.
    """
    index = index_of(folder, tell)
    return Reviewed(folder, index, rows_of(folder, index))


def settings_of(folder: Path) -> Settings:
    """What a run was made with, but for paths that may be gone."""
    known = read_summary(folder).get("settings", {})
    chosen = {name: value for name, value in known.items() if name in _THAT_CUT}
    return Settings.model_validate(chosen)
