"""The command line: thin verbs over library calls. Nobody imports this."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

import cleaner
from cleaner import options
from cleaner.errors import CleanerError
from cleaner.options import Grouping, Keep, Packs, SettingsFile, Without

FINE, SOME_FAILED, WRONG_USE = 0, 1, 2

app = typer.Typer(
    name="cleaner",
    help=cleaner.__doc__.partition("\n")[0] if cleaner.__doc__ else None,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
PIPED_COLUMNS = 200
out = Console(width=None if sys.stdout.isatty() else PIPED_COLUMNS)
err = Console(stderr=True, soft_wrap=True)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"cleaner {cleaner.__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Separate the article from everything around it."""


@app.command()
def run(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, globs; '-' for stdin.", metavar="SRC...")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="Folder of results.")
    ],
    keep: Keep = None,
    comments: Annotated[
        bool | None, typer.Option("--comments", help="List reader comments in the rows.")
    ] = None,
    keep_source: Annotated[
        bool | None, typer.Option("--keep-source", help="Put the decoded source into the rows.")
    ] = None,
    without: Without = None,
    rules: Packs = None,
    settings: SettingsFile = None,
) -> None:
    """Clean SRC... into OUT: documents.jsonl, removed.jsonl, failed.jsonl, run.json.

    Example: cleaner run seeds -o out
    """
    from cleaner.engines.local import clean_into  # noqa: PLC0415  # --help need not load numpy
    from cleaner.readers import read  # noqa: PLC0415

    pipeline = _pipeline(
        settings,
        keep=keep,
        comments=comments,
        keep_source=keep_source,
        without=without,
        rules=rules,
    )
    documents = read(sources, stdin=sys.stdin.buffer)
    with _progress("cleaning") as tell:
        tally = clean_into(output, documents, pipeline, tell=lambda _: tell())
    kept = tally.kept_chars / tally.chars if tally.chars else 1.0
    place = escape(str(output))
    err.print(
        f"{tally.documents:,} documents in {place}: {kept:.1%} of {tally.chars:,} characters kept"
    )
    for label, lines in sorted(tally.lines_of.items()):
        err.print(f"  {label:<12}{lines:>8,} lines removed")
    if tally.failed:
        err.print(f"[red]{tally.failed:,} failed[/]: see {escape(str(output / 'failed.jsonl'))}")
        raise typer.Exit(SOME_FAILED)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="A file, or '-' for stdin.")],
    short: Annotated[
        bool, typer.Option("--short", help="Only the strongest voice of each line.")
    ] = False,
    without: Without = None,
    rules: Packs = None,
    settings: SettingsFile = None,
) -> None:
    """Show FILE line by line: label, score, and the rules that spoke, strongest first.

    Example: cleaner explain seeds/004_d389304084a65964.txt
    """
    from cleaner.model import Failure  # noqa: PLC0415
    from cleaner.readers import read  # noqa: PLC0415
    from cleaner.show import explained  # noqa: PLC0415

    pipeline = _pipeline(settings, without=without, rules=rules)
    for document in read([file], stdin=sys.stdin.buffer):
        if isinstance(document, Failure):
            raise CleanerError(document.message)
        out.print(explained(pipeline.run(document), all_voices=not short))


@app.command()
def restore(
    run_folder: Annotated[Path, typer.Argument(metavar="OUT", help="What `cleaner run` wrote.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder to write the sources into."),
    ] = None,
) -> None:
    """Give the sources back as they were decoded, byte for byte in UTF-8.

    Without -o they are only checked against the ledger.

    Example: cleaner restore out -o sources
    """
    from cleaner.writers.jsonl import read_run  # noqa: PLC0415
    from cleaner.writers.sources import write_source  # noqa: PLC0415

    count = failed = 0
    for record in read_run(run_folder):
        text = record.restore()
        try:
            if output is not None:
                write_source(output, record.id, text)
            count += 1
        except CleanerError as error:
            err.print(f"[red]{escape(str(error))}[/]", highlight=False)
            failed += 1
    place = f"restored into {escape(str(output))}"
    err.print(f"{count:,} documents {place if output else 'accounted for, character by character'}")
    if failed:
        raise typer.Exit(SOME_FAILED)


