"""What runs in a worker process: shards come in, their counts go out, and nobody is left behind."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from functools import partial
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from cleaner.engines.work import Work
from cleaner.errors import CleanerError, RunError
from cleaner.runs.folders import Manifest

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class Here(NamedTuple):
    """A worker can be told what to do."""


class Ready(NamedTuple):
    """It has loaded all that it needs, and waits for shards."""


class At(NamedTuple):
    """It has come to a place of its shard."""

    place: int


class Done(NamedTuple):
    """It has written its shard."""

    manifest: Manifest


class Trouble(NamedTuple):
    """It cannot go on, nor could another."""

    error: Exception


Message = Here | Ready | At | Done | Trouble


def main(pipe: Connection[Any, Any]) -> None:
    """Do shards until there are no more; first comes a pickled `Work`."""
    for number in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # the parent hears them, too, and says what to do
        signal.signal(number, signal.SIG_IGN)
    _end_with_parent()
    try:
        _do_all(pipe)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent has gone
    except Exception as error:  # noqa: BLE001  # told where it can be shown
        pipe.send(Trouble(_sendable(error)))


def _do_all(pipe: Connection[Any, Any]) -> None:
    pipe.send(Here())
    work: Work = pickle.loads(pipe.recv_bytes())  # noqa: S301  # from our own parent
    work.warm_up()
    pipe.send(Ready())
    while True:
        shard, care = pipe.recv()
        manifest = work.done(shard, care, lambda place: pipe.send(At(place)))
        pipe.send(Done(manifest))


def _sendable(error: Exception) -> Exception:
    if isinstance(error, OSError):
        return OSError(error.errno, error.strerror, error.filename)
    if isinstance(error, CleanerError):
        return RunError(str(error))
    return RunError(f"a worker process: {error!r}; please report it, or try --workers 0")


def _end_with_parent() -> None:
    """See to it that this process ends when its parent does, whatever it is doing then."""
    parent = parent_process()
    if parent is None:
        return
    ended = partial(connection.wait, [parent.sentinel])
    threading.Thread(target=lambda: ended() and os._exit(1), daemon=True).start()
    if sys.platform == "linux":  # even if no other thread gets its turn
        import ctypes  # noqa: PLC0415

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
