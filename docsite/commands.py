"""docs/cli.md: every verb with its arguments and options, as the program itself knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from cleaner.cli import app

HEAD = """\
# Commands

Made from the program by `make pages`; `cleaner VERB --help` says the same. Results go to stdout or
to the folder that `-o` names, progress and messages to stderr. Exit status: 0 all fine, 1 some
documents or checks failed, 2 wrong use.
"""
_EXAMPLE_RE = re.compile(r"^Examples?:\s*", re.MULTILINE)
# A value that may be repeated: list[str].
_LISTED_RE = re.compile(r"^list\[(.+)\]$")
_TYPES = {"str": "TEXT", "int range": "NUMBER", "int": "NUMBER", "Path": "PATH", "path": "PATH"}
_CONTEXT: Any = typer.Context(typer.main.get_command(app))
# Every verb has them, and none needs them in a table.
_EVERYWHERE = {"help", "install_completion", "show_completion"}


def page() -> str:
    """The page as Markdown."""
    group: Any = typer.main.get_command(app)
    whole = _section("cleaner", "Options of the program itself.", group)
    verbs = (
        _section(f"cleaner {name}", verb.help or "", verb) for name, verb in group.commands.items()
    )
    return "\n".join([HEAD, whole, *verbs])


def _section(name: str, text: str, command: Any) -> str:
    about, example = (*_EXAMPLE_RE.split(text, maxsplit=1), "")[:2]
    parts = [f"## {name}", about.strip()]
    if example:
        parts.append(f"```sh\n{example.strip()}\n```")
    rows = [_row(each) for each in command.params if each.name not in _EVERYWHERE]
    if rows:
        parts.append("\n".join(["| | value | meaning |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _row(parameter: Any) -> str:
    cells = (" ".join(_names(parameter)), _value(parameter), _meaning(parameter))
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def _names(parameter: Any) -> Iterator[str]:
    if parameter.param_type_name == "argument":
        yield f"`{parameter.metavar or parameter.name.upper()}`"
    else:
        yield from (f"`{name}`" for name in sorted(parameter.opts, key=len, reverse=True))


def _value(parameter: Any) -> str:
    """What to write for a value: as the program names it, or its choices, or its type."""
    if parameter.param_type_name == "argument" or parameter.is_flag:
        return ""
    shown = parameter.metavar or parameter.display_type(_CONTEXT)
    shown = _LISTED_RE.sub(r"\1", shown.strip("<>"))
    return ", ".join(f"`{choice}`" for choice in _TYPES.get(shown, shown).split("|"))


def _meaning(parameter: Any) -> str:
    notes = ["required"] if parameter.required else []
    if parameter.multiple:
        notes.append("may be repeated")
    default = getattr(parameter.default, "value", parameter.default)
    if isinstance(default, int | str) and not isinstance(default, bool):
        notes.append(f"default: {default}")
    text = (parameter.help or "").replace("|", "\\|")
    return " ".join([text, *(f"({note})" for note in notes if note not in text)]).strip()
