"""`cleaner run SRC -o -`: rows to stdout, nothing lost, and whoever reads may stop."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import Record
from tests.conftest import Command
from tests.engines import made

CLEANER = [sys.executable, "-m", "cleaner.cli"]


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    return made.write(tmp_path, made.documents(300))


def test_the_rows_are_those_of_a_run_that_keeps_the_source(
    crawl: Path, tmp_path: Path, cleaner_command: Command
) -> None:
    streamed = cleaner_command("run", str(crawl), "-o", "-")
    cleaner_command("run", str(crawl), "-o", str(tmp_path / "out"), "--keep-source")

    assert (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8") == streamed.out
    assert (tmp_path / "out" / "failed.jsonl").read_text(encoding="utf-8") == streamed.err
    assert 1 == streamed.code  # some rows are none


def test_every_row_has_its_whole_source(seeds_folder: Path, cleaner_command: Command) -> None:
    streamed = cleaner_command("run", str(seeds_folder), "-o", "-")
    rows = [json.loads(line) for line in streamed.out.splitlines()]

    assert 0 == streamed.code
    assert {file.read_text(encoding="utf-8") for file in seeds_folder.glob("*.txt")} == {
        Record.model_validate(row).source_text for row in rows
    }


def test_whoever_reads_may_stop(crawl: Path) -> None:
    with subprocess.Popen(
        [*CLEANER, "run", str(crawl), "-o", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline().startswith(b'{"schema_version"')
        running.stdout.close()
        said = running.stderr.read().decode()

    assert 1 == running.returncode
    assert "Traceback" not in said
    assert "Broken" not in said


@pytest.mark.parametrize(
    "flags", [["--split"], ["--fresh"], ["--to", "parquet"], ["--compress", "gz"]], ids=" ".join
)
def test_what_is_for_files_is_refused(
    crawl: Path, cleaner_command: Command, flags: list[str]
) -> None:
    done = cleaner_command("run", str(crawl), "-o", "-", *flags)

    assert 2 == done.code
    assert not done.out
    assert "are for files of rows" in done.err
