"""Where a broken file of records can be read on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

_CHUNK_BYTES = 1024 * 1024
# How a record begins: as it is, with gzip, or with zstd.
_BEGIN_RE = re.compile(rb"WARC/1\.\d\r?\n|\x1f\x8b\x08|\x28\xb5\x2f\xfd")
_LONGEST_BEGIN_BYTES = 10


def next_record(file: BinaryIO, after: int, reads: Callable[[BinaryIO], bool]) -> int | None:
    """The first offset from `after` on where a record begins; None if none does.

    `reads` tells whether one can be read from where the file stands.
    """
    for offset in _begins(file, after):
        file.seek(offset)
        if reads(file):
            return offset
    return None


def _begins(file: BinaryIO, start: int) -> Iterator[int]:
    """The offsets of all bytes that look like the beginning of a record."""
    while True:
        file.seek(start)
        chunk = file.read(_CHUNK_BYTES)
        # One that reaches over the end of this chunk is found at the beginning of the next.
        end = len(chunk) - (_LONGEST_BEGIN_BYTES if len(chunk) == _CHUNK_BYTES else 0)
        yield from (
            start + found.start() for found in _BEGIN_RE.finditer(chunk) if found.start() < end
        )
        if len(chunk) < _CHUNK_BYTES:
            return
        start += end
