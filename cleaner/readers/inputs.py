"""What stands at the places of a run: a later start must find the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.readers.names import endings, printable
from cleaner.readers.places import sources

_PACKED = frozenset({".parquet"})  # by itself


@dataclass(frozen=True, slots=True)
class Given:
    """A place: how many files, how many bytes they have, when the newest was changed.

    `bytes` and `modified` (nanoseconds since 1970) are None where they cannot be known: of stdin
    and of addresses.
    """

    place: str
    files: int
    bytes: int | None
    modified: int | None
    packed: bool
    """Whether what is read of the files has another length than the files."""


def inputs(places: Sequence[str], suffixes: Collection[str]) -> list[Given]:
    """What there is to read at each place.

    Raises:
        SourceError: a place does not exist, or has nothing to read.
    """
    return [_given(place, suffixes) for place in places]


def bytes_of(given: Iterable[Given]) -> int | None:
    """How many bytes there are to read; None where that cannot be known."""
    total = 0
    for each in given:
        if each.bytes is None or each.packed:
            return None
        total += each.bytes
    return total


def _given(place: str, suffixes: Collection[str]) -> Given:
    files = [source.file for source in sources(place, suffixes)]
    packed = any(file is not None and _is_packed(file.name) for file in files)
    local = [_size_and_time(file) for file in files if isinstance(file, Path)]
    if len(local) < len(files):
        return Given(printable(place), len(files), None, None, packed)
    sizes, times = zip(*local, strict=True)
    return Given(printable(place), len(files), sum(sizes), max(times), packed)


def _is_packed(name: str) -> bool:
    suffix, packing = endings(name)
    return bool(packing) or suffix in _PACKED


def _size_and_time(file: Path) -> tuple[int, int]:
    try:
        about = file.stat()
    except OSError:
        return 0, 0  # reading it will fail as well, and say why
    return about.st_size, about.st_mtime_ns
