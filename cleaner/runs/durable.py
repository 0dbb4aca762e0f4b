"""Writing that a power cut cannot undo: what was named is whole, and what was renamed stays so."""

from __future__ import annotations

import os
from pathlib import Path


def write_synced(file: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with file.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def write_whole(file: Path, content: bytes) -> None:
    """Write a file that has its old content or the new one, whenever this is cut off."""
    fresh = file.with_name(f".{file.name}.new")
    write_synced(fresh, content)
    move(fresh, file)


def move(source: Path, target: Path) -> None:
    """Give a file or folder another name, for good; a file that had it is replaced."""
    source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows sees to that itself."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
