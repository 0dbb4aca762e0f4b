"""The verb that shows what changed: diff."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.console import out

if TYPE_CHECKING:
    from cleaner.diff.lines import Line


def diff(
    run_folder: Annotated[Path, typer.Argument(metavar="OUT", help="What `cleaner run` wrote.")],
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="DOC|OUT2", help="A document, by id or number; or another run's folder."
        ),
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, for an issue or a review.")
    ] = False,
) -> None:
    """Show what a run removed from each document, or from DOC, and why; or how OUT2 differs.

    Marks: - removed, + kept again, ! under another label, # why. Two runs are matched by the ids of
    their documents.

    Example: cleaner diff out 003_4f89b40b5df85bc8.txt
    """
    from cleaner.diff import diff_of_run  # noqa: PLC0415  # --help need not load numpy

    if other is None or not Path(other).is_dir():
        _show(diff_of_run(run_folder, other), markdown=markdown)
    else:
        _compare(run_folder, Path(other), markdown=markdown)


def _compare(before: Path, after: Path, *, markdown: bool) -> None:
    from cleaner.diff import compare  # noqa: PLC0415
    from cleaner.diff.printed import summary  # noqa: PLC0415
    from cleaner.diff.runs import Compared  # noqa: PLC0415

    compared = Compared()

    def lines() -> Iterator[Line]:
        for outcome in compare(before, after):
            compared.add(outcome)
            yield from outcome.lines()

    _show(lines(), markdown=markdown)
    for line in ("", *summary(compared)):
        _print(line)


def _show(lines: Iterable[Line], *, markdown: bool) -> None:
    from cleaner.diff.printed import coloured  # noqa: PLC0415
    from cleaner.diff.printed import markdown as in_markdown  # noqa: PLC0415

    if markdown:
        for written in in_markdown(lines):
            _print(written)
    else:
        for shown in coloured(lines):
            out.print(shown, soft_wrap=True)


def _print(line: str) -> None:
    """As it is: rich would take brackets for markup."""
    sys.stdout.write(f"{line}\n")
