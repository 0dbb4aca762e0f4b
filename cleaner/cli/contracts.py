"""Verbs that show what holds for every document: rules, schema."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.markup import escape

from cleaner.cli.console import SOME_FAILED, err, out
from cleaner.cli.options import Packs


def list_rules(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Run every rule's own examples.")] = False,
    rules: Packs = None,
) -> None:
    """List the rules, run their examples, or suggest some.

    Example: cleaner rules --check --rules my-pack.toml
    """
    if context.invoked_subcommand is not None:
        return
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


def schema() -> None:
    """Print the JSON Schema of the rows of documents.jsonl, removed.jsonl and failed.jsonl.

    Example: cleaner schema > rows.schema.json
    """
    from cleaner.record.schemas import row_schemas  # noqa: PLC0415

    print(json.dumps(row_schemas(), indent=2, ensure_ascii=False))  # noqa: T201  # stdout
