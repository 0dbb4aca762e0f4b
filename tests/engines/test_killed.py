"""Killed at any moment, a run comes out as if nobody had touched it."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.engines import made
from tests.engines.program import SHARD_DOCUMENTS, run

DOCUMENTS = 600
KILLS = int(os.environ.get("CLEANER_KILLS", "6"))
SEED = int(os.environ.get("CLEANER_KILLS_SEED", "5"))
# About what a shard takes; how fast a machine is changes what is hit, not what comes out.
LONGEST_SECONDS = 0.05

unix = pytest.mark.skipif(os.name == "nt", reason="has no groups of processes")


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of many small documents."""
    return made.write(tmp_path_factory.mktemp("crawl"), made.documents(DOCUMENTS))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, crawl: Path) -> dict[str, Any]:
    """What comes out when nothing happens."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    run(out, crawl)
    return made.results(out)


@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_changes_nothing(
    tmp_path: Path, crawl: Path, undisturbed: dict[str, Any], workers: int
) -> None:
    run(tmp_path, crawl, workers=workers)

    assert undisturbed == made.results(tmp_path)


@unix
def test_a_run_killed_at_random_moments_ends_as_if_undisturbed(
    tmp_path: Path, crawl: Path, undisturbed: dict[str, Any]
) -> None:
    chance = random.Random(SEED)  # noqa: S311  # nothing secret
    shards = DOCUMENTS // SHARD_DOCUMENTS
    for target in sorted(chance.choices(range(shards + 1), k=KILLS)):
        with made.begun(tmp_path / "out", crawl, workers=2) as running:
            while finished(tmp_path / "out") < target and running.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, LONGEST_SECONDS))
            os.killpg(running.pid, signal.SIGKILL)

    code, said = made.ran(tmp_path / "out", crawl, workers=2)

    assert (1, "") == (code, said)
    assert undisturbed == made.results(tmp_path / "out")


def finished(out: Path) -> int:
    """How many shards are finished; -1 before a run has begun."""
    run = out / ".run"
    return sum(1 for entry in run.glob("[0-9]*[0-9]")) if run.exists() else -1


class Cut(BaseException):
    """As if the process were no more."""


_ON_DISK = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "shutil.rmtree"}


class Disk:
    """Counts what is done on disk, and cuts the process off at a given step."""

    def __init__(self) -> None:
        self.steps = 0
        self.last: int | None = None
        self.watched = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook; see PEP 578."""
        if self.watched and (event in _ON_DISK or self._writes(event, arguments)):
            self.steps += 1
            if self.steps == self.last:
                self.watched = False
                raise Cut

    @staticmethod
    def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
        return event == "open" and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))

    @contextmanager
    def until(self, step: int | None) -> Iterator[None]:
        """Cut off at this step."""
        self.steps, self.last, self.watched = 0, step, True
        try:
            yield
        except Cut:
            pass
        finally:
            self.watched = False


@pytest.fixture(scope="module")
def disk() -> Disk:
    """What sees every step; an audit hook stays for ever."""
    found = Disk()
    sys.addaudithook(found)
    return found


@pytest.mark.parametrize("how", [{}, {"split": True}], ids=["joined", "split"])
def test_a_run_cut_off_at_every_step_on_disk_ends_as_if_undisturbed(
    tmp_path: Path, disk: Disk, how: dict[str, Any]
) -> None:
    source = made.write(tmp_path, made.documents(SHARD_DOCUMENTS + 1))
    before, out = tmp_path / "before", tmp_path / "out"
    with disk.until(None):
        run(before, source, **how)
    steps = disk.steps

    for step in range(1, steps + 1):
        with disk.until(step):
            run(out, source, **how)
        run(out, source, **how)
        assert made.results(before) == made.results(out), step

    assert steps > 30
