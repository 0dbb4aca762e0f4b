"""Worker processes at their shards: given, watched, and replaced where one ends."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator, Sequence
from multiprocessing import connection
from types import TracebackType
from typing import Any

from cleaner.engines.care import Care, End
from cleaner.engines.child import At, Done, Here, Ready, Trouble
from cleaner.engines.limits import Limits, died
from cleaner.engines.work import Work
from cleaner.engines.worker import Worker, start
from cleaner.errors import RunError
from cleaner.runs.folders import Manifest, finished
from cleaner.runs.shards import Shard

_TICK_SECONDS = 0.1
# A worker whose pipe is closed is about to end; how, is told by its exit status.
_LAST_SECONDS = 1.0
# Whoever ends workers again and again where no document can be the cause, will do so for ever.
_MOST_UNEXPLAINED = 3


class Crew:
    """At most so many workers, of which none is started before it has something to do.

    A context manager; at its end no worker is left.

    Raises:
        RunError: a stage cannot be sent to another process.
    """

    def __init__(self, work: Work, size: int, limits: Limits) -> None:
        self._run = work.run
        self._work = _pickled(work)
        self._size = size
        self._limits = limits
        self._workers: list[Worker] = []
        self._false_starts = 0
        self._looked = time.monotonic()

    def __enter__(self) -> Crew:  # noqa: PYI034  # typing.Self is of Python 3.11
        return self

    @property
    def busy(self) -> bool:
        """Whether any shard is being done."""
        return any(worker.shard for worker in self._workers)

    @property
    def has_room(self) -> bool:
        """Whether another shard can be done at the same time."""
        return sum(worker.shard is not None for worker in self._workers) < self._size

    def give(self, shard: Shard, care: Care = Care()) -> None:  # noqa: B008  # frozen
        """Let a worker do a shard: one that waits for it, else a new one."""
        free = [worker for worker in self._workers if worker.shard is None]
        if not free:
            free.append(start())
            self._workers += free
        free[0].give(shard, care)

    def listen(self, *others: Any) -> list[Manifest]:
        """Wait a moment for workers, or for `others` to be readable; what has been finished.

        Raises:
            OSError: a worker cannot write.
            RunError: workers end without a document being the cause.
        """
        connection.wait([*others, *(worker.pipe for worker in self._workers)], _TICK_SECONDS)
        done = [manifest for worker in list(self._workers) for manifest in self._heard(worker)]
        return [*done, *self._watched()]

    def _heard(self, worker: Worker) -> Iterator[Manifest]:
        try:
            while worker.pipe.poll():
                yield from self._take(worker, worker.pipe.recv())
        except (EOFError, ConnectionResetError):
            yield from self._replaced(worker, died(worker.end(_LAST_SECONDS)))

    def _take(self, worker: Worker, message: Any) -> Iterator[Manifest]:
        match message:
            case Here():
                worker.send_work(self._work)
            case Ready():
                worker.ready, self._false_starts = True, 0
                if worker.shard:
                    worker.give(worker.shard, worker.care)
            case At(place):
                worker.moved(place)
            case Done(manifest):
                worker.shard = None
                yield manifest
            case Trouble(error):
                raise error

    def _watched(self) -> list[Manifest]:
        """Ends every worker that passes a limit; what those had finished all the same."""
        now, before = time.monotonic(), self._looked
        self._looked = now
        done: list[Manifest] = []
        for worker in [each for each in self._workers if each.ready and each.shard]:
            if not worker.is_writing:
                worker.waited(now - before)
            passed = self._limits.exceeded(worker.seconds, worker.memory_bytes)
            if passed:
                worker.end()
                done += self._replaced(worker, passed)
        return done

    def _replaced(self, worker: Worker, end: End) -> Sequence[Manifest]:
        """Lets another worker do the shard of one that has ended, unless it is finished."""
        self._workers.remove(worker)
        if not worker.ready:
            self._note_false_start(end)
        if worker.shard is None:
            return []
        if manifest := finished(self._run, worker.shard.number):
            return [manifest]
        care = worker.care
        if worker.ready:
            care = care.after(end, worker.place, worker.shard.raws)
        if care.unexplained > _MOST_UNEXPLAINED:
            raise RunError(
                f"a worker process ended while it wrote its rows, again and again: {end.how}"
            )
        self.give(worker.shard, care)
        return []

    def _note_false_start(self, end: End) -> None:
        self._false_starts += 1
        if self._false_starts > _MOST_UNEXPLAINED:
            raise RunError(
                f"worker processes end before they begin ({end.how}): what they say stands above. A"
                " script must start runs below `if __name__ == '__main__':`; --workers 0 needs none"
            )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # They hold nothing that is not on disk, or will be done again.
        for worker in self._workers:
            worker.end()


def _pickled(work: Work) -> bytes:
    try:
        return pickle.dumps(work)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise RunError(
            f"a stage cannot be sent to worker processes ({error}); define it at the top level of a"
            " module, or run with workers=0"
        ) from None
