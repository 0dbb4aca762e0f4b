"""A run with small shards as a program of its own, and a stage that misbehaves on request."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner import Page, Pipeline, Proposal, Settings
from cleaner.cli.progress import shown
from cleaner.engines.limits import Limits
from cleaner.engines.local import Listener, Options, clean_into
from cleaner.engines.progress import Progress
from cleaner.errors import CleanerError, Stopped
from cleaner.readers import SUFFIXES, Sources
from cleaner.readers.inputs import inputs
from cleaner.runs import folders
from cleaner.runs.durable import write_synced
from cleaner.runs.shards import ShardSize

if delay := os.environ.get("SLOW_DISK_SECONDS"):  # worker processes import this, too

    def _slowly(file: Path, content: bytes) -> None:
        time.sleep(float(delay or 0))
        write_synced(file, content)

    folders.write_synced = _slowly

SHARD_DOCUMENTS = 8
HOG_MEGABYTES = 400


def misbehave(page: Page) -> Iterator[Proposal]:
    """What the first word of the document says, if it is something to do."""
    word, _, rest = page.document.text.partition(" ")
    match word:
        case "HANG":
            while True:
                time.sleep(0.01)
        case "WAIT":
            time.sleep(float(rest.partition(" ")[0]))
        case "HOG":
            held = b"x" * (HOG_MEGABYTES << 20)
            time.sleep(30)
            del held
        case "EXIT":
            os._exit(3)
        case "LEAVE":
            sys.exit(3)
        case "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        case "RAISE":
            raise ZeroDivisionError(word)
    yield from ()


def pipeline(**settings: Any) -> Pipeline:
    """The pipeline of these tests."""
    return Pipeline(Settings(**settings)).adding(misbehave=misbehave)


def options(**given: Any) -> Options:
    """Small shards, and limits that are met soon if asked for."""
    limits = Limits(given.pop("seconds", 60), given.pop("megabytes", 4096))
    return Options(limits=limits, size=ShardSize(documents=SHARD_DOCUMENTS), **given)


def run(
    out: Path,
    source: Path,
    listener: Listener = Listener(),  # noqa: B008  # frozen
    clean: Pipeline | None = None,
    **asked: Any,
) -> Progress:
    """A run in small shards."""
    given, raws = inputs([str(source)], SUFFIXES.keys()), Sources((str(source),))
    how = options(**asked)
    return clean_into(out, raws, clean or pipeline(), how, inputs=given, listener=listener)


def write_no_larger(bytes_a_file: int, *, cold: bool) -> None:
    """From now on; unless `cold`, what is loaded when first needed may be unpacked before."""
    import resource  # noqa: PLC0415  # Unix only

    if not cold:
        pipeline().run("Ein Satz.")
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_a_file, bytes_a_file))


def main(out: str, source: str, text: str) -> int:
    """Run; the exit status of the command line."""
    asked = json.loads(text)
    if largest := asked.pop("largest", None):
        write_no_larger(largest, cold=asked.pop("cold", False))
    try:
        with shown(None) as listener:
            done = run(Path(out), Path(source), listener, **asked)
    except Stopped as stopped:
        print(stopped, file=sys.stderr)  # noqa: T201
        return 128 + stopped.signal
    except CleanerError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return int(done.whole.failed > 0)
