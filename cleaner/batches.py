"""Sources in batches: so many at once that arrays pay, so few that memory is bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from cleaner.model import Document, Failure, Input

Item = TypeVar("Item")

# More at once gains nothing, fewer pay the fixed cost of the arrays too often: a third as many take
# a tenth longer. What is held in memory is bounded by the characters.
BATCH_DOCUMENTS = 96
BATCH_CHARS = 1_000_000
# Pages have eight times as much markup as text, or more; but what is read of it takes memory, too.
MARKUP_PER_TEXT = 2


def size(source: Input | Failure) -> int:
    """The characters that a source takes in a batch: those of its text; of markup, half."""
    if isinstance(source, Failure):
        return 0
    if isinstance(source, Document):
        return len(source.text)
    return len(source.markup) // MARKUP_PER_TEXT


def batches(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Items in order, in lists that end with BATCH_DOCUMENTS of them, or at BATCH_CHARS in all.

    >>> list(batches([900_000, 800_000, 1], size=int))
    [[900000, 800000], [1]]
    """
    batch: list[Item] = []
    chars = 0
    for item in items:
        batch.append(item)
        chars += size(item)
        if len(batch) == BATCH_DOCUMENTS or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
