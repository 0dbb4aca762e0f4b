"""Stopped by a signal, a full disk or a lost input, a run says how to go on, and does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.conftest import names
from tests.engines import made
from tests.engines.program import SHARD_DOCUMENTS, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
PATIENCE_SECONDS = 60


def until(true: Callable[[], Any]) -> None:
    """Wait until it is so, or far too long."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not true() and time.monotonic() < ends:
        time.sleep(0.01)
    assert true()


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four shards, each with a document that takes a moment."""
    rows = made.documents(4 * SHARD_DOCUMENTS)
    rows[3::SHARD_DOCUMENTS] = made.texts(*["WAIT 0.4"] * 4)
    return made.write(tmp_path_factory.mktemp("slow"), rows)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, slow: Path) -> dict[str, Any]:
    """What comes out when nothing happens."""
    out = tmp_path_factory.mktemp("undisturbed")
    run(out, slow)
    return made.results(out)


@pytest.mark.parametrize(("sent", "workers"), [(signal.SIGINT, 1), (signal.SIGTERM, 0)])
def test_a_run_stopped_by_a_signal_ends_what_it_has_begun_and_goes_on_later(
    tmp_path: Path, slow: Path, undisturbed: dict[str, Any], sent: signal.Signals, workers: int
) -> None:
    shards = tmp_path / ".run"
    with made.begun(tmp_path, slow, workers=workers) as running:
        until((shards / "000000").exists)
        os.killpg(running.pid, sent)  # as a terminal does
        _, said = running.communicate()
    left = [entry.name for entry in shards.iterdir()]

    assert 128 + sent == running.returncode
    assert b"the same command goes on from there" in said
    assert b"Traceback" not in said
    assert [] == [name for name in left if name.endswith(".part")]
    run(tmp_path, slow)
    assert undisturbed == made.results(tmp_path)


def test_a_second_signal_leaves_what_is_begun(tmp_path: Path) -> None:
    source = made.write(tmp_path, made.texts("WAIT 600"))
    with made.begun(tmp_path / "out", source, workers=1) as running:
        until(lambda: made.workers(psutil.Process(running.pid)))
        running.send_signal(signal.SIGINT)
        assert running.stderr
        first = running.stderr.readline()
        running.send_signal(signal.SIGINT)
        last = running.stderr.read()

    assert (True, True) == (b"stopping" in first, b"stopped" in last)
    assert 128 + signal.SIGINT == running.returncode


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    source = made.write(tmp_path, made.texts("HANG"))
    with made.begun(tmp_path / "out", source, workers=1) as running:
        until(lambda: made.workers(psutil.Process(running.pid)))
        [worker] = made.workers(psutil.Process(running.pid))
        os.kill(running.pid, signal.SIGKILL)

    until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.parametrize("workers", [0, 1])
def test_a_run_that_waits_for_stdin_can_be_stopped(tmp_path: Path, workers: int) -> None:
    command = [sys.executable, "-m", "cleaner", "run", "-", "-o", tmp_path / "out"]
    with subprocess.Popen(
        [*command, "--workers", str(workers)], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        until((tmp_path / "out" / ".run" / "plan.json").exists)
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        assert running.stderr
        said = running.stderr.read()

    assert 128 + signal.SIGINT == running.returncode
    assert b"stopped" in said
    assert b"Fatal" not in said


def test_two_runs_at_once_are_refused_and_a_dead_ones_lock_is_taken_over(tmp_path: Path) -> None:
    out, waiting = tmp_path / "out", made.write(tmp_path, made.texts("WAIT 600"))
    with made.begun(out, waiting, workers=0) as running:
        until((out / ".run" / "plan.json").exists)
        code, said = made.ran(out, waiting)
        os.killpg(running.pid, signal.SIGKILL)
    short = made.write(tmp_path, made.texts("Da"))

    assert (2, f"error: {out}: another run is writing there (process {running.pid});") == (
        code,
        said.partition(" wait")[0],
    )
    assert (0, "") == made.ran(out, short)


def test_a_run_that_cannot_write_all_says_so_and_goes_on_later(
    tmp_path: Path, slow: Path, undisturbed: dict[str, Any]
) -> None:
    """No file may become as large as the largest: the shards can be written, not the whole."""
    largest = max(len(each) for each in undisturbed.values() if isinstance(each, bytes))
    code, said = made.ran(tmp_path, slow, largest=largest - 1)

    assert 2 == code
    assert f"error: {tmp_path}" in said
    assert "File too large; when that is mended, the same command goes on where it was" in said
    assert (0, "") == made.ran(tmp_path, slow)
    assert undisturbed == made.results(tmp_path)


def test_what_would_fail_every_document_ends_the_run_instead(tmp_path: Path, slow: Path) -> None:
    """A language model is unpacked into a temporary file when it is first needed."""
    code, said = made.ran(tmp_path, slow, largest=1_000, cold=True)

    assert (2, True) == (code, "File too large" in said)
    assert [] == [name for name in names(tmp_path) if not name.startswith(".")]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 KB, where one can be made."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "cleaner-test", str(place)]
    if (
        sys.platform != "linux"
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("disks can be made by root on Linux only")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_run_on_a_full_disk_says_so_and_goes_on_when_there_is_room(
    small_disk: Path, slow: Path, undisturbed: dict[str, Any]
) -> None:
    code, said = made.ran(small_disk / "out", slow, workers=1)

    assert (2, True) == (code, "No space left on device; when that is mended" in said)
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert (0, "") == made.ran(small_disk / "out", slow)
    assert undisturbed == made.results(small_disk / "out")


def test_a_run_on_a_disk_that_cannot_be_written_is_refused(small_disk: Path, slow: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    code, said = made.ran(small_disk / "out", slow)

    assert 2 == code
    assert said.startswith(f"error: {small_disk}/out: Read-only file system")


def test_a_slow_disk_costs_time_and_nothing_else(
    tmp_path: Path, slow: Path, undisturbed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLOW_DISK_SECONDS", "0.7")  # a file; a document may take 1

    code, said = made.ran(tmp_path, slow, workers=2, seconds=1)

    assert (0, "") == (code, said)
    assert undisturbed == made.results(tmp_path)
