"""Counts of parts of a crawl as tallies again, to be added up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from cleaner.errors import CountsError
from cleaner.repeats.counts import Counts
from cleaner.repeats.files import check
from cleaner.repeats.tally import WHOLE_PAGE, Tally

LINES_AT_ONCE = 250_000


def tallies_of(file: Path) -> Iterator[Tally]:
    """All counts in a file, some at a time.

    Raises:
        CountsError: it cannot be read, is spoilt, or is not whole.
    """
    counts = Counts(file)
    if counts.header.least > 1:
        raise CountsError(
            f"{file}: has no lines that stand on fewer than {counts.header.least} of its pages,"
            " and these may stand on more in all; count parts with --least 1"
        )
    check(file, counts.header)
    columns = counts.columns
    sites = columns["site_keys"]
    whole = np.full(len(sites), WHOLE_PAGE, np.uint64)
    yield Tally(np.asarray(sites), whole, np.asarray(columns["site_documents"]))
    for begin in range(0, counts.header.lines, LINES_AT_ONCE):
        rows = slice(begin, begin + LINES_AT_ONCE)
        lines = np.asarray(columns["line_keys"][rows])
        of_site = np.searchsorted(columns["begins"], np.arange(begin, begin + len(lines)), "right")
        yield Tally(sites[of_site - 1], lines, columns["on"][rows].astype(np.uint64))
