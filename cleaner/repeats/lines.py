"""Lines as they are counted: without what differs from page to page and means nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]

NOT_COUNTED = 0
"""The key of a line without a letter: dates, prices and rules say nothing of a site."""
KEY_BYTES = 8
# Soft hyphens, zero-width characters, marks of direction, byte order mark.
_UNSEEN_RE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_FIGURES_RE = re.compile(r"\d+")
_LETTER_RE = re.compile(r"[^\W\d_]")


def normalised(line: str) -> str:
    r"""The line in one case, with single spaces, '0' for all figures, nothing that is not seen.

    >>> normalised("  12\u00a0Kom\u00admentare")
    '0 kommentare'
    """
    seen = _UNSEEN_RE.sub("", line).casefold()
    return " ".join(_FIGURES_RE.sub("0", seen).split())


def key(text: str) -> int:
    """A number for a text, the same on every machine, and never that of NOT_COUNTED."""
    raw = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=KEY_BYTES).digest(), "little") or 1


def keys(contents: Sequence[str]) -> Keys:
    """The key of each line; shape (lines,). Two lines with one key are one in 2**64."""
    forms = map(normalised, contents)
    found = (key(form) if _LETTER_RE.search(form) else NOT_COUNTED for form in forms)
    return np.fromiter(found, np.uint64, len(contents))
