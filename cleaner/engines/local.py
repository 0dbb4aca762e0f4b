"""A run, on this machine or a cluster: sources into a folder, whole or to be taken up again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.engines.limits import Limits
from cleaner.engines.processes import by_workers, in_this_process
from cleaner.engines.progress import Progress
from cleaner.engines.stopping import Stop, stoppable
from cleaner.engines.work import Work
from cleaner.errors import RunError, Stopped
from cleaner.model import Failure
from cleaner.pipeline import Pipeline
from cleaner.readers.inputs import Given
from cleaner.readers.raw import Raw
from cleaner.runs.durable import write_whole
from cleaner.runs.folders import Manifest, numbers
from cleaner.runs.join import place_apart, place_joined
from cleaner.runs.lock import locked
from cleaner.runs.plan import begin, discard, plan_of
from cleaner.runs.shards import ShardSize, shards
from cleaner.runs.summary import Pace, summary
from cleaner.writers.rows import JSONL, RUN, summary_file


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done; but for `suffix` and `size` this may change before it is finished."""

    workers: int = 0
    """How many processes clean; 0: this one does, without limits."""
    on_ray: bool = False
    """Whether they are those of a Ray cluster, 0 for one a core of it; see `by_ray`."""
    limits: Limits = field(default_factory=Limits)
    fresh: bool = False
    """Whether the finished part of an earlier start is given up."""
    split: bool = False
    """Whether the shards' files stay apart: documents/000000.jsonl and so on."""
    suffix: str = JSONL
    """Of the files of rows: see `cleaner.writers.formats.ROW_FORMATS`."""
    size: ShardSize = field(default_factory=ShardSize)


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears of a run while it goes on."""

    progress: Callable[[Progress], None] = lambda _: None
    """Of every shard that is finished, and before the first."""
    stopping: Callable[[], None] = lambda: None
    """That a signal has come and what is begun will be ended first."""


def clean_into(  # noqa: PLR0913  # what, how, and who hears of it
    out: Path,
    raws: Iterable[Raw | Failure],
    pipeline: Pipeline,
    options: Options = Options(),  # frozen
    *,
    inputs: Sequence[Given] = (),
    listener: Listener = Listener(),  # frozen
) -> Progress:
    """Clean all documents into a folder; what was done, and how fast.

    A call that was cut off in any way is made good by the same call: what it finished is kept.
    The results of an earlier run stay as they are until all of the new ones are there. On Ray,
    `raws` must be what can be found anew elsewhere, such as `cleaner.readers.Sources`.

    Raises:
        RunError: another run is writing there, or has finished a part of something else there; the
            sources have changed since; nothing can be written; a stage cannot be sent to workers.
        Stopped: a signal asked for it (SIGINT, SIGTERM).
    """
    progress = Progress()
    with _told(out, progress), stoppable(listener.stopping) as stop:
        out.mkdir(parents=True, exist_ok=True)
        with locked(out):
            run = begin(
                out, plan_of(pipeline, inputs, options.size, options.suffix), fresh=options.fresh
            )
            work = Work(pipeline, run.absolute(), options.suffix, uuid.uuid4().hex)
            listener.progress(progress)
            for manifest in _done(work, raws, options, stop):
                progress.add(manifest, now=manifest.start == work.start)
                listener.progress(progress)
            _check_end(run, progress.shards)
            place = place_apart if options.split else place_joined
            place(out, run, progress.shards, stop.check)
            now = Pace(progress.now, progress.seconds, options.workers)
            write_whole(out / RUN, summary_file(summary(pipeline, progress.whole, now)))
            discard(out)
    return progress


def _done(
    work: Work, raws: Iterable[Raw | Failure], options: Options, stop: Stop
) -> Iterator[Manifest]:
    if options.on_ray:
        from cleaner.engines.on_ray import by_ray  # noqa: PLC0415  # only here are Ray's ways known

        return by_ray(
            raws, options.size, work, workers=options.workers, limits=options.limits, stop=stop
        )
    left = work.left(shards(raws, options.size))
    if options.workers:
        return by_workers(left, work, options.workers, options.limits, stop)
    return in_this_process(left, work, stop)


def _check_end(run: Path, count: int) -> None:
    if any(number >= count for number in numbers(run)):
        raise RunError(
            f"{run.parent}: the input has fewer documents than when the run was begun; bring it"
            " back to end that run, or add --fresh to start over"
        )


@contextmanager
def _told(out: Path, progress: Progress) -> Iterator[None]:
    """Errors in the words of who can mend them."""
    try:
        yield
    except Stopped as stopped:
        documents = progress.whole.documents + progress.whole.failed
        raise Stopped(
            stopped.signal,
            f"{out}: stopped after {progress.shards:,} shards ({documents:,} documents); the same"
            " command goes on from there",
        ) from None
    except OSError as error:
        raise RunError(
            f"{error.filename or out}: {error.strerror or error}; when that is mended, the same"
            " command goes on where it was"
        ) from error
