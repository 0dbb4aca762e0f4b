"""The files of docs/ that are made, and what should be in each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docsite import commands, drawings, notebooks, quoted, weights

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def made() -> Iterator[tuple[Path, str]]:
    """Each file that is made, and its text."""
    yield DOCS / "cli.md", commands.page()
    yield DOCS / "quality.md", weights.put_into(_read("quality.md"))
    for file in sorted(DOCS.glob("*.md")):
        if quoted.quotes_anything(_read(file.name)):
            yield file, quoted.put_into(_read(file.name), _read)
    for file in sorted(DOCS.glob("*.ipynb")):
        notebook = notebooks.run(notebooks.read(file), DOCS)
        yield file, notebooks.written(notebook)
        yield file.with_suffix(".md"), notebooks.page(notebook, file.name)
    for name, drawing in drawings.all_of_them().items():
        yield DOCS / name, drawing


def _read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")
