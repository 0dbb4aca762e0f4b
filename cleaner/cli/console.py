"""What all verbs share: two consoles, exit statuses, progress, and a pipeline from flags."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

import cleaner
from cleaner.errors import SettingsError

FINE, SOME_FAILED, WRONG_USE, SIGNALLED = 0, 1, 2, 128
PIPED_COLUMNS = 200
# Whoever starts the program may have closed its stdout.
_is_terminal = sys.stdout is not None and sys.stdout.isatty()
out = Console(width=None if _is_terminal else PIPED_COLUMNS)
err = Console(stderr=True, soft_wrap=True)


def pipeline_of(file: Path | None, **flags: Any) -> cleaner.Pipeline:
    """A pipeline by these flags, over the environment, over a file: else over ./cleaner.toml.

    Raises:
        CleanerError: a setting is wrong, or what it names cannot be read.
    """
    return cleaner.Pipeline(_settings(file, **flags))


def fields_of(**names: str | None) -> dict[str, str]:
    """The names of fields that flags give."""
    return {field: name for field, name in names.items() if name is not None}


def pipeline_to_fit(file: Path | None, **flags: Any) -> cleaner.Pipeline:
    """The same without what only decides: weights may be of an older version."""
    without = {"weights": None, "repeats": None}
    return cleaner.Pipeline(_settings(file, **flags).model_copy(update=without))


def pipeline_to_count(file: Path | None, **flags: Any) -> cleaner.Pipeline:
    """The same without the counts that the settings name: they may be what is to be made."""
    return cleaner.Pipeline(_settings(file, **flags).model_copy(update={"repeats": None}))


def _settings(file: Path | None, **flags: Any) -> cleaner.Settings:
    from cleaner.settings import load_settings  # noqa: PLC0415  # --help need not load pydantic

    usual = Path("cleaner.toml")
    named = file or (usual if usual.is_file() else None)
    return load_settings(named, os.environ, **flags)


def make_writable(folder: Path) -> None:
    """Make the folder of an --output, before the long work whose results it is for.

    Raises:
        SettingsError: it cannot be made, or nothing can be written into it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingsError(
            f"--output {folder}: no folder to write into ({error.strerror}); name one that is not"
            " there yet, or one of your own"
        ) from None


@contextmanager
def progress(doing: str) -> Iterator[Callable[[], None]]:
    """A spinner with a count on a terminal, nothing when piped."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} documents"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as shown:
        task = shown.add_task(doing, total=None)
        yield lambda: shown.advance(task)
