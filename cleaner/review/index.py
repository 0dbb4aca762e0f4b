"""An index of a run's documents and lines, for runs of any size.

All lines are in it that are worth asking about, and the short ones of the others. It is made once,
and anew when the files of the run are others. Verdicts are not in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter

from cleaner.report.documents import document_views
from cleaner.report.index_views import RunView
from cleaner.report.tally import Tally
from cleaner.report.totals import Summary
from cleaner.review.lines import Decided, decided
from cleaner.review.order import rank
from cleaner.review.records import Located, is_plain, located, unpack
from cleaner.review.schema import INDEX
from cleaner.review.values import text_hash
from cleaner.writers.rows import RUN
from cleaner.writers.runs import read_summary, row_files
from cleaner.writers.schemas import DOCUMENTS, REMOVED

# Raised when the tables or the order change.
VERSION = 1
SHOWN_CHARS = 300
# Longer lines that were kept are paragraphs, which do not come back.
LONGEST_KEPT_CHARS = 200
LINES = "lines.sqlite"

_SQL = """
CREATE TABLE about (print TEXT NOT NULL);
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, site TEXT NOT NULL,
    row_start INTEGER NOT NULL, row_size INTEGER NOT NULL,
    removed_start INTEGER NOT NULL, removed_size INTEGER NOT NULL
);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, shown TEXT NOT NULL, times INTEGER NOT NULL
);
CREATE TABLE rules (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE spans (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, state TEXT NOT NULL, label TEXT NOT NULL, score REAL,
    rule INTEGER NOT NULL, text INTEGER NOT NULL, rank INTEGER
);
CREATE VIEW lines AS
SELECT s.id, s.rank, s.document, d.id AS doc, d.site, s.start, s.end, s.state, s.label, s.score,
    r.name AS rule, t.hash AS text, t.times, t.shown
FROM spans s JOIN documents d ON d.number = s.document JOIN texts t ON t.id = s.text
JOIN rules r ON r.id = s.rule;
"""
# Not unique: documents of different shards may have one id. ANALYZE: so that SQLite knows that few
# do, and looks for a line by its place and not by its text, which thousands may have.
_INDICES_SQL = """
CREATE INDEX documents_by_id ON documents (id);
CREATE INDEX spans_by_rank ON spans (rank) WHERE rank IS NOT NULL;
CREATE INDEX spans_by_rule ON spans (rule, label, state);
CREATE INDEX spans_by_text ON spans (text, label);
CREATE INDEX spans_by_place ON spans (document, start, end);
ANALYZE;
"""


def index_of(run: Path, tell: Callable[[], None] = lambda: None) -> Path:
    """The folder of the index of a run, made where there is none or the run is another.

    `tell` hears of each document that is read.

    Raises:
        LedgerError: the run's files are missing, or do not account for their sources.
    """
    folder = run / INDEX
    print_now = fingerprint(run)
    if _print(folder / LINES) != print_now:
        # One of its own: two at once must not write into each other's files.
        with TemporaryDirectory(dir=run, prefix=f".{INDEX}.") as scratch:
            fresh = Path(scratch, "new")
            fresh.mkdir()
            _make(fresh, run, print_now, tell)
            if folder.exists():
                folder.rename(Path(scratch, "old"))
            fresh.rename(folder)
    return folder


def fingerprint(run: Path) -> str:
    """What differs when the files of a run are others: by their names, sizes and times of change.

    Raises:
        LedgerError: files are missing.
    """
    files = [file for kind in (DOCUMENTS, REMOVED) for file in row_files(run, kind)]
    states = [(file.name, file.stat()) for file in files]
    told = [VERSION, *((name, state.st_size, state.st_mtime_ns) for name, state in states)]
    return sha256(repr(told).encode()).hexdigest()


def _print(file: Path) -> str | None:
    if not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(file)) as connection:
            [found] = connection.execute("SELECT print FROM about").fetchone()
    except (sqlite3.Error, TypeError):
        return None
    return str(found)


def rows_of(run: Path, folder: Path) -> Path:
    """Where any record of a run can be read: in its own folder if it is plain, or in its index.

    Raises:
        LedgerError: files are missing.
    """
    return run if is_plain(run) else folder


def run_view(folder: Path) -> RunView:
    """What the first page shows of the run, from the folder of its index."""
    return TypeAdapter(RunView).validate_json((folder / RUN).read_bytes())


def _make(folder: Path, run: Path, print_now: str, tell: Callable[[], None]) -> None:
    rows = rows_of(run, folder)
    if rows == folder:
        unpack(run, folder)
    with closing(sqlite3.connect(folder / LINES)) as connection:
        # What is made anew when it is spoilt need not survive a crash.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SQL)
        filler, tally, number = _Filler(connection), Tally(folder), 0
        for number, each in enumerate(located(rows), 1):
            pages = document_views(number, each.record)
            filler.add(pages[0].summary, each)
            tally.add(pages)
            tell()
        filler.finish()
        # A folder's name may hold bytes that are not UTF-8.
        name = run.resolve().name.encode("utf-8", "replace").decode()
        view = tally.finish(name, read_summary(run), number)
        (folder / RUN).write_bytes(TypeAdapter(RunView).dump_json(view))
        rank(connection)
        connection.executescript(_INDICES_SQL)
        connection.execute("INSERT INTO about VALUES (?)", (print_now,))
        connection.commit()


class _Filler:
    """Writes documents into a new index; remembers the numbers of texts and rules."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts: dict[str, list[int]] = {}
        self._rules: dict[str, int] = {}

    def add(self, summary: Summary, each: Located) -> None:
        """Write one document and its lines."""
        number = summary.number
        row = (number, each.record.id, summary.site or "", *each.row, *each.removed)
        self._connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        lines = (
            line
            for line in decided(each.record)
            if line.is_asked or len(line.text) <= LONGEST_KEPT_CHARS
        )
        self._connection.executemany(
            "INSERT INTO spans (document, start, end, state, label, score, rule, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [self._span(number, line) for line in lines],
        )

    def finish(self) -> None:
        """Write the rules, and how often each text was met."""
        rules = ((number, name) for name, number in self._rules.items())
        self._connection.executemany("INSERT INTO rules VALUES (?, ?)", rules)
        times = ((times, number) for number, times in self._texts.values())
        self._connection.executemany("UPDATE texts SET times = ? WHERE id = ?", times)

    def _span(self, number: int, line: Decided) -> tuple[object, ...]:
        rule = self._rules.setdefault(line.rule, len(self._rules) + 1)
        about = line.state.value, line.label.value, line.score
        return (number, *line.place[1:], *about, rule, self._text(line.text))

    def _text(self, text: str) -> int:
        hashed = text_hash(text)
        known = self._texts.get(hashed)
        if known is None:
            known = self._texts[hashed] = [len(self._texts) + 1, 0]
            self._connection.execute(
                "INSERT INTO texts VALUES (?, ?, ?, 0)", (known[0], hashed, text[:SHOWN_CHARS])
            )
        known[1] += 1
        return known[0]
