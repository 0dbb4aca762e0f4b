"""On how many pages of its site each line of a page stands: the value that goes along with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counted = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Recurrence:
    """What was counted of a page's lines over its site; columns have one row a line.

    Lines that stand on few pages were not written down: of those, as of lines without a letter,
    both counts are 0.
    """

    site: str
    """Where the pages are, as a person says it: 'of example.org', 'in crawl/example'."""
    documents: int
    """How many pages of the site were counted."""
    on: Counted
    """On how many of them the line stands."""
    sites: Counted
    """On how many sites it stands, this one included."""
