"""The names of tags, by array operations: each distinct name is read once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cleaner.html.nesting import Places
from cleaner.html.tokens import Tokens, eight_bytes

_ONES, _HIGHEST = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_BLANKS, _BRACKETS = (np.uint64(ord(char)) * _ONES for char in " >")


def tag_names(tokens: Tokens) -> tuple[list[str], Places]:
    """The distinct names of tags, and which of them each tag has; end tags begin with '/'."""
    begins = eight_bytes(tokens.written, tokens.starts)
    ended = _zeros(begins ^ _BLANKS) | _zeros(begins ^ _BRACKETS)
    # The highest bit of the first byte that ends the name; the bits below that byte.
    first = ended & (~ended + np.uint64(1))
    keys = begins & ((first >> np.uint64(7)) - np.uint64(1))
    is_long = ended == 0
    distinct = np.unique(keys[~is_long])
    numbers = np.searchsorted(distinct, keys)
    names = [int(key).to_bytes(8, "little").rstrip(b"\0").decode() for key in distinct]
    longer, which = _long_names(tokens, np.flatnonzero(is_long))
    numbers[is_long] = len(names) + which
    return [*names, *longer], numbers


def _zeros(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The highest bit of bytes that are 0, right up to the first of them."""
    return np.asarray((words - _ONES) & ~words & _HIGHEST)


def _long_names(tokens: Tokens, chosen: Places) -> tuple[Sequence[str], Places]:
    bounds = zip(tokens.starts[chosen].tolist(), tokens.ends[chosen].tolist(), strict=True)
    names = [tokens.written[start:end].partition(b" ")[0] for start, end in bounds]
    numbers = {name: i for i, name in enumerate(dict.fromkeys(names))}
    which = np.fromiter(map(numbers.__getitem__, names), np.int64, len(names))
    return [name.decode() for name in numbers], which
