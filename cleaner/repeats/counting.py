"""Tallies added up by DuckDB, which puts on disk what memory does not hold."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cleaner.errors import CountsError, SettingsError
from cleaner.repeats.files import Header, written
from cleaner.repeats.tally import WHOLE_PAGE, Tally, joined

if TYPE_CHECKING:
    import duckdb

MEMORY_MB = 1024
# What DuckDB asks for.
MB_A_THREAD = 125
# So many lines pass through this process at once, 24 bytes each.
LINES_AT_ONCE = 250_000

_TALLIES = "CREATE TABLE tallies (site UBIGINT, line UBIGINT, documents UBIGINT)"
_SUMS = """
CREATE TABLE sums AS
SELECT site, line, sum(documents)::UBIGINT AS documents FROM tallies GROUP BY site, line"""
_LINES = f"""
CREATE TABLE lines AS
SELECT site, line, documents, on_sites
FROM (SELECT * FROM sums WHERE line <> {WHOLE_PAGE} AND documents >= $least)
JOIN (SELECT line, count(*) AS on_sites FROM sums GROUP BY line) USING (line)
ORDER BY site, line"""  # noqa: S608  # a number of ours
_SITES = f"""
SELECT site, documents, coalesce(lines, 0)::UBIGINT AS lines
FROM (SELECT site, documents FROM sums WHERE line = {WHOLE_PAGE} AND documents >= $least)
LEFT JOIN (SELECT site, count(*) AS lines FROM lines GROUP BY site) USING (site)
ORDER BY site"""  # noqa: S608
_SOME_LINES = """
SELECT line AS line_keys, documents AS "on", on_sites FROM lines
WHERE rowid >= $begin AND rowid < $begin + $rows ORDER BY rowid"""


def count(tallies: Iterable[Tally], file: Path, least: int, memory_mb: int = MEMORY_MB) -> Header:
    """Write the sums of all tallies into a file, the same whatever their order; its header.

    Lines that stand on fewer pages of a site than `least` are left out.

    Raises:
        SettingsError: DuckDB is not installed.
        CountsError: memory or disk do not hold them.
    """
    with _database(file, memory_mb) as database:
        for part in _gathered(tallies):
            database.register("part", part._asdict())
            database.execute("INSERT INTO tallies SELECT site, line, documents FROM part")
            database.unregister("part")
        database.execute(_SUMS)
        database.execute("DROP TABLE tallies")
        database.execute(_LINES, {"least": least})
        return _write(database, file, least)


def _gathered(tallies: Iterable[Tally]) -> Iterator[Tally]:
    """The same rows in fewer tallies: DuckDB takes long for many small ones."""
    several: list[Tally] = []
    rows = 0
    for part in tallies:
        several.append(part)
        rows += len(part.line)
        if rows >= LINES_AT_ONCE:
            yield joined(several)
            several, rows = [], 0
    if several:
        yield joined(several)


@contextmanager
def _database(file: Path, memory_mb: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty table of tallies; what memory does not hold is put beside the file to be."""
    try:
        import duckdb  # noqa: PLC0415  # an extra
    except ImportError:
        raise SettingsError(
            "counting repeated lines needs DuckDB; install it with: pip install 'cleaner[repeats]'"
        ) from None
    with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_mb}MB",
            "temp_directory": folder,
            "threads": max(1, min(os.cpu_count() or 1, memory_mb // MB_A_THREAD)),
        }
        try:
            with duckdb.connect(config=config) as database:
                database.execute(_TALLIES)
                yield database
        except duckdb.Error as error:
            raise CountsError(
                f"{file}: could not be counted within {memory_mb} MB of memory and the free space"
                f" beside it; give it more, with --memory. DuckDB says: {error}"
            ) from error


def _write(database: duckdb.DuckDBPyConnection, file: Path, least: int) -> Header:
    sites = database.execute(_SITES, {"least": least}).fetchnumpy()
    begins = np.concatenate([np.zeros(1, np.uint64), np.cumsum(sites["lines"], dtype=np.uint64)])
    lines = int(begins[-1])
    header = Header(least=least, sites=len(sites["site"]), lines=lines)
    with written(file, header) as write:
        write({"site_keys": sites["site"], "begins": begins, "site_documents": sites["documents"]})
        for begin in range(0, lines, LINES_AT_ONCE):
            some = {"begin": begin, "rows": LINES_AT_ONCE}
            write(database.execute(_SOME_LINES, some).fetchnumpy())
    return header
