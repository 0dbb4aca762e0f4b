"""Which files a place stands for, and the id of each."""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from cleaner.errors import SourceError

STDIN = "-"
_GLOB_RE = re.compile(r"[*?\[]")
_LABELS_SUFFIX = ".gold.jsonl"  # labels to score against, not pages
_RUN_FILES = {"documents.jsonl", "removed.jsonl", "run.json"}  # what an earlier run wrote
_WRITTEN = _RUN_FILES | {"failed.jsonl", "report"}
_UNPRINTABLE_RE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file and the id of what it holds; stdin has no file."""

    id: str
    file: Path | None


def sources(place: str, suffixes: Collection[str]) -> list[Source]:
    """What there is to read at a place, sorted by id; `suffixes` are the ones with a reader.

    Below folders and glob patterns, hidden files and folders, devices and pipes, labels
    (.gold.jsonl), the results of an earlier run and files without a reader are passed over; a glob
    pattern may spell out a suffix that has none.

    Raises:
        SourceError: the place does not exist, or has nothing to read.
    """
    if place == STDIN:
        return [Source("stdin", None)]
    mode = _mode(Path(place)) if place else None
    if mode is None:
        found = _globbed(place, suffixes)
    elif stat.S_ISDIR(mode):
        found = _walked(Path(place), suffixes)
    else:
        found = [Source(printable(Path(place).name), Path(place))]
    if not found:
        raise SourceError(
            f"{printable(place)}: nothing to read; files end in {', '.join(sorted(suffixes))}"
            " (name a file itself to read it as text)"
        )
    return found


def printable(name: str) -> str:
    r"""The name with undecodable bytes and control characters written as escapes.

    >>> printable("caf\udce9\n.txt")
    'caf\\xe9\\n.txt'
    """
    return _UNPRINTABLE_RE.sub(_escape, name)


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if "\udc80" <= char <= "\udcff":  # an undecodable byte, as surrogateescape writes it
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")


def _mode(file: Path) -> int | None:
    try:
        return file.stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None


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
            is_run = {entry.name for entry in entries} >= _RUN_FILES
            if is_run and entered != folder:
                continue
            written = _WRITTEN if is_run else frozenset()
            shown = [e for e in entries if not e.name.startswith(".") and e.name not in written]
            pending.extend(entry for entry in shown if _is_folder(entry))
            yield from (entry for entry in shown if _is_page(entry, suffixes))


def _is_folder(entry: Path) -> bool:
    return stat.S_ISDIR(_mode(entry) or 0)


def _is_page(file: Path, suffixes: Collection[str]) -> bool:
    """Whether it is a file with a reader; a dangling link is one that will fail, and say why."""
    if file.suffix.lower() not in suffixes or file.name.lower().endswith(_LABELS_SUFFIX):
        return False
    mode = _mode(file)
    return mode is None or stat.S_ISREG(mode)


def _globbed(pattern: str, suffixes: Collection[str]) -> list[Source]:
    if not _GLOB_RE.search(pattern):
        raise SourceError(
            f"{printable(pattern) or repr(pattern)}: not found; give a file, a folder,"
            " a glob pattern in quotes, or - for stdin"
        )
    parts = Path(pattern).parts
    fixed = list(takewhile(lambda part: not _GLOB_RE.search(part), parts))
    spelled_out = {*suffixes, Path(pattern).suffix.lower()}
    found = _matches(Path(*fixed), "/".join(parts[len(fixed) :]), pattern)
    return _named((file for file in found if _is_page(file, spelled_out)), Path(*fixed))


def _matches(folder: Path, pattern: str, place: str) -> Iterator[Path]:
    # Until Python 3.13 a final ** stands for folders only.
    pattern = f"{pattern}/*" if pattern.endswith("**") else pattern
    try:
        for file in folder.glob(pattern):
            if not any(part.startswith(".") for part in file.relative_to(folder).parts):
                yield file
    except (ValueError, OSError) as error:
        raise SourceError(
            f"{printable(place)}: {error}; * stands for anything within a name,"
            " ** between two slashes for any folders"
        ) from None
