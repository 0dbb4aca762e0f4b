"""One run at a time in a folder; a lock ends with its process, however that ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cleaner.errors import RunError

LOCK = ".run.lock"
_PID_BYTES = 20
# Windows locks a range of bytes even against reading: one far behind the process's number.
_LOCKED_BYTE = 1024


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the file of one that nobody holds any more is taken over.

    Raises:
        RunError: another run holds it.
    """
    file = folder / LOCK
    opened = _opened(file)
    try:
        yield
    finally:
        _remove(file, opened)


def _opened(file: Path) -> int:
    while True:
        opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(opened)
            ours = _is_still(file, opened)
        except BlockingIOError:
            holder = os.read(opened, _PID_BYTES)
            os.close(opened)
            raise _taken(file.parent, holder) from None
        if ours:
            os.ftruncate(opened, 0)
            os.write(opened, str(os.getpid()).encode())
            return opened
        os.close(opened)  # its holder has just ended and removed it


def _is_still(file: Path, opened: int) -> bool:
    try:
        return os.path.samestat(file.stat(), os.fstat(opened))
    except FileNotFoundError:
        return False


def _taken(folder: Path, holder: bytes) -> RunError:
    number = holder.decode("ascii", "replace").strip()
    return RunError(
        f"{folder}: another run is writing there{f' (process {number})' if number else ''};"
        " wait until it has ended, or name another folder"
    )


if sys.platform == "win32":
    import msvcrt

    def _lock(opened: int) -> None:
        os.lseek(opened, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            raise BlockingIOError from None
        finally:
            os.lseek(opened, 0, os.SEEK_SET)

    def _remove(file: Path, opened: int) -> None:
        os.close(opened)  # an open file cannot be removed
        with suppress(OSError):
            file.unlink()
else:
    import fcntl

    def _lock(opened: int) -> None:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _remove(file: Path, opened: int) -> None:
        try:
            with suppress(OSError):
                file.unlink()  # while it is held: nobody else's can be hit
        finally:
            os.close(opened)
