"""What makes pages: quoted rows, notebooks, and the check that a site asks no other host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docsite import notebooks, quoted
from docsite.offline import asked_of_others
from tests.documentation.blocks import blocks, commands

TABLE = "# Other\n\n| | F1 | lost |\n|---|---|---|\n| **ours** | .9 | 1% |\n| theirs | .8 | 2% |\n"
HTML = '<link rel="canonical" href="https://a.example/"><a href="https://b.example/">b</a>'


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ("theirs; ours", ["|  | F1 | lost |", "| theirs | .8 | 2% |", "| **ours** | .9 | 1% |"]),
        ("ours\n  columns: lost", ["|  | lost |", "| **ours** | 1% |"]),
    ],
    ids=["all columns", "one column"],
)
def test_rows_of_another_page_are_quoted(asked: str, rows: list[str]) -> None:
    page = f"<!-- rows of other.md: {asked} -->\nstale\n<!-- end of rows -->\n"

    written = quoted.put_into(page, {"other.md": TABLE}.__getitem__)

    assert rows == [row for row in written.splitlines() if re.match(r"\|(?! ---)", row)]
    assert "stale" not in written
    assert written == quoted.put_into(written, {"other.md": TABLE}.__getitem__)


def test_a_row_that_no_table_has_is_an_error() -> None:
    page = "<!-- rows of other.md: nobody -->\n<!-- end of rows -->"

    with pytest.raises(ValueError, match="nobody"):
        quoted.put_into(page, {"other.md": TABLE}.__getitem__)


def test_a_notebook_has_what_its_cells_print(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "source": [line]} for line in ("x = 1", "print(x + 1)")]

    assert ["", "2\n"] == notebooks.outputs(notebooks.run({"cells": cells}, tmp_path))


@pytest.mark.parametrize(
    ("name", "text", "asked"),
    [
        ("a.html", HTML, []),
        ("a.html", '<script async src="//c.example/x.js">', ["a.html: //c.example/x.js"]),
        ("a.html", "<img src=https://c.example/x.png>", ["a.html: https://c.example/x.png"]),
        ("a.css", "@import 'https://c.example/x.css'", ["a.css: https://c.example/x.css"]),
        ("a.css", "b { src: url(x.woff) }", []),
    ],
)
def test_what_a_browser_would_fetch_from_other_hosts_is_found(
    tmp_path: Path, name: str, text: str, asked: list[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert asked == list(asked_of_others(tmp_path))


def test_indented_commands_are_code_and_other_indented_text_is_none() -> None:
    page = "See:\n\n    cleaner run a -o b\n\nand\n\n    @@ 6-8 @@\n    cleaner\n"

    assert [(3, "cleaner run a -o b")] == [(each.line, each.text) for each in blocks(page)]


def test_what_is_shown_below_a_command_belongs_to_it() -> None:
    text = "$ cleaner --version\ncleaner 1\n$ cleaner schema\n"

    assert [("cleaner --version", ["cleaner 1"]), ("cleaner schema", [])] == list(commands(text))
