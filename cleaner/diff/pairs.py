"""The records of two runs that have the same id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from cleaner.record import Record

Pair = tuple[Record | None, Record | None]


def pairs(before: Iterable[Record], after: Iterable[Record]) -> Iterator[Pair]:
    """Records of the same id together, then those that only one run has, with None.

    Both are read side by side: in runs of the same sources few have to wait for their other.
    """
    waiting: tuple[dict[str, Record], dict[str, Record]] = ({}, {})
    for each in zip_longest(before, after):
        for side, record in enumerate(each):
            if record is None:
                continue
            other = waiting[1 - side].pop(record.id, None)
            if other is None:
                waiting[side][record.id] = record
            else:
                yield (other, record) if side else (record, other)
    yield from ((record, None) for record in waiting[0].values())
    yield from ((None, record) for record in waiting[1].values())
