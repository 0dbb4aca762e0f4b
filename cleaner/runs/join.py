"""Finished shards to a run's results: one file each, or a folder of shards each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from hashlib import sha256
from pathlib import Path

from cleaner.errors import RunError
from cleaner.runs.durable import move, sync_folder, write_synced
from cleaner.runs.folders import Manifest, finished, name_of
from cleaner.writers.formats import ROW_FORMATS
from cleaner.writers.rows import Rows

_JOINED = "joined"
_REPLACED = "replaced"
_READ_BYTES = 1024 * 1024

Check = Callable[[], None]


def place_joined(out: Path, run: Path, count: int, check: Check) -> None:
    """Put the rows of all shards, in order, into one file each; `check` is called in between.

    Until all files are whole, none of the results of an earlier run is touched.
    """
    folder = _empty(run / _JOINED)
    for name in _names(run):
        kind = _stem(name)
        with (folder / name).open("wb") as target:
            parts = _checked(run, count, name, check)
            ROW_FORMATS[name.removeprefix(kind)].join(kind, parts, target)
            target.flush()
            os.fsync(target.fileno())
    place(out, run, folder)


def place_apart(out: Path, run: Path, count: int, check: Check) -> None:
    """Put the rows of the shards into a folder each: documents/000000.jsonl and so on."""
    folder = _empty(run / _JOINED)
    names = _names(run)
    for name in names:
        (folder / _stem(name)).mkdir()
    for manifest in _manifests(run, count):
        check()
        for name in names:
            shard = name_of(manifest.number)
            target = folder / _stem(name) / f"{shard}{name.removeprefix(_stem(name))}"
            _link(run / shard / name, target)
    for name in names:
        sync_folder(folder / _stem(name))
    place(out, run, folder)


def _names(run: Path) -> list[str]:
    manifest = finished(run, 0)
    return list(manifest.files) if manifest else []


def _manifests(run: Path, count: int) -> Iterator[Manifest]:
    for number in range(count):
        manifest = finished(run, number)
        if manifest is None:
            raise _damaged(run / name_of(number))
        yield manifest


def _checked(run: Path, count: int, name: str, check: Check) -> Iterator[Path]:
    """The files of this name, each found to be as it was written."""
    for manifest in _manifests(run, count):
        check()
        file = run / name_of(manifest.number) / name
        with file.open("rb") as opened:
            digest = sha256()
            while piece := opened.read(_READ_BYTES):
                digest.update(piece)
        if digest.hexdigest() != manifest.files[name].sha256:
            shutil.rmtree(file.parent)
            raise _damaged(file)
        yield file


def _damaged(place: Path) -> RunError:
    return RunError(
        f"{place}: is not as it was written; it has been given up: run the same command again"
    )


def _link(source: Path, target: Path) -> None:
    """The same file in another place too, without copying it where the file system can do so."""
    try:
        target.hardlink_to(source)
    except OSError:
        write_synced(target, source.read_bytes())


def place(out: Path, run: Path, folder: Path) -> None:
    """Move the results in `folder` into `out`; those of an earlier run, in whatever form, go.

    They go to `run`, which is on the same disk.
    """
    replaced = _empty(run / _REPLACED)
    fresh = {entry.name for entry in folder.iterdir()}
    for old in _results(out):
        if old.is_dir() or old.name not in fresh:
            old.rename(replaced / old.name)
    for name in sorted(fresh):
        move(folder / name, out / name)


def _results(out: Path) -> Collection[Path]:
    """What an earlier run wrote, whichever way."""
    names = [f"{kind}{suffix}" for kind in Rows._fields for suffix in ("", *ROW_FORMATS)]
    return [out / name for name in names if (out / name).exists()]


def _stem(name: str) -> str:
    return name.partition(".")[0]


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
