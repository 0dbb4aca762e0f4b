"""A run on a local Ray: the rows of a run on this machine, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.engines import made
from tests.engines.test_killed import finished
from tests.integrations.hosts import ALL_HOSTS, needed

needed("ray.data")
# Ray starts anew for each: minutes.
pytestmark = pytest.mark.skipif(not ALL_HOSTS, reason="make integrations")

DOCUMENTS = 240
MISBEHAVING = ["RAISE", "EXIT", "HANG"]
SECONDS = 3
"""For a document; a few lines take none of it."""
WAIT_SECONDS = 120


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many small documents, and some over which workers die."""
    rows = made.documents(DOCUMENTS)
    rows[DOCUMENTS // 2 : DOCUMENTS // 2] = made.texts(*MISBEHAVING)
    return made.write(tmp_path_factory.mktemp("crawl"), rows)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, crawl: Path) -> dict[str, Any]:
    """What a run on this machine writes."""
    out = tmp_path_factory.mktemp("local")
    assert (1, "") == made.ran(out, crawl, workers=1, seconds=SECONDS)
    return made.results(out)


def test_the_rows_are_those_of_this_machine(
    tmp_path: Path, crawl: Path, expected: dict[str, Any]
) -> None:
    code, _ = made.ran(tmp_path, crawl, on_ray=True, workers=2, seconds=SECONDS)

    assert 1 == code
    assert expected == made.results(tmp_path)


def killed_actor(running: psutil.Process) -> bool:
    """Kill one of the actors that clean; False if there is none yet."""
    actors = [p for p in running.children(recursive=True) if "_Cleaner" in " ".join(p.cmdline())]
    for actor in actors[:1]:
        actor.kill()
    return bool(actors)


def killed_program(running: psutil.Process) -> bool:
    """Kill the program itself."""
    running.kill()
    return True


@pytest.mark.parametrize(("kill", "code"), [(killed_actor, 1), (killed_program, -signal.SIGKILL)])
def test_a_killed_part_changes_nothing(
    tmp_path: Path,
    crawl: Path,
    expected: dict[str, Any],
    kill: Callable[[psutil.Process], bool],
    code: int,
) -> None:
    out = tmp_path / "out"
    options = {"on_ray": True, "workers": 2, "seconds": SECONDS}
    with made.begun(out, crawl, **options) as running:
        wait_until(lambda: finished(out) > 0)
        wait_until(lambda: kill(psutil.Process(running.pid)))
        running.communicate()
    assert code == running.returncode

    if code < 0:
        made.ran(out, crawl, **options)

    assert expected == made.results(out)


def test_a_signal_ends_it_and_this_machine_goes_on(
    tmp_path: Path, crawl: Path, expected: dict[str, Any]
) -> None:
    with made.begun(tmp_path, crawl, on_ray=True, workers=1, seconds=SECONDS) as running:
        wait_until(lambda: finished(tmp_path) > 0)
        os.kill(running.pid, signal.SIGTERM)
        _, said = running.communicate()
    assert 128 + signal.SIGTERM == running.returncode
    assert "the same command goes on from there" in said.decode()

    made.ran(tmp_path, crawl, workers=2, seconds=SECONDS)

    assert expected == made.results(tmp_path)


def test_a_changed_input_is_refused_as_on_this_machine(tmp_path: Path) -> None:
    source = made.write(tmp_path, made.documents(DOCUMENTS))
    out = tmp_path / "out"
    with made.begun(out, source, workers=1) as running:
        wait_until(lambda: finished(out) > 0)
        running.kill()
    rows = source.read_text(encoding="utf-8").replace("Zug", "Bus", 1)
    before = source.stat()
    source.write_text(rows, encoding="utf-8")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))

    code, said = made.ran(out, source, on_ray=True, workers=1)

    assert 2 == code
    assert "the input has changed since the run was begun" in said


def wait_until(happens: Callable[[], bool]) -> None:
    """Wait; long, as Ray takes its time to start."""
    end = time.monotonic() + WAIT_SECONDS
    while not happens():
        assert time.monotonic() < end, "in vain"
        time.sleep(0.05)
