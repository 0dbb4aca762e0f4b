"""Verbs that clean documents: run, explain."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from cleaner.cli.console import (
    SOME_FAILED,
    err,
    fields_of,
    make_writable,
    out,
    pipeline_of,
)
from cleaner.cli.options import (
    Compress,
    CountsFile,
    Engine,
    EngineName,
    ExtractorName,
    FormName,
    HtmlField,
    IdField,
    Incoming,
    Keep,
    Links,
    Memory,
    Outgoing,
    Packs,
    Preset,
    Reasons,
    SettingsFile,
    StdinFormat,
    TextField,
    Timeout,
    To,
    UrlField,
    WeightsFolder,
    Without,
    Workers,
)
from cleaner.cli.progress import shown
from cleaner.cli.streaming import STDOUT, check_ledger, to_stdout
from cleaner.errors import CleanerError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.engines.limits import Limits
    from cleaner.model import Failure
    from cleaner.readers.raw import Raw
    from cleaner.runs.tally import Tally


def run(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, globs, addresses (s3://...); '-' for stdin.", metavar="SRC..."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Folder of results; '-': rows to stdout."
        ),
    ],
    preset: Preset = None,
    keep: Keep = None,
    comments: Annotated[
        bool | None, typer.Option("--comments", help="List reader comments in the rows.")
    ] = None,
    form: FormName = None,
    links: Links = None,
    reasons: Reasons = None,
    keep_source: Annotated[
        bool | None, typer.Option("--keep-source", help="Put the decoded source into the rows.")
    ] = None,
    extractor: ExtractorName = None,
    without: Without = None,
    rules: Packs = None,
    weights: WeightsFolder = None,
    repeats: CountsFile = None,
    text_field: TextField = None,
    html_field: HtmlField = None,
    id_field: IdField = None,
    url_field: UrlField = None,
    stdin_format: StdinFormat = Incoming.TEXT,
    settings: SettingsFile = None,
    engine: EngineName = Engine.LOCAL,
    workers: Workers = None,
    timeout: Timeout = None,
    memory: Memory = None,
    to: To = Outgoing.JSONL,
    compress: Compress = None,
    split: Annotated[
        bool, typer.Option("--split", help="Leave shards apart: documents/000000.jsonl, ...")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over: give up what a stopped run finished.")
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger", metavar="FILE", help="With '-o -': where the rows of removed.jsonl go."
        ),
    ] = None,
) -> None:
    """Clean SRC... into OUT: documents.jsonl, removed.jsonl, failed.jsonl, run.json.

    A run that was stopped or killed goes on where it was: give the same command again. With '-o -'
    the rows of documents go to stdout, each with its source, and failures to stderr; what was
    removed, and why, is written with --ledger.

    Example: cleaner run seeds -o out
    """
    from cleaner.engines.local import Options, clean_into  # noqa: PLC0415  # --help: no numpy
    from cleaner.readers import SUFFIXES  # noqa: PLC0415
    from cleaner.readers.inputs import bytes_of, inputs  # noqa: PLC0415
    from cleaner.writers.formats import suffix_of  # noqa: PLC0415

    pipeline = pipeline_of(
        settings,
        preset=preset,
        keep=keep,
        comments=comments,
        format=form,
        links=links,
        reasons=reasons,
        keep_source=keep_source or output == STDOUT or None,
        extractor=extractor,
        without=without,
        rules=rules,
        weights=weights,
        repeats=repeats,
        fields=fields_of(text=text_field, html=html_field, id=id_field, url=url_field),
    )
    given = inputs(sources, SUFFIXES.keys())
    raws = _raws(sources, stdin_format, engine)
    processes, limits = _processes(workers, engine), _limits(timeout, memory)
    if ledger:
        check_ledger(ledger, output, sources)
    if output == STDOUT:
        if split or fresh or compress or to is not Outgoing.JSONL or engine is Engine.RAY:
            raise SettingsError(
                "-o -: --split, --fresh, --to, --compress and --engine ray are for files of rows"
            )
        to_stdout(raws, pipeline, processes, limits, ledger)
        return
    make_writable(output)
    options = Options(
        workers=processes,
        on_ray=engine is Engine.RAY,
        limits=limits,
        fresh=fresh,
        split=split,
        suffix=suffix_of(to.value, compress and compress.value),
    )
    with shown(bytes_of(given)) as listener:
        done = clean_into(output, raws, pipeline, options, inputs=given, listener=listener)
    _tell_cleaned(done.whole, output, output / ("failed" if split else f"failed{options.suffix}"))
    if done.whole.failed:
        raise typer.Exit(SOME_FAILED)


def _raws(
    sources: Sequence[str], stdin_format: Incoming, engine: Engine
) -> Iterable[Raw | Failure]:
    from cleaner.readers import Sources, split  # noqa: PLC0415

    if engine is Engine.LOCAL:
        return split(sources, sys.stdin.buffer, stdin_format=stdin_format.value)
    if "-" in sources:
        raise SettingsError("--engine ray: other processes cannot read stdin; save it to a file")
    return Sources(tuple(sources))


def _processes(workers: int | None, engine: Engine) -> int:
    """As many as asked for, else as there are cores for this process, or in the cluster (0)."""
    if workers is not None:
        return workers
    if engine is Engine.RAY:
        return 0
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _limits(timeout: float | None, memory: int | None) -> Limits:
    from cleaner.engines.limits import MEGABYTES, SECONDS, Limits  # noqa: PLC0415

    return Limits(SECONDS if timeout is None else timeout, MEGABYTES if memory is None else memory)


def _tell_cleaned(tally: Tally, output: Path, failed: Path) -> None:
    kept = tally.kept_chars / tally.chars if tally.chars else 1.0
    place = escape(str(output))
    err.print(
        f"{tally.documents:,} documents in {place}: {kept:.1%} of {tally.chars:,} characters kept"
    )
    for label, lines in sorted(tally.lines_of.items()):
        err.print(f"  {label:<12}{lines:>8,} lines removed")
    if tally.failed:
        err.print(f"[red]{tally.failed:,} failed[/]: see {escape(str(failed))}")


def explain(
    file: Annotated[str, typer.Argument(help="A file, an address, or '-' for stdin.")],
    short: Annotated[
        bool, typer.Option("--short", help="Only the strongest voice of each line.")
    ] = False,
    preset: Preset = None,
    extractor: ExtractorName = None,
    without: Without = None,
    rules: Packs = None,
    weights: WeightsFolder = None,
    repeats: CountsFile = None,
    text_field: TextField = None,
    html_field: HtmlField = None,
    stdin_format: StdinFormat = Incoming.TEXT,
    settings: SettingsFile = None,
) -> None:
    """Show FILE line by line: label, score, and the rules that spoke, strongest first.

    Example: cleaner explain seeds/004_d389304084a65964.txt
    """
    from cleaner.model import Failure  # noqa: PLC0415
    from cleaner.readers import read  # noqa: PLC0415
    from cleaner.show import explained  # noqa: PLC0415

    pipeline = pipeline_of(
        settings,
        preset=preset,
        reasons="full",
        extractor=extractor,
        without=without,
        rules=rules,
        weights=weights,
        repeats=repeats,
        fields=fields_of(text=text_field, html=html_field),
    )
    documents = read(
        [file],
        stdin=sys.stdin.buffer,
        stdin_format=stdin_format.value,
        fields=pipeline.settings.fields,
    )
    for document in documents:
        if isinstance(document, Failure):
            raise CleanerError(document.message)
        out.print(explained(pipeline.run(document), all_voices=not short))
