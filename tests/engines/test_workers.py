"""Worker processes: what one document does to them, no other suffers for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from cleaner import Page, Pipeline, Proposal
from cleaner.engines.crew import Crew
from cleaner.engines.limits import Limits
from cleaner.engines.local import Listener
from cleaner.engines.progress import Progress
from cleaner.engines.work import Work
from cleaner.engines.worker import start
from cleaner.errors import RunError
from tests.conftest import rows
from tests.engines import made
from tests.engines.program import SHARD_DOCUMENTS, run


def failed(tmp_path: Path, *starts: str, **limits: Any) -> dict[str, str]:
    """Messages of the documents that failed, by id, in a run over texts that begin so."""
    source = made.write(tmp_path, made.texts(*starts))
    run(tmp_path / "out", source, workers=1, **limits)
    assert len(starts) == sum(len(rows(tmp_path / "out" / name)) for name in OUTCOMES)
    return {row["source"]: row["message"] for row in rows(tmp_path / "out" / "failed.jsonl")}


OUTCOMES = ("documents.jsonl", "failed.jsonl")


def test_documents_that_end_their_worker_fail_alone(tmp_path: Path) -> None:
    messages = failed(tmp_path, "Da", "EXIT", "Da", "KILL", "LEAVE", "RAISE", "Da", "Da", "Da")

    assert ["crawl.jsonl:2", "crawl.jsonl:4", "crawl.jsonl:5", "t5"] == list(messages)
    assert [] == [
        told
        for told, message in zip(
            ["exit status 3", "SIGKILL", "exit status", "ZeroDivisionError"],
            messages.values(),
            strict=True,
        )
        if told not in message
    ]
    assert "see what it does with --workers 0" in messages["crawl.jsonl:2"]


def test_a_document_without_end_fails_alone(tmp_path: Path) -> None:
    messages = failed(tmp_path, "Da", "HANG", "Da", seconds=3)

    assert {
        "crawl.jsonl:2": "crawl.jsonl:2: takes longer than 3 seconds; allow more by --timeout, or"
        " leave it out"
    } == messages


def test_a_document_that_needs_too_much_memory_fails_alone(tmp_path: Path) -> None:
    messages = failed(tmp_path, "Da", "HOG", "Da", megabytes=400)

    assert {
        "crawl.jsonl:2": "crawl.jsonl:2: needs more than 400 MB; allow more by --memory, or leave"
        " it out"
    } == messages


def test_failures_of_all_kinds_are_counted(tmp_path: Path) -> None:
    source = made.write(tmp_path, [*made.texts("Da", "RAISE"), "{"])

    done = run(tmp_path / "out", source)

    assert {"StageError": 1, "SourceError": 1} == done.whole.failures


def test_workers_killed_from_outside_cost_no_document(tmp_path: Path) -> None:
    source = made.write(tmp_path, made.documents(5 * SHARD_DOCUMENTS))
    expected, out = tmp_path / "expected", tmp_path / "out"
    run(expected, source)

    def kill_workers(done: Progress) -> None:
        if done.shards == 1:
            for worker in made.workers(psutil.Process()):
                worker.kill()

    run(out, source, Listener(kill_workers), workers=2)

    assert made.results(expected) == made.results(out)


def test_no_worker_is_left_when_a_run_has_ended(tmp_path: Path) -> None:
    source = made.write(tmp_path, made.texts("Da"))

    run(tmp_path / "out", source, workers=1)

    assert [] == made.workers(psutil.Process())


def test_a_small_input_starts_one_worker(tmp_path: Path) -> None:
    source = made.write(tmp_path, made.texts("Da"))
    seen: list[int] = []

    def count(_: Progress) -> None:
        seen.append(len(made.workers(psutil.Process())))

    run(tmp_path / "out", source, Listener(count), workers=8)

    assert [0, 1] == seen


def test_numerical_libraries_have_one_thread_in_a_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")

    worker = start()
    try:
        worker.pipe.recv()  # it is there, and no longer what it was forked from
        environment = psutil.Process(worker.process.pid).environ()
    finally:
        worker.end()

    assert ("1", "3") == (environment["OMP_NUM_THREADS"], environment["MKL_NUM_THREADS"])
    assert "OMP_NUM_THREADS" not in os.environ


def test_a_stage_that_cannot_be_sent_is_refused_with_the_cure(tmp_path: Path) -> None:
    def local(_: Page) -> Iterator[Proposal]:
        yield from ()

    work = Work(Pipeline().adding(local=local), tmp_path, ".jsonl", "start")

    with pytest.raises(RunError, match=r"define it at the top level of a module, or .*workers=0"):
        Crew(work, 1, Limits())


class Unreadable:
    """Comes to nothing where it is read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return int, ("no number",)

    def __call__(self, _: Page) -> Iterator[Proposal]:
        yield from ()


def test_a_stage_that_cannot_be_loaded_by_a_worker_is_told(tmp_path: Path) -> None:
    source = made.write(tmp_path, made.texts("Da"))
    broken = Pipeline().adding(broken=Unreadable())

    with pytest.raises(RunError, match="no number"):
        run(tmp_path / "out", source, clean=broken, workers=1)
