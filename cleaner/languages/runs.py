"""Lines that lean towards another language than their page's, one below the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cleaner.measure.places import Places, Positions
from cleaner.model import Bools, Floats, Ints, Scores


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs of lines that lean towards another language; lines without a word do not end one.

    One row a line: all are 0 for lines that stand in none.
    """

    lines: Positions  # how many lines the run has
    odds: Scores  # what they add up to
    letters: Positions  # their letters

    @classmethod
    def of(cls, leaning: Floats | Scores, letters: Ints, silent: Bools, places: Places) -> Runs:
        """The runs of some pages; `silent` lines have no word."""
        heard = np.flatnonzero(~silent)
        leans, page = leaning[heard] > 0, places.page[heard]
        begins = leans.copy()
        begins[1:] &= ~(leans[:-1] & (page[1:] == page[:-1]))
        number = np.cumsum(begins) * leans  # 0 for those in no run
        found = []
        for values in (np.ones(len(heard)), leaning[heard], letters[heard]):
            sums = np.bincount(number, values * leans, minlength=1)
            column = np.zeros(len(leaning))
            column[heard] = sums[number] * leans
            found.append(column)
        lines, odds, counted = found
        return cls(lines.astype(np.intp), odds, counted.astype(np.intp))
