"""Finished shards on disk: a folder each, which is there whole or not at all."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from cleaner.runs.durable import move, sync_folder, write_synced
from cleaner.runs.shards import Shard
from cleaner.runs.tally import Tally

MANIFEST = "shard.json"
_PART = ".part"
_DIGITS = 6


class Written(BaseModel):
    """A file of rows: what it must be."""

    model_config = ConfigDict(frozen=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a finished shard was made of, and what it has."""

    model_config = ConfigDict(frozen=True)

    number: int
    sha256: str
    """Of what the shard was made of: see `Shard.sha256`."""
    first: str | None
    raws: int
    bytes: int
    start: str
    """Which start of the run cleaned it."""
    files: dict[str, Written]
    tally: Tally


def name_of(number: int) -> str:
    """The name of a shard's folder, and of its files where shards stay apart."""
    return f"{number:0{_DIGITS}}"


def manifest_of(shard: Shard, files: Mapping[str, bytes], tally: Tally, start: str) -> Manifest:
    """The manifest of a shard that was made into these files."""
    written = {
        name: Written(bytes=len(content), sha256=sha256(content).hexdigest())
        for name, content in files.items()
    }
    return Manifest(
        number=shard.number,
        sha256=shard.sha256,
        first=shard.first,
        raws=len(shard.raws),
        bytes=shard.bytes,
        start=start,
        files=written,
        tally=tally,
    )


def write_shard(run: Path, manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Write a shard's folder below a run's folder.

    Raises:
        OSError: it cannot be written; then there is none of its name.
    """
    name = name_of(manifest.number)
    # Its own: a worker that outlives its run, or that a cluster lost sight of, must not write into
    # another's.
    part = run / f"{name}.{uuid.uuid4().hex}{_PART}"
    part.mkdir()
    for file, content in files.items():
        write_synced(part / file, content)
    write_synced(part / MANIFEST, manifest.model_dump_json().encode())
    sync_folder(part)
    try:
        move(part, run / name)
    except OSError:
        if not (run / name).exists():
            raise
        shutil.rmtree(part, ignore_errors=True)  # another has done the same shard meanwhile


def finished(run: Path, number: int) -> Manifest | None:
    """The manifest of a finished shard; None if there is none: what is not whole is removed."""
    folder = run / name_of(number)
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        if all((folder / n).stat().st_size == w.bytes for n, w in manifest.files.items()):
            return manifest
    except (FileNotFoundError, ValidationError):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    return None


def numbers(run: Path) -> Iterator[int]:
    """The numbers of the finished shards, in no order."""
    return (int(entry.name) for entry in run.iterdir() if entry.name.isdigit())


def remove_parts(run: Path) -> None:
    """Remove what was being written when an earlier start ended."""
    for part in run.glob(f"*{_PART}"):
        shutil.rmtree(part, ignore_errors=True)
