"""Which of a line's words its wording owes what it adds to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cleaner.laid import Laid
from cleaner.model import Document
from cleaner.phrases import MOST_TOLD
from cleaner.words import find_spans

Table = npt.NDArray[np.float64]

# More of a line is not quoted.
MOST_CHARS = 40


class SpokenWords:
    """Words of a document's lines, pairs of them and whole lines, by what their buckets add.

    `buckets` is the network's table, shape (BUCKETS, EMBEDDING); `by_step` what a step of each of
    its columns adds about each line, shape (lines, EMBEDDING).
    """

    def __init__(self, document: Document, buckets: npt.NDArray[np.int8], by_step: Table) -> None:
        self._laid = Laid(document.contents())
        self._spans = find_spans(self._laid)
        added = buckets[self._spans.buckets] * by_step[self._spans.lines]
        self._added = added.sum(axis=1)

    def strongest(self, line: int, *, adding: bool) -> Sequence[str]:
        """The words of a line that add most, or take most, the first of them first; none twice."""
        first, last = self._bounds[line : line + 2]
        added = self._added[first:last] if adding else -self._added[first:last]
        found: list[str] = []
        for text in self._texts(first + np.argsort(-added, kind="stable")[: (added > 0).sum()]):
            if text not in found:
                found.append(text)
            if len(found) == MOST_TOLD:
                break
        return found

    @cached_property
    def _bounds(self) -> list[int]:
        """Where the spans of each line begin, and where the last one's end."""
        lines = np.arange(len(self._laid) + 1)
        found: list[int] = np.searchsorted(self._spans.lines, lines).tolist()
        return found

    def _texts(self, spans: npt.NDArray[np.intp]) -> Iterator[str]:
        starts, ends = self._spans.starts[spans].tolist(), self._spans.ends[spans].tolist()
        for start, end in zip(starts, ends, strict=True):
            if end - start <= MOST_CHARS:
                yield self._laid.text[start:end]
