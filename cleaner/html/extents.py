"""Where the elements of a page stand in its text; worked out only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from cleaner.html.forest import Forest
from cleaner.html.nesting import Places
from cleaner.model import Lines


def page_extents(forest: Forest, lines: Sequence[Lines]) -> list[Places]:
    """Start and end in their page's text of what the elements of each page hold.

    `lines` are the lines of each page; shape of each array: (elements, 2). What is skipped, white
    space at both ends and the marks of lists are left out; an element without text starts and ends
    at the same place.
    """
    nesting, laid = forest.nesting, forest.lines
    run_ends = np.append(0, np.cumsum(laid.lengths))
    first = run_ends[np.searchsorted(laid.tokens, nesting.starts)]
    last = run_ends[np.searchsorted(laid.tokens, nesting.ends)]
    roots = [*nesting.roots.tolist(), len(nesting)]
    # Lines lie further on in the page's text than in the forest's, or not so far.
    shifts = _joined(lines) - laid.ends
    places = laid.filled + np.repeat(shifts[laid.rows], laid.lengths)
    ends = np.append(places + 1, 0)
    starts = np.append(places, 0)
    filled = last > first
    found = np.stack([np.where(filled, starts[first], 0), np.where(filled, ends[last - 1], 0)], 1)
    return [found[start:end] for start, end in pairwise(roots)]


def _joined(lines: Sequence[Lines]) -> Places:
    return np.concatenate([of_page.ends for of_page in lines])
