"""Notebooks: their code run as plain Python, their outputs stored, and each as a page."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from copy import deepcopy
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]


def read(file: Path) -> Notebook:
    """The notebook in a file."""
    notebook: Notebook = json.loads(file.read_text(encoding="utf-8"))
    return notebook


def written(notebook: Notebook) -> str:
    """The text of a notebook's file, as Jupyter writes it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def run(notebook: Notebook, folder: Path) -> Notebook:
    """The same notebook with what its cells print now, run one after another in a folder.

    Cells have to print what they show: what an expression at their end comes to is not looked at.
    """
    done, names = deepcopy(notebook), dict[str, Any]()
    with _working_in(folder):
        for number, cell in enumerate(_code(done), 1):
            printed = io.StringIO()
            with redirect_stdout(printed):
                exec(_text(cell), names)  # noqa: S102  # our own notebook
            cell["execution_count"] = number
            cell["outputs"] = _outputs(printed.getvalue())
    return done


def page(notebook: Notebook, name: str) -> str:
    """The notebook as a page of Markdown; its code is run as that of every page."""
    head = f"<!-- Made from {name} by `make pages`. -->"
    return "\n\n".join([head, *(_block(cell) for cell in notebook["cells"])]) + "\n"


def outputs(notebook: Notebook) -> list[str]:
    """What each cell of code printed, as it is stored."""
    return ["".join("".join(each["text"]) for each in x["outputs"]) for x in _code(notebook)]


def _block(cell: dict[str, Any]) -> str:
    if cell["cell_type"] == "markdown":
        return _text(cell)
    printed = "".join("".join(each["text"]) for each in cell["outputs"])
    code = f"```python\n{_text(cell)}\n```"
    return f"{code}\n\n```text\n{printed.rstrip()}\n```" if printed else code


def _code(notebook: Notebook) -> Iterator[dict[str, Any]]:
    return (cell for cell in notebook["cells"] if cell["cell_type"] == "code")


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _outputs(printed: str) -> list[dict[str, Any]]:
    if not printed:
        return []
    return [{"name": "stdout", "output_type": "stream", "text": printed.splitlines(keepends=True)}]


@contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
