"""Which document ended a worker process: suspects are cleaned alone, until it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cleaner.batches import BATCH_DOCUMENTS
from cleaner.errors import LimitError
from cleaner.model import Failure
from cleaner.readers.raw import Raw


@dataclass(frozen=True, slots=True)
class End:
    """How a worker process ended before its time."""

    how: str
    """In a few words."""
    why: str
    """What the document did, and what to do, as a message goes on behind its name."""
    by_limit: bool
    """Whether it was ended for a limit; then once is enough."""


@dataclass(frozen=True, slots=True)
class Care:
    """Which documents of a shard, by their place in it, need care."""

    alone: frozenset[int] = frozenset()
    """Cleaned one by one."""
    given_up: Mapping[int, Failure] = field(default_factory=dict)
    """Not even read."""
    unexplained: int = 0
    """How many workers ended while no document was being cleaned."""

    def after(self, end: End, place: int, raws: Sequence[Raw | Failure]) -> Care:
        """The care to take once a worker that had come to a place has ended.

        A document that was alone is given up; of several, nobody knows yet which it was. One that a
        worker ended at by itself gets a second chance, as the cause may have lain elsewhere.
        """
        suspects = self._at_risk(place, len(raws))
        if not suspects:
            return replace(self, unexplained=self.unexplained + 1)
        if len(suspects) == 1 and (end.by_limit or place in self.alone):
            return replace(self, given_up={**self.given_up, place: _failure(raws[place], end)})
        return replace(self, alone=self.alone | frozenset(suspects))

    def _at_risk(self, place: int, count: int) -> range:
        """Those of `count` documents that a batch which begins at this place may have."""
        if place in self.alone:
            return range(place, place + 1)
        following = min((other for other in self.alone if other > place), default=count)
        return range(place, min(place + BATCH_DOCUMENTS, following))


def _failure(raw: Raw | Failure, end: End) -> Failure:
    name = raw.source if isinstance(raw, Failure) else raw.name
    return Failure(name, LimitError.__name__, f"{name}: {end.why}")
