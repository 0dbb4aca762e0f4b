"""The site has every page, and what is made from the program is what the program says now."""

from __future__ import annotations

import re

import pytest

import cleaner
from docsite.notebooks import read
from docsite.pages import DOCS, made
from tests.conftest import ROOT


def test_every_page_is_in_the_navigation_once() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))

    assert pages == sorted(re.findall(r"^ +- .+: (\S+\.md)$", config, re.MULTILINE))


def test_pages_made_from_the_program_are_current() -> None:
    stale = [
        file.name
        for file, text in made()
        if not file.is_file() or file.read_text(encoding="utf-8") != text
    ]

    assert [] == stale, "write them anew with: make pages"


def test_every_cell_of_the_notebook_shows_something() -> None:
    notebook = read(DOCS / "seed_003.ipynb")

    assert all(cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code")


def test_the_citation_has_the_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

    assert f"\nversion: {cleaner.__version__}\n" in citation


@pytest.mark.parametrize("name", sorted({*cleaner.__all__} - {"CleanerError"}))
def test_every_public_name_is_in_the_reference(name: str) -> None:
    reference = (DOCS / "api.md").read_text(encoding="utf-8")

    assert re.search(rf"^::: cleaner\.[\w.]+\.{name}$", reference, re.MULTILINE)
