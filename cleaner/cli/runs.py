"""Verbs that read what a run wrote: restore, report, stats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from cleaner.cli.console import SOME_FAILED, err, make_writable, out, progress
from cleaner.errors import CleanerError, SettingsError

if TYPE_CHECKING:
    from cleaner.stats import Stats


def restore(
    run_folder: Annotated[Path, typer.Argument(metavar="OUT", help="What `cleaner run` wrote.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder to write the sources into."),
    ] = None,
) -> None:
    """Give the sources back as they were decoded, byte for byte in UTF-8.

    Without -o they are only checked against the ledger. Of two documents with one id, the later is
    written as 'id#2'.

    Example: cleaner restore out -o sources
    """
    from cleaner.readers import unused  # noqa: PLC0415
    from cleaner.writers.runs import read_run  # noqa: PLC0415
    from cleaner.writers.sources import write_source  # noqa: PLC0415

    if output is not None:
        make_writable(output)
    count = failed = 0
    last: dict[str, int] = {}
    for record in read_run(run_folder):
        text = record.restore()
        try:
            if output is not None:
                write_source(output, unused(record.id, last), text)
            count += 1
        except CleanerError as error:
            err.print(f"[red]{escape(str(error))}[/]", highlight=False)
            failed += 1
    place = f"restored into {escape(str(output))}"
    err.print(f"{count:,} documents {place if output else 'accounted for, character by character'}")
    if failed:
        raise typer.Exit(SOME_FAILED)


def report(
    run_folder: Annotated[Path, typer.Argument(metavar="OUT", help="What `cleaner run` wrote.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder of pages; default: OUT/report.")
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(
            "--sample", min=1, metavar="N", help="Only N documents, by chance, the same every time."
        ),
    ] = None,
    removed_only: Annotated[
        bool,
        typer.Option("--removed-only", help="Leave out why kept lines stayed: twice as fast."),
    ] = False,
) -> None:
    """Write static pages that show what was removed, what stayed, and why.

    Why lines stayed is worked out anew, with the version and settings of the run; of HTML from the
    files it read, if they are still there.

    Example: cleaner report out
    """
    from cleaner.report import write_report  # noqa: PLC0415

    if output is not None:
        make_writable(output.parent)
    with progress("writing pages") as tell:
        index = write_report(run_folder, output, sample=sample, stayed=not removed_only, tell=tell)
    err.print(f"open {escape(str(index))}")


def stats(
    run_folder: Annotated[Path, typer.Argument(metavar="OUT", help="What `cleaner run` wrote.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder of plots; default: OUT/stats.")
    ] = None,
    top: Annotated[
        int, typer.Option("--top", min=1, metavar="N", help="Of sites, languages, rules: N.")
    ] = 10,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object, for programs, and no plots.")
    ] = False,
) -> None:
    """Tell a run in numbers: by site, language and label; plots too, where matplotlib is.

    Of a run that is not finished, what is. Exit status 1 if rows are missing.

    Example: cleaner stats out
    """
    from cleaner.stats import gather  # noqa: PLC0415
    from cleaner.stats.tables import as_json as told  # noqa: PLC0415
    from cleaner.stats.tables import tables  # noqa: PLC0415

    if output is not None:
        make_writable(output)
    with progress("counting") as tell:
        found = gather(run_folder, tell)
    if as_json:
        out.print_json(data=told(found))
    else:
        out.print(tables(found, top))
        _plot(found, output, output or run_folder / "stats")
    for lack in found.lacks:
        err.print(f"[red]{escape(lack)}[/]", highlight=False)
    if found.lacks:
        raise typer.Exit(SOME_FAILED)


def _plot(found: Stats, output: Path | None, folder: Path) -> None:
    from cleaner.stats.plots import write_plots  # noqa: PLC0415

    try:
        written = write_plots(found, folder)
    except SettingsError as error:
        if output is not None:
            raise
        err.print(f"no plots: {escape(str(error))}", highlight=False)
    else:
        err.print(f"{len(written)} plots in {escape(str(folder))}")
