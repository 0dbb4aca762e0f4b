"""A worker process as its parent sees it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import psutil

from cleaner.engines import child
from cleaner.engines.care import Care
from cleaner.runs.shards import Shard

# Threads of numerical libraries would only get in each other's way; a user's own word counts.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
# A parent that was itself suspended counts this much for that.
_LONGEST_STEP_SECONDS = 1.0


@dataclass(eq=False)
class Worker:
    """The process, the pipe to it, and what it is at."""

    process: BaseProcess
    pipe: Connection[Any, Any]
    ready: bool = False
    shard: Shard | None = None
    care: Care = field(default_factory=Care)
    place: int = 0
    """How far it has come in its shard."""
    seconds: float = 0.0
    """How long it has been at that place."""

    def give(self, shard: Shard, care: Care) -> None:
        """Let it do a shard, at once or as soon as it is ready."""
        self.shard, self.care, self.place, self.seconds = shard, care, 0, 0.0
        if self.ready:
            self.send((shard, care))

    def send(self, message: Any) -> None:
        """Send it something; that it has died is noticed where its messages are read."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(message)

    def send_work(self, work: bytes) -> None:
        """Send it what to do with shards."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send_bytes(work)

    def moved(self, place: int) -> None:
        """It has come to another place."""
        self.place, self.seconds = place, 0.0

    def waited(self, seconds: float) -> None:
        """So long nothing was heard of it."""
        self.seconds += min(seconds, _LONGEST_STEP_SECONDS)

    @property
    def is_writing(self) -> bool:
        """Whether all of its documents are cleaned: the rest is up to the disk."""
        return self.shard is not None and self.place >= len(self.shard.raws)

    @property
    def memory_bytes(self) -> int:
        """What it holds in memory; 0 if it has ended."""
        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def end(self, grace_seconds: float = 0.0) -> int | None:
        """End it, if it does not end itself; its exit status, or minus the signal that ended it."""
        self.process.join(grace_seconds)
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode


def start() -> Worker:
    """A new worker process, which says when it is there.

    It is spawned, not forked: this process may have threads, and on every system it is the same.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=child.main, args=(theirs,), daemon=True)
    with _environment({**_ONE_THREAD, **os.environ}):
        process.start()
    theirs.close()
    return Worker(process, ours)


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """The environment that processes started meanwhile get."""
    added = wanted.keys() - os.environ.keys()
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]
