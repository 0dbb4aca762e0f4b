"""`cleaner run SRC -o -`: rows to stdout, nothing lost, and whoever reads may stop."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import psutil
import pytest

from cleaner import Record
from cleaner.engines.limits import Limits
from cleaner.engines.stream import clean_to
from cleaner.readers import Sources
from cleaner.runs.shards import ShardSize
from tests.conftest import Command
from tests.engines import made
from tests.engines.program import SHARD_DOCUMENTS, pipeline

CLEANER = [sys.executable, "-m", "cleaner"]


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


def test_the_rows_are_the_same_whoever_makes_them(
    crawl: Path, tmp_path: Path, cleaner_command: Command
) -> None:
    ledgers = [tmp_path / name for name in ("alone.jsonl", "by_two.jsonl")]
    alone, by_two = (
        cleaner_command("run", str(crawl), "-o", "-", "--workers", workers, "--ledger", str(ledger))
        for workers, ledger in zip("02", ledgers, strict=True)
    )
    cleaner_command("run", str(crawl), "-o", str(tmp_path / "out"))

    assert (alone.out, alone.err) == (by_two.out, by_two.err)
    removed = (tmp_path / "out" / "removed.jsonl").read_bytes()
    assert [removed, removed] == [ledger.read_bytes() for ledger in ledgers]
    assert removed


def test_rows_come_in_order_however_long_each_takes(tmp_path: Path) -> None:
    slow = ["WAIT 0.5", *["Da"] * (SHARD_DOCUMENTS - 1)]
    source = made.write(tmp_path, made.texts(*slow, *["Da"] * (3 * SHARD_DOCUMENTS)))
    written = streamed(source, workers=2)

    assert [f"t{n}" for n in range(4 * SHARD_DOCUMENTS)] == [
        json.loads(row)["id"] for row in written["documents"]
    ]


def test_a_document_without_end_fails_alone(tmp_path: Path) -> None:
    source = made.write(tmp_path, made.texts("Da", "HANG", "Da"))
    written = streamed(source, workers=1, limits=Limits(seconds=3))

    assert ["t0", "t2"] == [json.loads(row)["id"] for row in written["documents"]]
    [failed] = written["failed"]
    assert "takes longer than 3 seconds" in json.loads(failed)["message"]


def streamed(source: Path, **how: Any) -> dict[str, list[bytes]]:
    """The rows of a source by kind, made by a pipeline with a stage that misbehaves."""
    kinds = {"documents": BytesIO(), "removed": BytesIO(), "failed": BytesIO()}
    size = ShardSize(documents=SHARD_DOCUMENTS)
    clean_to(kinds, Sources((str(source),)), pipeline(), size=size, **how)
    return {kind: stream.getvalue().splitlines() for kind, stream in kinds.items()}


def begun(crawl: Path, workers: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*CLEANER, "run", str(crawl), "-", "-o", "-", "--workers", str(workers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("workers", [0, 2])
def test_whoever_reads_may_stop(crawl: Path, workers: int) -> None:
    with begun(crawl, workers) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline().startswith(b'{"schema_version"')
        running.stdout.close()
        running.stdin.close()
        said = running.stderr.read().decode()

    assert 128 + signal.SIGPIPE == running.returncode
    assert "Traceback" not in said
    assert "Broken" not in said


@pytest.mark.parametrize(("sent", "workers"), [(signal.SIGINT, 0), (signal.SIGTERM, 2)])
def test_a_signal_ends_it_between_rows(crawl: Path, sent: signal.Signals, workers: int) -> None:
    with begun(crawl, workers) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        rows = [running.stdout.readline()]
        if workers:
            own = made.workers(psutil.Process(running.pid))
            assert own
        running.send_signal(sent)
        rows += running.stdout.readlines()
        said = running.stderr.read().decode()

    assert 128 + sent == running.returncode
    assert "begins anew" in said
    assert "Traceback" not in said
    assert all(json.loads(row)["schema_version"] for row in rows)
    assert not workers or not psutil.wait_procs(own, timeout=10)[1]


@pytest.mark.parametrize(
    "flags",
    [
        ["--split"],
        ["--fresh"],
        ["--to", "parquet"],
        ["--compress", "gz"],
        ["--engine", "ray"],
    ],
    ids=" ".join,
)
def test_what_is_for_files_is_refused(
    crawl: Path, cleaner_command: Command, flags: list[str]
) -> None:
    done = cleaner_command("run", str(crawl), "-o", "-", *flags)

    assert 2 == done.code
    assert not done.out
    assert "are for files of rows" in done.err


@pytest.mark.parametrize(
    ("out", "ledger", "said"),
    [
        ("out", "ledger.jsonl", "gets removed.jsonl"),
        ("-", "-", "name a file"),
        ("-", "none/ledger.jsonl", "cannot be written (No such file or directory)"),
        ("-", "crawl.jsonl", "lies in the source"),
        ("-", "earlier.jsonl", "is there already"),
    ],
)
def test_a_ledger_that_cannot_be_is_refused(  # noqa: PLR0913, PLR0917  # a table's columns
    crawl: Path,
    tmp_path: Path,
    cleaner_command: Command,
    monkeypatch: pytest.MonkeyPatch,
    out: str,
    ledger: str,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "earlier.jsonl").write_text("kept", encoding="utf-8")
    before = crawl.read_bytes()
    done = cleaner_command("run", str(crawl), "-o", out, "--ledger", ledger)

    assert (2, "") == (done.code, done.out)
    assert said in done.err
    assert before == crawl.read_bytes()
    assert "kept" == (tmp_path / "earlier.jsonl").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_told(crawl: Path) -> None:
    command = f"'{sys.executable}' -m cleaner run '{crawl}' -o - > /dev/full"
    ran = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)

    assert 2 == ran.returncode
    assert "error: -o -: rows cannot be written to stdout: No space left" in ran.stderr


def test_a_closed_stdout_is_told(crawl: Path) -> None:
    command = f"'{sys.executable}' -m cleaner run '{crawl}' -o - >&-"
    ran = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)

    assert 2 == ran.returncode
    assert "is closed" in ran.stderr
    assert "Traceback" not in ran.stderr
