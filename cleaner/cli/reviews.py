"""Verbs around verdicts: review, apply, rules suggest."""

from __future__ import annotations

import getpass
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from cleaner.cli.console import err, make_writable, out, pipeline_of, progress
from cleaner.cli.options import Packs, SettingsFile, WeightsFolder
from cleaner.errors import SettingsError

if TYPE_CHECKING:
    from cleaner.review.apply import Applied
    from cleaner.review.suggest.propose import Suggestion

RunFolder = Annotated[Path, typer.Argument(metavar="OUT", help="What `cleaner run` wrote.")]
USUAL_PORT = 8421


def review(
    run_folder: RunFolder,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", help="Who gives verdicts; default: your login.")
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to serve on; 0: any free one.")
    ] = USUAL_PORT,
    host: Annotated[str, typer.Option("--host", help="Address to serve on.")] = "127.0.0.1",
    expose: Annotated[
        bool, typer.Option("--expose", help="Let other machines reach --host. Not encrypted.")
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open a browser, too.")] = False,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write the verdicts as gold, and end."),
    ] = None,
    rest: Annotated[
        bool, typer.Option("--rest", help="With --export: label other lines as decided.")
    ] = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="Print the precision of each rule, and end.")
    ] = False,
) -> None:
    """Judge in a browser what a run removed: right, content, or something else.

    The pages are those of `cleaner report`, with verdicts, which are kept in OUT/review.sqlite.

    Example: cleaner review out --open
    """
    if export is not None:
        _export(run_folder, export, rest=rest)
    elif rest:
        raise SettingsError("--rest: of no use without --export; add it, or leave out --rest")
    elif rules:
        _print_precision(run_folder)
    else:
        _serve(run_folder, reviewer, host, port, expose, open_browser)


def _export(run_folder: Path, target: Path, *, rest: bool) -> None:
    from cleaner.review.gold import write_gold  # noqa: PLC0415

    pages, lines = write_gold(run_folder, target, rest=rest)
    err.print(f"{pages:,} pages, {lines:,} labelled lines in {escape(str(target))}")


def _print_precision(run_folder: Path) -> None:
    from cleaner.review.precision import precisions  # noqa: PLC0415
    from cleaner.review.runs import reviewed  # noqa: PLC0415
    from cleaner.review.schema import existing  # noqa: PLC0415
    from cleaner.review.tables import precision_table  # noqa: PLC0415

    existing(run_folder)
    run = reviewed(run_folder)
    with run.connected() as connection:
        found = precisions(connection, run.settings.keep)
    out.print(precision_table(found))


def _serve(
    run_folder: Path, reviewer: str | None, host: str, port: int, expose: bool, open_browser: bool
) -> None:
    from cleaner.review.names import reviewer_name  # noqa: PLC0415
    from cleaner.review.runs import reviewed  # noqa: PLC0415
    from cleaner.review.server.serve import Where, serve  # noqa: PLC0415

    try:
        name = reviewer_name(reviewer if reviewer is not None else _login())
    except ValueError as error:
        raise SettingsError(f"--reviewer: {error}") from None
    with progress("reading") as tell_read:
        run = reviewed(run_folder, tell_read)

    def tell(address: str) -> None:
        err.print(f"reviewing as {escape(name)}: {address}", highlight=False)
        err.print("The address holds a key: give it to nobody else. Ctrl-C ends.", highlight=False)
        if expose:
            err.print("[yellow]Other machines can reach it, and nothing is encrypted.[/]")
        if open_browser:
            webbrowser.open(address)

    serve(run, name, Where(host, port, expose), tell)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in this container
        return "reviewer"


def apply(
    run_folder: RunFolder,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="NEW", help="Folder of results, may be OUT.")
    ],
    verdicts: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[VERDICTS]...", help="Files of verdicts; default: OUT/review.sqlite."
        ),
    ] = None,
    reviewer: Annotated[
        list[str] | None,
        typer.Option("--reviewer", help="Take only this reviewer's; may be repeated."),
    ] = None,
) -> None:
    """Write the documents of OUT anew with the verdicts on its lines.

    Lines on which reviewers disagree stay as they were.

    Example: cleaner apply out -o reviewed
    """
    from cleaner.review.apply import apply_verdicts  # noqa: PLC0415

    make_writable(output)
    with progress("applying") as tell:
        applied = apply_verdicts(run_folder, output, verdicts or (), reviewer or (), tell)
    _tell_applied(applied, output)


def _tell_applied(applied: Applied, output: Path) -> None:
    err.print(
        f"{applied.lines:,} verdicts on {applied.documents:,} documents in {escape(str(output))}:"
        f" {applied.changed:,} lines are something else now"
    )
    for count, said in (
        (applied.disputed, "lines on which reviewers disagree stay as they were"),
        (applied.unmatched, "verdicts are on lines that the run does not have"),
        (applied.flattened, "pages of HTML have the Markdown of their lines, without markup"),
    ):
        if count:
            err.print(f"[yellow]{count:,} {said}[/]")


def suggest_rules(
    run_folder: RunFolder,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PACK", help="Write the safe ones as a rule pack."),
    ] = None,
    gold: Annotated[
        list[Path] | None,
        typer.Option("--gold", metavar="GOLD", help="Labelled pages to weigh them on, too."),
    ] = None,
    rules: Packs = None,
    weights: WeightsFolder = None,
    settings: SettingsFile = None,
) -> None:
    """Suggest rules for lines of OUT that reviewers found to be decided wrongly more than once.

    Each is weighed on the verdicts and on GOLD: which labelled lines it would set right, and
    which it would spoil. Those that spoil none are safe.

    Example: cleaner rules suggest out --gold gold.jsonl -o suggested.toml
    """
    from cleaner.review.gold import judged_pages, read_pages  # noqa: PLC0415
    from cleaner.review.opinions import read_opinions  # noqa: PLC0415
    from cleaner.review.runs import reviewed  # noqa: PLC0415
    from cleaner.review.suggest.propose import suggest  # noqa: PLC0415

    opinions = read_opinions([run_folder])
    files = {str(file): read_pages(file) for file in gold or ()}
    pipeline = pipeline_of(settings, rules=rules, weights=weights)
    pages = list(judged_pages(reviewed(run_folder), opinions))
    with progress("weighing") as tell:
        found = suggest(pages, files, pipeline, tell)
    _tell_suggested(found, output)


def _tell_suggested(found: list[Suggestion], output: Path | None) -> None:
    from cleaner.review.suggest.propose import suggested_pack  # noqa: PLC0415
    from cleaner.review.tables import suggestion_table  # noqa: PLC0415

    safe = sum(each.is_safe for each in found)
    if found:
        out.print(suggestion_table(found))
    written = "" if safe or output is None else "; nothing is written"
    err.print(f"{len(found):,} rules suggested, {safe:,} of them safe{written}")
    if output is not None and safe:
        output.write_text(suggested_pack(found), encoding="utf-8", newline="\n")
        err.print(f"to try them: cleaner rules --check --rules {escape(str(output))}")
