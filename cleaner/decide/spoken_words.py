"""Which of a line's words its wording owes what it adds to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cleaner.decide.phrases import MOST_TOLD
from cleaner.measure.laid import Laid
from cleaner.measure.words import find_spans

Table = npt.NDArray[np.float64]

# More of a line is not quoted.
MOST_CHARS = 40


class SpokenWords:
    """Words of lines, pairs of them and whole lines, by what their buckets add.

    `buckets` is the network's table, shape (BUCKETS, EMBEDDING); `by_step` what a step of each of
    its columns adds about each line, shape (lines, EMBEDDING).
    """

    def __init__(
        self, contents: Sequence[str], buckets: npt.NDArray[np.int8], by_step: Table
    ) -> None:
        self._laid = Laid(contents)
        spans = find_spans(self._laid)
        self._added = (buckets[spans.buckets] * by_step[spans.lines]).sum(axis=1)
        self._lines = spans.lines
        self._starts, self._ends = spans.starts.tolist(), spans.ends.tolist()

    def strongest(self, line: int, *, adding: bool) -> Sequence[str]:
        """The words of a line that add most, or take most, the first of them first; none twice."""
        order, many = self._adding if adding else self._taking
        first = self._bounds[line]
        found: list[str] = []
        for span in order[first : first + many[line]]:
            start, end = self._starts[span], self._ends[span]
            text = self._laid.text[start:end]
            if end - start <= MOST_CHARS and text not in found:
                found.append(text)
            if len(found) == MOST_TOLD:
                break
        return found

    @cached_property
    def _bounds(self) -> list[int]:
        """Where the spans of each line begin."""
        found: list[int] = np.searchsorted(self._lines, np.arange(len(self._laid))).tolist()
        return found

    @cached_property
    def _adding(self) -> tuple[list[int], list[int]]:
        return self._ordered(self._added)

    @cached_property
    def _taking(self) -> tuple[list[int], list[int]]:
        return self._ordered(-self._added)

    def _ordered(self, added: Table) -> tuple[list[int], list[int]]:
        """The spans line by line, those that add most first; and how many of each line add."""
        order = np.lexsort((-added, self._lines))  # as stable as a sort of each line
        many = np.bincount(self._lines[added > 0], minlength=len(self._laid))
        return order.tolist(), many.tolist()
