"""Rows that every adapter is given, and what the command line makes of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from cleaner import Page, Pipeline, Proposal
from cleaner.integrations.rows import Cleaner
from tests.conftest import ROOT
from tests.laws import REAL

Bytes = tuple[str, list[str]]
"""The row of documents.jsonl, or the error, and the rows of removed.jsonl."""
ALL_HOSTS = os.environ.get("CLEANER_HOSTS") == "all"
FAILS = "Hier bricht eine Stufe ab."
TEXTS = [
    "\n".join(REAL),
    (ROOT / "seeds" / "004_d389304084a65964.txt").read_text(encoding="utf-8"),
    "Ein Satz 🙂 mit \u2028 und\r\n\r\nEnde.",
    "",
    FAILS,
    "\n".join(REAL[::-1]),
]
ROWS: Sequence[Mapping[str, str]] = [
    {"id": f"row-{n}", "text": text, "url": f"https://example.org/{n}"}
    for n, text in enumerate(TEXTS)
]
FAILING_ID = f"row-{TEXTS.index(FAILS)}"
FAILURE = (
    f"StageError: {FAILING_ID}: stage 'failing' raised ValueError('{FAILS}'); mend the stage,"
    ' or leave it out with without("failing")'
)


def needed(*modules: str) -> None:
    """Skip the tests of a file where a library is missing; fail where none may be."""
    for module in modules:
        try:
            import_module(module)
        except ImportError as error:
            if ALL_HOSTS:
                raise
            pytest.skip(f"{error}: make integrations", allow_module_level=True)


def failing(page: Page) -> Iterable[Proposal]:
    """A stage that raises on one page."""
    if FAILS in page.document.text:
        raise ValueError(FAILS)
    return ()


def cleaner() -> Cleaner:
    """What every adapter is given: it fails on one row."""
    return Cleaner(Pipeline().adding(failing=failing))


@cache
def expected() -> dict[str, Bytes]:
    """By id, what the command line writes of the rows, without the place that it read them from."""
    with TemporaryDirectory() as folder:
        source = Path(folder, "rows.jsonl")
        source.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "cleaner", "run", source, "-o", folder],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        )
        documents, removed = (_lines(Path(folder, f"{n}.jsonl")) for n in ("documents", "removed"))
    of = {json.loads(row)["id"]: row for row in documents}
    gone: dict[str, list[str]] = {name: [] for name in of}
    for row in removed:
        gone[json.loads(row)["doc"]].append(row)
    found = {name: (_placeless(row), gone[name]) for name, row in of.items()}
    return found | {FAILING_ID: (FAILURE, [])}


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[:-1]


def _placeless(line: str) -> str:
    row = json.loads(line)
    row["source"] |= dict.fromkeys(("path", "sha256", "encoding"))
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def told(rows: Iterable[Mapping[str, Any]]) -> dict[str, Bytes]:
    """By id, what an adapter made of rows, in the form of `expected`."""
    return {row["id"]: _told(row) for row in rows}


def _told(row: Mapping[str, Any]) -> Bytes:
    document = row["cleaned_document"]
    assert row["cleaned_text"] == (json.loads(document)["text"] if document else None)
    return document or row["cleaned_error"], list(row["cleaned_removed"])
