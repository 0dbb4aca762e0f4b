"""Which files a place stands for, and the id of each."""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from cleaner.errors import SourceError
from cleaner.readers.listing import GLOB_RE, NOT_FOUND, listed
from cleaner.readers.names import endings, holds_pages, is_hidden, is_run, is_written, printable
from cleaner.readers.streams import COMPRESSIONS
from cleaner.readers.urls import Remote, is_url, local_path, remote

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file and the id of what it holds; stdin has no file."""

    id: str
    file: Path | Remote | None


def sources(place: str, suffixes: Collection[str]) -> list[Source]:
    """What there is to read at a place, sorted by id; `suffixes` are the ones with a reader.

    A place is a path, a glob pattern, an address such as s3://bucket/folder, or '-' for stdin.
    Below folders and glob patterns, hidden files and folders, devices and pipes, labels
    (.gold.jsonl), the results of an earlier run and files without a reader are passed over; a glob
    pattern may spell out a suffix that has none.

    Raises:
        SourceError: the place does not exist, or has nothing to read.
    """
    if place == STDIN:
        return [Source("stdin", None)]
    mode = _mode(Path(place)) if place else None
    if mode is None and is_url(place):
        return _remote(place, suffixes)
    if mode is None:
        found = _globbed(place, suffixes)
    elif stat.S_ISDIR(mode):
        found = _walked(Path(place), suffixes)
    else:
        found = [Source(printable(Path(place).name), Path(place))]
    return _some(place, found, suffixes)


def _some(place: str, found: list[Source], suffixes: Collection[str]) -> list[Source]:
    if not found:
        raise SourceError(
            f"{printable(place)}: nothing to read; files end in {', '.join(sorted(suffixes))}, and"
            f" perhaps {' or '.join(COMPRESSIONS)} (name a file itself to read it as text)"
        )
    return found


def _mode(file: Path) -> int | None:
    try:
        return file.stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None


def _remote(url: str, suffixes: Collection[str]) -> list[Source]:
    """What there is to read at an address; on this machine it is looked up as any other path."""
    place = remote(url)
    path = local_path(place)
    if path is not None:
        return sources(path, suffixes)
    found = listed(place, suffixes)
    return _some(url, [Source(printable(name), found[name]) for name in sorted(found)], suffixes)


def _named(files: Iterable[Path], folder: Path) -> list[Source]:
    names = {file: file.relative_to(folder).as_posix() for file in files}
    return [Source(printable(names[file]), file) for file in sorted(names, key=names.__getitem__)]


def _walked(folder: Path, suffixes: Collection[str]) -> list[Source]:
    return _named((f for f in _walk(folder, suffixes) if f != folder), folder)


def _walk(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    """The readable files below a folder; links are followed, and no folder is entered twice."""
    walked: set[tuple[int, int]] = set()
    pending = [folder]
    while pending:
        entered = pending.pop()
        try:
            about, entries = entered.stat(), sorted(entered.iterdir(), reverse=True)
        except OSError:
            yield entered  # reading it will fail as well, and say why
            continue
        if (about.st_dev, about.st_ino) not in walked:
            walked.add((about.st_dev, about.st_ino))
            of_run = is_run({entry.name for entry in entries})
            if of_run and entered != folder:
                continue
            shown = [
                e for e in entries if not (is_hidden(e.name) or (of_run and is_written(e.name)))
            ]
            pending.extend(entry for entry in shown if _is_folder(entry))
            yield from (entry for entry in shown if _is_page(entry, suffixes))


def _is_folder(entry: Path) -> bool:
    return stat.S_ISDIR(_mode(entry) or 0)


def _is_page(file: Path, suffixes: Collection[str]) -> bool:
    """Whether it is a file with a reader; a dangling link is one that will fail, and say why."""
    if not holds_pages(file.name, suffixes):
        return False
    mode = _mode(file)
    return mode is None or stat.S_ISREG(mode)


def _globbed(pattern: str, suffixes: Collection[str]) -> list[Source]:
    if not GLOB_RE.search(pattern):
        raise SourceError(f"{printable(pattern) or repr(pattern)}: {NOT_FOUND}")
    parts = Path(pattern).parts
    fixed = list(takewhile(lambda part: not GLOB_RE.search(part), parts))
    spelled_out = {*suffixes, endings(pattern)[0]}
    found = _matches(Path(*fixed), "/".join(parts[len(fixed) :]), pattern)
    return _named((file for file in found if _is_page(file, spelled_out)), Path(*fixed))


def _matches(folder: Path, pattern: str, place: str) -> Iterator[Path]:
    # Until Python 3.13 a final ** stands for folders only.
    pattern = f"{pattern}/*" if pattern.endswith("**") else pattern
    try:
        for file in folder.glob(pattern):
            if not is_hidden(file.relative_to(folder).as_posix()):
                yield file
    except (ValueError, OSError) as error:
        raise SourceError(
            f"{printable(place)}: {error}; * stands for anything within a name,"
            " ** between two slashes for any folders"
        ) from None
