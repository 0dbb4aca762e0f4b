"""Shards done: in this process, or by worker processes; in any order, the same rows."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from cleaner.engines.crew import Crew
from cleaner.engines.feed import Feed
from cleaner.engines.limits import Limits
from cleaner.engines.stopping import Stop
from cleaner.engines.work import Work
from cleaner.runs.folders import Manifest
from cleaner.runs.shards import Shard

Left = Iterator[Shard | Manifest]


def in_this_process(left: Left, work: Work, stop: Stop) -> Generator[Manifest, None, None]:
    """The manifest of every shard; those that are left are done one by one, without limits.

    Raises:
        OSError: rows cannot be written.
        Stopped: a signal came, and the shard that was begun is finished, unless a second came.
    """
    stop.patience = 1
    for item in left:
        stop.patience = 2
        yield work.done(item) if isinstance(item, Shard) else item
        stop.check()
        stop.patience = 1
    stop.patience = 0


def by_workers(
    left: Left, work: Work, workers: int, limits: Limits, stop: Stop
) -> Generator[Manifest, None, None]:
    """The same by so many processes; one shard more than these is in memory at most.

    Raises:
        OSError: rows cannot be written.
        RunError: worker processes end without a document being the cause.
        Stopped: a signal came, and the shards that were begun are finished, unless a second came.
    """
    with Feed(left, ahead=workers + 1) as feed, Crew(work, workers, limits) as crew:
        while crew.busy or not (feed.ended or stop.asked):
            if not stop.asked:
                yield from _given(feed, crew)
            wants_more = crew.has_room and not feed.ended and not stop.asked
            for manifest in crew.listen(*[feed.bell] * wants_more):
                feed.let_go()
                yield manifest
            stop.note()
        if not feed.ended:
            stop.check()


def _given(feed: Feed[Shard | Manifest], crew: Crew) -> Iterator[Manifest]:
    """Gives shards that are ready to workers that are free; the manifests among them."""
    while crew.has_room and (item := feed.take()):
        if isinstance(item, Shard):
            crew.give(item)
        else:
            feed.let_go()
            yield item
