"""Commands of the documentation: run, or checked where running them takes too long."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from cleaner.cli import app
from tests.conftest import ROOT, Command

# What a shell must read; all other commands are run in this process.
_SHELL_RE = re.compile(r"[|<>;&$`]|^\w+=")
ANY = "…"


def outcome(command: str, cleaner_command: Command, world: Path) -> tuple[int, str]:
    """Exit status and output of a command; of one that is only checked, 0 and nothing."""
    words = shlex.split(command, comments=True)
    if not words:
        return 0, ""
    if is_only_checked(words):
        check(words)
        return 0, ""
    if words[0] == "cleaner" and not _SHELL_RE.search(command.partition(" #")[0]):
        ran = cleaner_command(*words[1:])
        return ran.code, ran.out + ran.err
    path = f"{world / '.bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=world,
        env={**os.environ, "PATH": path},
        capture_output=True,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def is_only_checked(words: Sequence[str]) -> bool:
    """Whether a command is not run: it takes long, serves until stopped, or needs a network."""
    if any("://" in word for word in words):
        return True
    if words[0] != "cleaner":
        return words[0] in {"make", "pip", "python"}
    slow = {"--check", "--folds", "--languages"}  # the examples of a page's own rules are run
    return words[1] in {"train", "review"} or not slow.isdisjoint(words)


def check(words: Sequence[str]) -> None:
    """Nothing, if the verb and its options, the script, or the target of make exist."""
    if "|" in words:
        words = words[words.index("|") + 1 :]
    program, *rest = words
    if program == "cleaner" and not rest[0].startswith("-"):
        group = typer.main.get_command(app)
        verb = group.commands[rest[0]]  # type: ignore[attr-defined]
        verb.make_context(rest[0], list(rest[1:]))
    elif program == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{rest[0]}:", makefile, re.MULTILINE), f"no target {rest[0]}"
    elif program == "python" and rest[0] != "-m":
        assert (ROOT / rest[0]).is_file(), f"no script {rest[0]}"


def missing(shown: Sequence[str], printed: str) -> Iterator[str]:
    """What is shown of an output and is not in it, in this order; `…` stands for anything."""
    lines = [_plain(line) for line in printed.splitlines()]
    for line in map(_plain, shown):
        if line == ANY:
            continue
        found = [i for i, each in enumerate(lines) if _is_shown(line, each)]
        if found:
            lines = lines[found[0] + 1 :]
        else:
            yield line


def _plain(line: str) -> str:
    return " ".join(line.split())


def _is_shown(shown: str, line: str) -> bool:
    return line.startswith(shown[:-1].strip()) if shown.endswith(ANY) else line == shown
