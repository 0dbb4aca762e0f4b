"""Rows to stdout: `cleaner run SRC... -o -`."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from cleaner.cli.console import SIGNALLED, SOME_FAILED
from cleaner.errors import RunError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner import Pipeline
    from cleaner.engines.limits import Limits
    from cleaner.model import Failure
    from cleaner.readers.raw import Raw

STDOUT = Path("-")
_SIGPIPE = 13  # which Windows has no name for


def to_stdout(
    raws: Iterable[Raw | Failure],
    pipeline: Pipeline,
    workers: int,
    limits: Limits,
    ledger: Path | None,
) -> None:
    """Write rows to stdout and stderr, and what was removed to a ledger; end as a program does.

    Raises:
        SettingsError: a stream is closed, or the ledger is there or cannot be written.
        RunError: rows cannot be written.
    """
    from cleaner.engines.stream import clean_to  # noqa: PLC0415

    if sys.stdout is None or sys.stderr is None:
        raise SettingsError("-o -: stdout or stderr is closed; lead it to a file or a program")
    streams: dict[str, BinaryIO] = {"documents": sys.stdout.buffer, "failed": sys.stderr.buffer}
    try:
        with _opened(ledger) as removed:
            if removed:
                streams["removed"] = removed
            done = clean_to(streams, raws, pipeline, workers=workers, limits=limits)
    except BrokenPipeError:
        # Whoever read has what they wanted; Python would complain once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(SIGNALLED + _SIGPIPE) from None
    except OSError as error:
        raise RunError(
            f"-o -: rows cannot be written to stdout{f' and {ledger}' if ledger else ''}:"
            f" {error.strerror or error}; when that is mended, begin anew"
        ) from None
    if done.failed:
        raise typer.Exit(SOME_FAILED)


def _opened(ledger: Path | None) -> AbstractContextManager[BinaryIO | None]:
    if ledger is None:
        return nullcontext()
    try:
        # What is there may be a source, or the ledger of other rows.
        return ledger.open("xb" if ledger.is_file() else "wb")
    except FileExistsError:
        raise SettingsError(
            f"--ledger {ledger}: is there already; name another file, or remove it"
        ) from None
    except OSError as error:
        raise SettingsError(
            f"--ledger {ledger}: cannot be written ({error.strerror}); name a file in a folder of"
            " your own"
        ) from None


def check_ledger(ledger: Path, output: Path, sources: Sequence[str]) -> None:
    """Nothing, where a ledger of its own can be written and no source is lost by that."""
    if output != STDOUT:
        raise SettingsError(f"--ledger {ledger}: is for '-o -'; {output} gets removed.jsonl")
    if ledger == STDOUT:
        raise SettingsError("--ledger -: stdout has the rows of documents; name a file")
    for source in sources:
        if ledger.resolve().is_relative_to(Path(source).resolve()):
            raise SettingsError(
                f"--ledger {ledger}: lies in the source {source}; name another file"
            )
