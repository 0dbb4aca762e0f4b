"""Verdicts are only added to, stand by the latest of each reviewer, and survive."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import Label
from cleaner.errors import ReviewError
from cleaner.review.schema import opened
from cleaner.review.store import add, last_act, standing, undo
from cleaner.review.values import Act, Kind, Line, Place, Scope

FIRST = Line(Place("a", 0, 5), "hash of one", Label.SPAM)
SECOND = Line(Place("a", 6, 9), "hash of two", Label.TICKER)
ACCEPTS = Act("anna", Kind.ACCEPT, Scope.RUN)
REJECTS = Act("anna", Kind.REJECT, Scope.LINE, "is a quote")


def labels(connection: sqlite3.Connection) -> list[tuple[str, str, Label]]:
    return [(v.act.reviewer, v.text, v.label) for v in standing(connection)]


def test_the_latest_verdict_of_a_reviewer_stands(tmp_path: Path) -> None:
    with opened(tmp_path / "review.sqlite") as connection:
        add(connection, ACCEPTS, [FIRST, SECOND])
        add(connection, REJECTS, [FIRST._replace(label=Label.BODY)])

        assert labels(connection) == [
            ("anna", "hash of one", Label.BODY),
            ("anna", "hash of two", Label.TICKER),
        ]


def test_each_reviewer_has_a_verdict_of_their_own(tmp_path: Path) -> None:
    with opened(tmp_path / "review.sqlite") as connection:
        add(connection, ACCEPTS, [FIRST])
        add(connection, Act("ben", Kind.REJECT, Scope.LINE), [FIRST._replace(label=Label.BODY)])

        assert [("anna", Label.SPAM), ("ben", Label.BODY)] == [
            (who, label) for who, _, label in labels(connection)
        ]


def test_an_act_is_taken_back_as_a_whole_and_what_stood_before_stands_again(
    tmp_path: Path,
) -> None:
    with opened(tmp_path / "review.sqlite") as connection:
        add(connection, REJECTS, [FIRST._replace(label=Label.BODY)])
        number = add(connection, ACCEPTS, [FIRST, SECOND])

        assert undo(connection, number, "anna") == 2
        assert labels(connection) == [("anna", "hash of one", Label.BODY)]


def test_what_was_said_after_an_act_outlives_its_undoing(tmp_path: Path) -> None:
    with opened(tmp_path / "review.sqlite") as connection:
        number = add(connection, ACCEPTS, [FIRST, SECOND])
        add(connection, REJECTS, [FIRST._replace(label=Label.BODY)])

        undo(connection, number, "anna")

        assert labels(connection) == [("anna", "hash of one", Label.BODY)]


def test_undoing_goes_back_act_by_act(tmp_path: Path) -> None:
    with opened(tmp_path / "review.sqlite") as connection:
        first = add(connection, ACCEPTS, [FIRST])
        second = add(connection, REJECTS, [SECOND])

        assert last_act(connection, "anna") == second
        undo(connection, second, "anna")
        assert last_act(connection, "anna") == first
        undo(connection, first, "anna")
        assert last_act(connection, "anna") is None


@pytest.mark.parametrize("who", ["ben", "anna"], ids=["another's", "taken back already"])
def test_nobody_takes_back_what_is_not_theirs_to_take(tmp_path: Path, who: str) -> None:
    with opened(tmp_path / "review.sqlite") as connection:
        number = add(connection, ACCEPTS, [FIRST])
        if who == "anna":
            undo(connection, number, who)

        with pytest.raises(ReviewError, match=f"{who} has no verdict {number} to take back"):
            undo(connection, number, who)


@pytest.mark.parametrize("table", ["acts", "verdicts", "undone"])
@pytest.mark.parametrize("deed", ["DELETE FROM {}", "UPDATE {} SET rowid = 9"])
def test_the_log_is_only_added_to(tmp_path: Path, table: str, deed: str) -> None:
    with opened(tmp_path / "review.sqlite") as connection:
        undo(connection, add(connection, ACCEPTS, [FIRST]), "anna")

        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            connection.execute(deed.format(table))


def test_an_act_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "review.sqlite") as connection:
        broken = FIRST._replace(text=None)  # type: ignore[arg-type]
        with pytest.raises(sqlite3.IntegrityError):
            add(connection, ACCEPTS, [SECOND, broken])

        assert labels(connection) == []
        assert last_act(connection, "anna") is None


def test_an_act_about_no_line_is_refused(tmp_path: Path) -> None:
    with (
        opened(tmp_path / "review.sqlite") as connection,
        pytest.raises(ReviewError, match="have your verdict already"),
    ):
        add(connection, ACCEPTS, [])


KILLED = """
import os, sys
from pathlib import Path
from cleaner.review.schema import opened
from cleaner.review.store import add
from tests.review.test_store import ACCEPTS, FIRST
with opened(Path(sys.argv[1])) as connection:
    add(connection, ACCEPTS, [FIRST])
    print("answered", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "review.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"answered\n"
        writer.send_signal(signal.SIGKILL)

    with opened(file) as connection:
        assert labels(connection) == [("anna", "hash of one", Label.SPAM)]


def test_another_database_is_not_written_into(tmp_path: Path) -> None:
    file = tmp_path / "mine.sqlite"
    with sqlite3.connect(file) as mine:
        mine.execute("CREATE TABLE mine (x)")

    with pytest.raises(ReviewError, match="holds no verdicts"), opened(file):
        pass


def test_a_file_that_is_no_database_is_told_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database " * 100, encoding="utf-8")

    with pytest.raises(ReviewError, match="notes"), opened(file):
        pass


def test_verdicts_of_a_newer_version_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "review.sqlite"
    with opened(file) as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(ReviewError, match="newer cleaner"), opened(file):
        pass
