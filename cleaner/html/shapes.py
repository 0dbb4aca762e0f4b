"""What the tags of a page tell, in columns: each distinct tag is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.html.nesting import Places
from cleaner.html.tags import read_tag
from cleaner.model import Bools


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """The distinct tags of a page; columns have one row for each of them."""

    of_tags: Places  # which of them each tag is; shape (tags,)
    sources: Sequence[str]  # as they stand in the written tree
    bits: Places
    kinds: npt.NDArray[np.int8]
    families: npt.NDArray[np.uint64]
    signatures: Places
    hidden: Bools
    words: npt.NDArray[np.uint32]  # not a column: the hashed words of all, in order
    word_counts: Places

    @classmethod
    def of(cls, tags: Sequence[str]) -> Shapes:
        """The distinct ones of these tags, as they stand in a written tree; at least one."""
        distinct = list(dict.fromkeys(tags))
        numbers = dict(zip(distinct, range(len(distinct)), strict=True))
        of_tags = np.fromiter(map(numbers.__getitem__, tags), np.int64, len(tags))
        read: Any = zip(*map(read_tag, distinct), strict=True)
        bits, kinds, families, words, signatures, hidden = read
        return cls(
            of_tags,
            distinct,
            np.array(bits),
            np.array(kinds, np.int8),
            np.array(families, np.uint64),
            np.array(signatures),
            np.array(hidden),
            np.fromiter(chain.from_iterable(words), np.uint32),
            np.fromiter(map(len, words), np.int64, len(distinct)),
        )
