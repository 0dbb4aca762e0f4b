"""The verb that counts lines over the pages of sites: repeats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from cleaner.cli.console import (
    SOME_FAILED,
    err,
    fields_of,
    make_writable,
    pipeline_to_count,
    progress,
)
from cleaner.cli.options import (
    ExtractorName,
    HtmlField,
    Incoming,
    SettingsFile,
    StdinFormat,
    TextField,
    UrlField,
)

if TYPE_CHECKING:
    import cleaner
    from cleaner.model import Failure
    from cleaner.repeats.tally import Tally


def repeats(
    sources: Annotated[
        list[str],
        typer.Argument(help="Pages as for `run`, or counts of parts of them.", metavar="SRC..."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="COUNTS", help="A file.")],
    least: Annotated[
        int,
        typer.Option("--least", min=1, help="Leave out lines on fewer pages; 1 to add up parts."),
    ] = 3,
    memory: Annotated[
        int, typer.Option("--memory", min=128, metavar="MB", help="Beyond it sums go to the disk.")
    ] = 1024,
    extractor: ExtractorName = None,
    text_field: TextField = None,
    html_field: HtmlField = None,
    url_field: UrlField = None,
    stdin_format: StdinFormat = Incoming.TEXT,
    settings: SettingsFile = None,
) -> None:
    """Count on how many pages of its site each line of SRC... stands, for `run --repeats COUNTS`.

    Example: cleaner repeats pages -o pages.counts
    """
    from cleaner.repeats.counting import count  # noqa: PLC0415  # --help need not load numpy

    failures: list[Failure] = []
    names = fields_of(text=text_field, html=html_field, url=url_field)
    pipeline = pipeline_to_count(settings, extractor=extractor, fields=names)
    make_writable(output.parent)
    with progress("counting") as tell:
        tallies = _tallies(sources, pipeline, stdin_format, failures, tell)
        header = count(tallies, output, least, memory)
    err.print(
        f"{header.lines:,} lines on {least} or more pages of their site, in {escape(str(output))}"
        f" (sites: {header.sites:,})"
    )
    for failure in failures:
        err.print(f"[red]{escape(failure.message)}[/]", highlight=False)
    if failures:
        raise typer.Exit(SOME_FAILED)


def _tallies(
    sources: Sequence[str],
    pipeline: cleaner.Pipeline,
    stdin_format: Incoming,
    failures: list[Failure],
    tell: Callable[[], None],
) -> Iterator[Tally]:
    from cleaner.model import Failure  # noqa: PLC0415
    from cleaner.readers import parsed, split  # noqa: PLC0415
    from cleaner.repeats.files import is_counts  # noqa: PLC0415
    from cleaner.repeats.parts import tallies_of  # noqa: PLC0415
    from cleaner.repeats.tally import tallies  # noqa: PLC0415

    parts = [source for source in sources if is_counts(Path(source))]
    for part in parts:
        yield from tallies_of(Path(part))
    pages = [source for source in sources if source not in parts]
    raws = split(pages, sys.stdin.buffer, stdin_format=stdin_format.value)
    found = (parsed(raw, pipeline.settings.fields) for raw in raws)
    for each in tallies(found, pipeline.documents, tell):
        if isinstance(each, Failure):
            failures.append(each)
        else:
            yield each
