"""How far a run has come, on a terminal: rate, share removed, failures, time left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from cleaner.cli.console import err

if TYPE_CHECKING:
    from cleaner.engines.local import Listener
    from cleaner.engines.progress import Progress as Done


@contextmanager
def shown(bytes_in_all: int | None) -> Iterator[Listener]:
    """What shows a run's progress while this is entered; nothing but its end when piped."""
    from cleaner.engines.local import Listener  # noqa: PLC0415  # --help need not load numpy

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("cleaning", total=bytes_in_all or None)

        def progress(done: Done) -> None:
            bar.update(task, completed=done.bytes, description=told(done, bytes_in_all))

        def stopping() -> None:
            bar.console.print("stopping: what is begun is ended first; once more leaves it")

        yield Listener(progress, stopping)


def told(done: Done, bytes_in_all: int | None) -> str:
    """Progress in a line: '512 documents, 41.0/s, 37.2% removed, 2 failed, 0:01:10 left'."""
    whole = done.whole
    parts = [f"{whole.documents + whole.failed:,} documents"]
    if done.bytes_now:
        parts.append(f"{done.documents_per_second:,.1f}/s")
    parts += [f"{done.share_removed:.1%} removed", f"{whole.failed:,} failed"]
    left = None if bytes_in_all is None else done.seconds_left(bytes_in_all)
    if left is not None:
        parts.append(f"{timedelta(seconds=round(left))} left")
    return ", ".join(parts)
