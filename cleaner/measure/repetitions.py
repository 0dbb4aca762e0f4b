"""How often lines stand on their page: told by hashes, and by their texts where these agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np

from cleaner.measure.laid import Positions
from cleaner.measure.words import Wording
from cleaner.model import Bools, Ints


def repetitions(contents: Sequence[Sequence[str]], wording: Wording, odd: Bools) -> Ints:
    """How often each line of some pages stands on its page, in either case.

    Folding all of them takes long. Lines that are the same have the same last bucket, that of the
    whole line, unless one is `odd`: has characters that fold in a way of their own. The same as it
    are others as long as it is when it is folded.
    """
    lines, many = list(chain.from_iterable(contents)), wording.counts
    page = np.repeat(
        np.arange(len(contents), dtype=np.int64), [len(of_page) for of_page in contents]
    )
    keys, some = np.full(len(many), -1, np.int64), many > 0
    keys[some] = wording.buckets[np.cumsum(many)[some] - 1]
    _, place, alike = np.unique(page << 32 | keys + 1, return_inverse=True, return_counts=True)
    looked_at = (alike[place] > 1) | _like_odd_ones(lines, page, odd)
    rows = np.flatnonzero(looked_at)
    places = zip(page[rows].tolist(), rows.tolist(), strict=True)
    whole = [(of_page, lines[line].casefold()) for of_page, line in places]
    count, found = Counter(whole), np.ones(len(many), np.int32)
    found[rows] = [count[each] for each in whole]
    return found


def _like_odd_ones(lines: Sequence[str], page: Positions, odd: Bools) -> Bools:
    """Lines that are as long as an odd one of their page is when it is folded, and the odd ones."""
    if not odd.any():
        return odd
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    rows = np.flatnonzero(odd).tolist()
    folded = np.fromiter((len(lines[row].casefold()) for row in rows), np.int64, len(rows))
    return odd | np.isin(page << 32 | lengths, page[rows] << 32 | folded)