@app.command(name="eval")
def evaluate_gold(
    gold: options.Gold,
    folds: options.Folds = None,
    group: options.Group = Grouping.PAGE,
    by: options.By = None,
    worst: options.Worst = 5,
    as_json: options.AsJson = False,
    output: options.EvalFolder = None,
    without: Without = None,
    rules: Packs = None,
    settings: SettingsFile = None,
) -> None:
    """Score the cleaner on labelled lines, beside doing nothing.

    With --folds the decision is fitted anew for each fold, on the pages of all GOLD outside it.

    Example: cleaner eval seeds/seeds.gold.jsonl
    """
    from cleaner.evaluate import cross_evaluate, evaluate_files, read_gold, summary  # noqa: PLC0415
    from cleaner.evaluate.listing import write_results  # noqa: PLC0415
    from cleaner.evaluate.tables import tables, worst_tables  # noqa: PLC0415

    pipeline = _pipeline(settings, without=without, rules=rules)
    files = {str(file): list(read_gold(file)) for file in gold}
    if folds is None:
        results = evaluate_files(files, pipeline, by=by)
    else:
        by_site, train = group is Grouping.SITE, _training(pipeline)
        results = cross_evaluate(files, train, folds, by_site=by_site, by=by)
    if output is not None:
        write_results(output, results, worst)
    for result in results:
        if as_json:
            print(json.dumps(summary(result)))  # noqa: T201  # stdout
        else:
            out.print(tables(result), *([worst_tables(result, worst)] if worst else []))


@app.command()
def report(
    run_folder: Annotated[Path, typer.Argument(metavar="OUT", help="What `cleaner run` wrote.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder of pages; default: OUT/report.")
    ] = None,
) -> None:
    """Write static pages that show what was removed, and why.

    Example: cleaner report out
    """
    from cleaner.report import write_report  # noqa: PLC0415

    err.print(f"open {escape(str(write_report(run_folder, output)))}")


@app.command(name="rules")
def list_rules(
    check: Annotated[bool, typer.Option("--check", help="Run every rule's own examples.")] = False,
    rules: Packs = None,
) -> None:
    """List the rules, or run their examples.

    Example: cleaner rules --check --rules my-pack.toml
    """
    from cleaner.rules import builtin_folder, failing_examples, load_rules  # noqa: PLC0415
    from cleaner.show import rule_table  # noqa: PLC0415

    book = load_rules(builtin_folder(), *(rules or ()))
    if not check:
        out.print(rule_table(book.rules))
        return
    failures = [f"rule '{rule.id}': {why}" for rule in book.rules for why in failing_examples(rule)]
    for failure in failures:
        err.print(f"[red]{escape(failure)}[/]")
    examples = sum(len(rule.hit) + len(rule.miss) + len(rule.todo) for rule in book.rules)
    err.print(f"{len(book.rules):,} rules, {examples:,} examples, {len(failures):,} failing")
    if failures:
        raise typer.Exit(SOME_FAILED)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the rows of documents.jsonl, removed.jsonl and failed.jsonl.

    Example: cleaner schema > rows.schema.json
    """
    from cleaner.record import row_schemas  # noqa: PLC0415

    print(json.dumps(row_schemas(), indent=2, ensure_ascii=False))  # noqa: T201  # stdout


def _pipeline(file: Path | None, **flags: Any) -> cleaner.Pipeline:
    from cleaner.settings import load_settings  # noqa: PLC0415

    usual = Path("cleaner.toml")
    chosen = file or (usual if usual.is_file() else None)
    return cleaner.Pipeline(load_settings(chosen, **flags))


def _training(pipeline: cleaner.Pipeline) -> Any:
    """Fits a pipeline like this one on gold pages: a `cleaner.evaluate.Train`."""
    try:
        fit = import_module("cleaner.fit").fit
    except ModuleNotFoundError as missing:
        raise CleanerError(f"this version cannot be fitted: {missing}; leave out --folds") from None
    fitted: Any = partial(replace, pipeline)
    return lambda pages: fitted(weights=fit(pages))


@contextmanager
def _progress(doing: str) -> Iterator[Any]:
    """A spinner with a count on a terminal, nothing when piped."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} documents"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(doing, total=None)
        yield lambda: progress.advance(task)


def main() -> None:
    """Run the command line; errors that the user can mend are one line, exit status 2."""
    try:
        app()
    except CleanerError as error:
        err.print(f"[bold red]error:[/] {escape(str(error))}", highlight=False)
        sys.exit(WRONG_USE)
    except OSError as error:
        err.print(f"[bold red]error:[/] {escape(str(error))}", highlight=False)
        sys.exit(WRONG_USE)


if __name__ == "__main__":
    main()
