"""python -m docsite.jupyter: whether Jupyter itself gets the outputs that the notebooks store."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from docsite.notebooks import outputs, read
from docsite.pages import DOCS

LONGEST_CELL_SECONDS = 120


def differing(file: Path) -> list[int]:
    """The numbers of the cells of code that print something else than is stored."""
    notebook = nbformat.read(file, as_version=4)
    client = NotebookClient(
        notebook, timeout=LONGEST_CELL_SECONDS, resources={"metadata": {"path": str(file.parent)}}
    )
    client.execute()
    pairs = zip(outputs(read(file)), outputs(notebook), strict=True)
    return [number for number, (stored, printed) in enumerate(pairs, 1) if stored != printed]


def main() -> None:
    """Run every notebook of docs/; exit status 1 if one is stale."""
    stale = {file.name: differing(file) for file in sorted(DOCS.glob("*.ipynb"))}
    for name, numbers in stale.items():
        print(f"{name}: {f'cells {numbers} are stale: make pages' if numbers else 'as stored'}")
    sys.exit(any(stale.values()))


if __name__ == "__main__":
    main()
