"""Every case of the gallery comes out as it says, and obeys what holds for all."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command, Ran, rows
from tests.contract import broken_rows
from tests.hostile import archives, folders, given, json_rows, ledgers, pages, texts
from tests.hostile.cases import FINE, RUN, WRONG_USE, Case

TABLES = (texts, pages, json_rows, folders, given, ledgers, archives)
CASES: Sequence[Case] = [case for table in TABLES for case in table.CASES]
FEWEST = 400
# How surely lines were judged is no matter of bad input; repairs are told by themselves.
JUDGEMENTS = frozenset(("undecided_lines", "quarantined", "bilingual", "repaired"))
SAME_BYTES = ("documents.jsonl", "removed.jsonl", "failed.jsonl")
# Larger cases are run once.
MANY_BYTES = 200_000


def done(case: Case, command: Command, folder: Path) -> Ran:
    """What came of the command of a case, whose files now lie in the folder."""
    case.lay(folder)
    if case.first:
        assert FINE == command(*case.first).code
    if case.make:
        case.make(folder)
    return command(*case.arguments)


def outcome(out: Path) -> dict[str, Any]:
    """All that a case may tell of a run."""
    documents, failed = rows(out / "documents.jsonl"), rows(out / "failed.jsonl")
    repairs = [repair for row in documents for repair in row["source"]["repairs"]]
    return {
        "ids": tuple(row["id"] for row in documents),
        "flags": {flag for row in documents for flag in row["flags"]} - JUDGEMENTS,
        "repairs": tuple(f"{repair['kind']}: {repair['detail']}" for repair in repairs),
        "encoding": next((row["source"]["encoding"] for row in documents), None),
        "failures": tuple(row["message"] for row in failed),
        "text": "\n".join(row["text"] for row in documents),
    }


def check_use_was_wrong(case: Case, ran: Ran, folder: Path) -> None:
    written = {*case.arguments, "out", "link"}
    laid = {name.partition("/")[0] for name in case.files}
    assert {file.name for file in folder.iterdir()} <= written | laid
    assert [] == [part for part in case.error if part not in ran.err], ran.err
    assert (1, "") == (len(ran.err.splitlines()), ran.out), ran.err


def check_outcome(case: Case, found: dict[str, Any]) -> None:
    told = {name: getattr(case, name) for name in ("ids", "flags", "repairs", "encoding")}
    assert {name: found[name] if told[name] is not None else None for name in told} == told
    assert [] == [part for part in case.has if part not in found["text"]]
    assert [] == [part for part in case.lacks if part in found["text"]]
    assert len(case.failures) == len(found["failures"]), found["failures"]
    assert all(map(operator.contains, found["failures"], case.failures)), found["failures"]


def check_results(command: Command, folder: Path, out: Path) -> None:
    """The rows are valid and give back every source, and nothing is written elsewhere."""
    before = {file.name for file in folder.iterdir()}
    ran = command("restore", out, "-o", "back")
    restored = [file for file in (folder / "back").rglob("*") if file.is_file()]

    assert [] == broken_rows(out)
    assert FINE == ran.code, ran.err
    assert len(rows(out / "documents.jsonl")) == len(restored)
    assert {file.name for file in folder.iterdir()} - {"back"} == before


def check_same_bytes(command: Command, case: Case, folder: Path) -> None:
    """The first time workers did it, the second time nobody helps."""
    sizes = sum(map(len, case.files.values()))
    if case.arguments == RUN and sizes < MANY_BYTES:
        command("run", "in", "-o", "again", "--workers", "0")
        for name in SAME_BYTES:
            first, second = (folder / out / name for out in ("out", "again"))
            assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_bad_input_comes_out_as_told(case: Case, cleaner_command: Command, tmp_path: Path) -> None:
    ran = done(case, cleaner_command, tmp_path)

    assert case.code == ran.code, ran.err
    if case.code == WRONG_USE:
        check_use_was_wrong(case, ran, tmp_path)
    else:
        out = tmp_path / case.out
        check_outcome(case, outcome(out))
        check_same_bytes(cleaner_command, case, tmp_path)
        check_results(cleaner_command, tmp_path, out)


def test_there_are_enough_cases_each_with_a_name_of_its_own() -> None:
    names = Counter(case.name for case in CASES)

    assert FEWEST <= len(CASES)
    assert [] == [name for name, times in names.items() if times > 1]
