"""Rows that go to whoever reads them next, shard by shard, and are kept nowhere."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from cleaner.engines.limits import Limits
from cleaner.engines.processes import by_workers, in_this_process
from cleaner.engines.stopping import stoppable
from cleaner.engines.work import Work
from cleaner.errors import Stopped
from cleaner.model import Failure
from cleaner.pipeline import Pipeline
from cleaner.readers.raw import Raw
from cleaner.runs.folders import Manifest, name_of
from cleaner.runs.shards import ShardSize, shards
from cleaner.runs.tally import Tally
from cleaner.writers.rows import JSONL


def clean_to(  # noqa: PLR0913  # what, how, and who reads it
    streams: Mapping[str, BinaryIO],
    raws: Iterable[Raw | Failure],
    pipeline: Pipeline,
    *,
    workers: int = 0,
    limits: Limits = Limits(),  # noqa: B008  # frozen
    size: ShardSize = ShardSize(),  # noqa: B008  # frozen
) -> Tally:
    """Write the rows of a run as JSON Lines into streams, in order; their counts.

    `streams` are given by the kinds of rows they take: `documents`, `removed`, `failed`. A kind
    without one is not written: nothing is lost only if removed lines have one, or the pipeline's
    settings keep the source.

    Raises:
        OSError: nobody reads them, or they cannot be written.
        RunError: a stage cannot be sent to workers, or these end without a document being the
            cause.
        Stopped: a signal asked for it (SIGINT, SIGTERM); no row is cut off.
    """
    whole = Tally()
    with (
        _told(whole),
        stoppable(lambda: None) as stop,
        TemporaryDirectory(prefix="cleaner-") as folder,
    ):
        work = Work(pipeline, Path(folder), JSONL, "")
        left = shards(raws, size)
        done = (
            by_workers(left, work, workers, limits, stop)
            if workers
            else in_this_process(left, work, stop)
        )
        with closing(done):  # nobody is left at work when nobody reads
            for manifest in _in_order(done):
                with _undisturbed():
                    _pass_on(work.run / name_of(manifest.number), streams)
                whole.merge(manifest.tally)
    return whole


@contextmanager
def _told(written: Tally) -> Iterator[None]:
    try:
        yield
    except Stopped as stopped:
        documents = written.documents + written.failed
        raise Stopped(
            stopped.signal,
            f"stopped after {documents:,} documents, whose rows are written; the same command"
            " begins anew, one with -o FOLDER would go on",
        ) from None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait meanwhile: rows that a pipe takes in parts must not be cut off."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_order(done: Iterable[Manifest]) -> Iterator[Manifest]:
    """The manifests by number, from 0 on; those that come too early wait, their rows on disk."""
    early: dict[int, Manifest] = {}
    number = 0
    for manifest in done:
        early[manifest.number] = manifest
        while number in early:
            yield early.pop(number)
            number += 1


def _pass_on(shard: Path, streams: Mapping[str, BinaryIO]) -> None:
    for kind, stream in streams.items():
        with (shard / f"{kind}{JSONL}").open("rb") as rows:
            shutil.copyfileobj(rows, stream)
        stream.flush()
    shutil.rmtree(shard)
