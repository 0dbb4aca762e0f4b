"""The command line: thin verbs over library calls. Nobody imports this."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.markup import escape

import cleaner
from cleaner.cli.console import SIGNALLED, WRONG_USE, err, out
from cleaner.cli.contracts import list_rules, schema
from cleaner.cli.differences import diff
from cleaner.cli.documents import explain, run
from cleaner.cli.labelled import evaluate_gold, train
from cleaner.cli.repeats import repeats
from cleaner.cli.reviews import apply, review, suggest_rules
from cleaner.cli.runs import report, restore, stats
from cleaner.errors import CleanerError, Stopped

__all__ = ["app", "main"]

_HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="cleaner",
    help=cleaner.__doc__.partition("\n")[0] if cleaner.__doc__ else None,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings=_HELP,
)


def _version(wanted: bool) -> None:
    if wanted:
        from cleaner.cli.versions import versions  # noqa: PLC0415  # --help need not load rules

        out.print(versions(), highlight=False)
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the versions.")
    ] = False,
) -> None:
    """Separate the article from everything around it."""


# In the order of --help.
app.command()(run)
app.command()(explain)
app.command()(repeats)
app.command()(restore)
app.command(name="eval")(evaluate_gold)
app.command()(train)
app.command()(report)
app.command()(stats)
app.command()(diff)
app.command()(review)
app.command()(apply)
_rules = typer.Typer(rich_markup_mode="rich", context_settings=_HELP)
_rules.callback(invoke_without_command=True)(list_rules)
_rules.command(name="suggest")(suggest_rules)
app.add_typer(_rules, name="rules")
app.command()(schema)


def main() -> None:
    """Run the command line.

    Errors that the user can mend are one line, exit status 2; what a signal stopped ends with 128
    and its number.
    """
    try:
        app(prog_name="cleaner")
    except Stopped as stopped:
        err.print(escape(str(stopped)), highlight=False)
        # A thread that waits for stdin would keep the interpreter from ending in an orderly way.
        sys.stderr.flush()
        os._exit(SIGNALLED + stopped.signal)
    except (CleanerError, OSError) as error:
        err.print(f"[bold red]error:[/] {escape(str(error))}", highlight=False)
        sys.exit(WRONG_USE)
