"""The files of a review, as SQL: the verdicts, which are precious, and an index of the run.

`review.sqlite` is only ever added to, and every transaction is on the disk before it is answered.
The index, in review-index/, is made from the run's files and may be deleted at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.errors import ReviewError

VERDICTS, INDEX = "review.sqlite", "review-index"
# 'clrv': tells the file from other databases.
APPLICATION_ID = 0x636C7276
VERSION = 1
BUSY_SECONDS = 30.0
_HEADER = b"SQLite format 3\0"

_VERDICTS_SQL = f"""
CREATE TABLE acts (
    id INTEGER PRIMARY KEY, time TEXT NOT NULL, reviewer TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'reject', 'relabel')),
    scope TEXT NOT NULL CHECK (scope IN ('line', 'run', 'text', 'rule')),
    note TEXT NOT NULL
);
CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY, act INTEGER NOT NULL REFERENCES acts,
    doc TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    text TEXT NOT NULL, label TEXT NOT NULL
);
CREATE INDEX verdicts_by_line ON verdicts (doc, start, end, text);
CREATE INDEX verdicts_by_act ON verdicts (act);
CREATE TABLE undone (act INTEGER PRIMARY KEY REFERENCES acts, time TEXT NOT NULL);
CREATE TABLE standing (
    doc TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    reviewer TEXT NOT NULL, verdict INTEGER NOT NULL REFERENCES verdicts,
    PRIMARY KEY (doc, start, end, text, reviewer)
) WITHOUT ROWID;
CREATE INDEX standing_by_verdict ON standing (verdict);
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
""" + "".join(
    f"CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table}"
    " BEGIN SELECT RAISE(ABORT, 'verdicts are only added to'); END;\n"
    for table in ("acts", "verdicts", "undone")
    for deed in ("UPDATE", "DELETE")
)
"""`acts`, `verdicts` and `undone` are the log; `standing` is what follows from it: the latest
verdict of each reviewer on each line."""


@contextmanager
def opened(file: Path, *, index: Path | None = None) -> Iterator[sqlite3.Connection]:
    """A connection to a file of verdicts, made if it is not there; `index` is attached as `run`.

    Raises:
        ReviewError: the file is something else, or cannot be opened.
    """
    try:
        connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise ReviewError(f"{file}: cannot be opened ({error}); is the folder yours?") from None
    try:
        _prepare(connection, file)
        if index is not None:
            connection.execute("ATTACH ? AS run", (str(index),))
        yield connection
    except sqlite3.DatabaseError as error:
        raise ReviewError(f"{file}: {error}; if it is spoilt, mend it with `sqlite3`") from error
    finally:
        connection.close()


def existing(file: Path) -> Path:
    """The file of verdicts itself, or of a run's folder.

    Raises:
        ReviewError: there is none.
    """
    found = file / VERDICTS if file.is_dir() else file
    if not found.is_file():
        raise ReviewError(f"{found}: no verdicts there; give some with `cleaner review`")
    return found


def is_database(file: Path) -> bool:
    """Whether a file is one of SQLite, by its first bytes."""
    with file.open("rb") as start:
        return start.read(len(_HEADER)) == _HEADER


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    # FULL: in WAL mode, NORMAL may lose the last transactions when the power fails.
    connection.execute("PRAGMA synchronous = FULL")
    if not _number(connection, "schema_version"):
        _make(connection)
    if _number(connection, "application_id") != APPLICATION_ID:
        raise ReviewError(f"{file}: holds no verdicts; name the review.sqlite of a run")
    if _number(connection, "user_version") > VERSION:
        raise ReviewError(f"{file}: was written by a newer cleaner; install that, or a newer one")
    connection.execute("PRAGMA journal_mode = WAL")


def _number(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _make(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        if not _number(connection, "schema_version"):  # nobody else made it meanwhile
            for statement in _statements(_VERDICTS_SQL):
                connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: `executescript` would end the transaction around it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All within is written, and on the disk, or nothing is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
