"""Which files there are at an address, by the rules that hold for folders and globs on disk."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePosixPath

from cleaner.errors import SourceError
from cleaner.readers.names import endings, holds_pages, is_hidden, is_run, is_written, printable
from cleaner.readers.urls import Remote, named

GLOB_RE = re.compile(r"[*?\[]")
NOT_FOUND = "not found; give a file, a folder, a glob pattern in quotes, or - for stdin"


def listed(place: Remote, formats: Collection[str]) -> dict[str, Remote]:
    """The files at an address with a reader, by their ids: itself, below it, or that it matches.

    Raises:
        SourceError: it is not there, or cannot be looked at.
    """
    system, path = place.system, place.path
    with named(str(place)):
        if system.isfile(path):
            return {place.name: place}
        if system.isdir(path):
            found = _by_name(place, system.find(path), path)
            shown = _shown(found)
            return {n: f for n, f in found.items() if shown(n) and holds_pages(f.name, formats)}
    if not GLOB_RE.search(path):
        raise SourceError(f"{printable(str(place))}: {NOT_FOUND}")
    return _globbed(place, {*formats, endings(path)[0]})


def _globbed(pattern: Remote, formats: Collection[str]) -> dict[str, Remote]:
    with named(str(pattern)):
        matches = pattern.system.glob(pattern.path, detail=True)
    files = (path for path, about in matches.items() if about["type"] == "file")
    fixed = GLOB_RE.split(pattern.path, maxsplit=1)[0].rpartition("/")[0]
    found = _by_name(pattern, files, fixed)
    return {n: f for n, f in found.items() if not is_hidden(n) and holds_pages(f.name, formats)}


def _by_name(place: Remote, paths: Iterable[str], folder: str) -> dict[str, Remote]:
    """Files by their path in a folder."""
    return {
        path.removeprefix(folder).lstrip("/"): Remote(place.system, path) for path in sorted(paths)
    }


def _shown(names: Collection[str]) -> Callable[[str], bool]:
    """Tells of a file below a folder whether it is neither hidden nor the result of a run."""
    inside: dict[PurePosixPath, set[str]] = defaultdict(set)
    for name in names:
        path = PurePosixPath(name)
        for child in (path, *path.parents):
            inside[child.parent].add(child.name)
    top = PurePosixPath()
    runs = {folder for folder, children in inside.items() if is_run(children)}
    of_top_run = is_written if top in runs else lambda _: False

    def shown(name: str) -> bool:
        path = PurePosixPath(name)
        of_run = of_top_run(path.parts[0]) or any(f in runs for f in path.parents if f != top)
        return not (of_run or is_hidden(name))

    return shown
