"""Shards done on a Ray cluster: a task finds the documents, actors clean them where there is room.

Each actor has a worker process of its own, as a run on one machine has: limits hold, and the rows
are the same. Shards are written where the run's folder is, which all nodes must see; only manifests
come back.
"""

from __future__ import annotations

import logging
import os
import pickle
import platform
import signal
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cleaner
from cleaner.engines.crew import Crew
from cleaner.engines.limits import Limits
from cleaner.engines.stopping import Stop
from cleaner.engines.work import Work
from cleaner.errors import CleanerError, RunError
from cleaner.integrations.extras import library
from cleaner.model import Failure
from cleaner.readers.raw import Raw
from cleaner.runs.folders import Manifest, finished
from cleaner.runs.shards import Shard, ShardSize, shards

if TYPE_CHECKING:
    import pyarrow as pa

_COLUMN = "pickled"
# Finding documents takes little of a core, and must not wait until an actor leaves it one.
_FINDER_CORES = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What every node must have as the main process has it."""

    folder: str
    """The working directory: sources may be told from there."""
    version: str

    @classmethod
    def here(cls) -> Place:
        """Of this process."""
        return cls(str(Path.cwd()), cleaner.__version__)

    def check(self, run: Path) -> None:
        """See to it that this node can take part.

        Raises:
            RunError: it cannot.
        """
        node = platform.node()
        if not run.is_dir():
            raise RunError(
                f"{run.parent}: node {node} does not have this folder; results must lie where all"
                " nodes of the cluster see them, under the same path"
            )
        if cleaner.__version__ != self.version:
            raise RunError(
                f"node {node} has cleaner {cleaner.__version__}, this process {self.version};"
                " install the same on all"
            )


def by_ray(  # noqa: PLR0913  # what, and how
    raws: Iterable[Raw | Failure],
    size: ShardSize,
    work: Work,
    *,
    workers: int,
    limits: Limits,
    stop: Stop,
) -> Iterator[Manifest]:
    """The manifest of every shard, in any order; what is begun when a signal comes is left.

    `raws` are sent to the cluster, so they must be found anew there; `workers` actors clean, at
    most, with a core each; 0: as many as the cluster has cores.

    Raises:
        MissingError: Ray is not installed.
        OSError: rows cannot be written.
        RunError: a node cannot take part; the input has changed; a stage cannot be sent to workers.
        Stopped: a signal came.
    """
    place = Place.here()
    with _cluster() as (ray, data):
        stop.patience = 1
        found = data.from_items([{_COLUMN: b""}]).map_batches(
            _found,
            batch_format="pyarrow",
            fn_kwargs={"raws": raws, "size": size, "work": work, "place": place},
            num_cpus=_FINDER_CORES,
        )
        done = found.map_batches(
            _Cleaner,
            batch_format="pyarrow",
            batch_size=1,
            # Not for the constructor: what an actor was made with may be lost when it dies.
            fn_kwargs={"work": work, "limits": limits, "place": place},
            concurrency=workers or max(1, int(ray.cluster_resources().get("CPU", 1))),
            num_cpus=1,
        )
        for row in done.iter_rows():
            outcome = pickle.loads(row[_COLUMN])  # noqa: S301  # from our own workers
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome
            stop.check()
        stop.patience = 0


@contextmanager
def _cluster() -> Iterator[tuple[Any, Any]]:
    """Ray and Ray Data, connected to a cluster: that of RAY_ADDRESS, one here, or one begun now."""
    ray, data = library("ray", "ray"), library("ray.data", "ray")
    ours = not ray.is_initialized()
    if ours:
        before_it = signal.getsignal(signal.SIGTERM)
        ray.init(log_to_driver=False, logging_level="warning")
        if signal.getsignal(signal.SIGTERM) is not before_it:  # it would just exit
            signal.signal(signal.SIGTERM, before_it)
    context = data.DataContext.get_current()
    before, log = context.target_max_block_size, logging.getLogger(data.__name__)
    level = log.level
    # A block for each shard: else one actor would get many small ones while others wait.
    context.target_max_block_size = 1
    log.setLevel(logging.ERROR)  # of its own progress
    try:
        with warnings.catch_warnings():
            # One input is as it should be: the task that finds documents.
            warnings.filterwarnings("ignore", "The minimum number of concurrent actors")
            yield ray, data
    finally:
        context.target_max_block_size = before
        log.setLevel(level)
        if ours:
            ray.shutdown()


def _found(
    _: pa.Table, raws: Iterable[Raw | Failure], size: ShardSize, work: Work, place: Place
) -> Iterator[pa.Table]:
    """All shards, as they are found; the manifests of finished ones; last an error, if any."""
    before = Path.cwd()
    try:
        place.check(work.run)
        os.chdir(place.folder)
        yield from map(_row, work.left(shards(raws, size)))
    except (CleanerError, OSError) as error:
        yield _row(error)
    finally:
        os.chdir(before)


class _Cleaner:
    """An actor that does shards; what is no shard goes on as it is."""

    def __init__(self) -> None:
        self._crew: Crew | None = None

    def __call__(self, batch: pa.Table, work: Work, limits: Limits, place: Place) -> pa.Table:
        item = pickle.loads(batch[_COLUMN][0].as_py())  # noqa: S301  # from our own finder
        if not isinstance(item, Shard):
            return _row(item)
        try:
            if self._crew is None:
                place.check(work.run)
                self._crew = Crew(work, 1, limits)
            return _row(_done(item, work.run, self._crew))
        except (CleanerError, OSError) as error:
            return _row(error)


def _done(shard: Shard, run: Path, crew: Crew) -> Manifest:
    # An actor that died before its last word was heard is given the same shard again.
    if manifest := finished(run, shard.number):
        return manifest
    crew.give(shard)
    while not (done := crew.listen()):
        pass
    return done[0]


def _row(item: Shard | Manifest | Exception) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415  # comes with ray[data]

    return pa.table({_COLUMN: pa.array([pickle.dumps(item)], pa.large_binary())})
