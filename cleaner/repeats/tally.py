"""Documents to rows of counts: what is sent on from a batch, or from one machine to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.batches import batches, size
from cleaner.errors import CleanerError
from cleaner.model import Document, Failure, Input
from cleaner.repeats.lines import NOT_COUNTED, Keys, key, keys
from cleaner.repeats.sites import site_of

WHOLE_PAGE = NOT_COUNTED
"""Stands for a line where the pages of a site are counted."""
_ROW = np.dtype([("site", np.uint64), ("line", np.uint64)])


class Tally(NamedTuple):
    """Columns of counts: that many documents of the site have the line, or are of the site."""

    site: Keys
    line: Keys
    documents: npt.NDArray[np.uint64]


def joined(several: Sequence[Tally]) -> Tally:
    """The rows of several tallies, at least one, as one."""
    return Tally(*map(np.concatenate, zip(*several, strict=True)))


def tallies(
    sources: Iterable[Input | Failure],
    read: Callable[[Sequence[Input]], Sequence[Document | CleanerError]],
    tell: Callable[[], None] = lambda: None,
) -> Iterator[Tally | Failure]:
    """The counts of all sources, some at a time, and why there are none of others.

    `read` makes documents of pages, as `Pipeline.documents` does; `tell` hears of every source.
    """
    for batch in batches(sources, size):
        inputs = [each for each in batch if not isinstance(each, Failure)]
        found = list(zip(inputs, read(inputs), strict=True))
        yield from (each for each in batch if isinstance(each, Failure))
        for source, error in found:
            if isinstance(error, CleanerError):
                yield Failure(source.id, type(error).__name__, str(error))
        yield tally(each for _, each in found if isinstance(each, Document))
        for _ in batch:
            tell()


def tally(documents: Iterable[Document]) -> Tally:
    """The counts of some documents: a line counts once a document, however often it stands there.

    Sorted by site and line, each pair once.
    """
    several = list(_rows(documents))
    rows, counts = np.unique(np.concatenate([np.zeros(0, _ROW), *several]), return_counts=True)
    return Tally(rows["site"].copy(), rows["line"].copy(), counts.astype(np.uint64))


def _rows(documents: Iterable[Document]) -> Iterator[npt.NDArray[np.void]]:
    for document in documents:
        lines = np.union1d(keys(document.contents()), np.uint64(WHOLE_PAGE))
        rows = np.empty(len(lines), _ROW)
        rows["site"], rows["line"] = key(site_of(document).key_text), lines
        yield rows
