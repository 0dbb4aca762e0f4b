"""What README and docs/ show as output is what comes out now; their code: tests/documentation."""

from __future__ import annotations

import io
import json
import re

from rich.console import Console

from cleaner import Pipeline
from cleaner.record import Record
from cleaner.show import explained
from cleaner.text.segment import segment
from tests.conftest import ROOT

SEED = "004_d389304084a65964.txt"
LEFT_OUT = "…"
# A code block of four spaces beside text of 120.
EXAMPLE_COLUMNS = 116


def cleaned(seed: str) -> Record:
    text = (ROOT / "seeds" / seed).read_bytes().decode()
    return Pipeline().run(segment(text, seed))


def block(name: str, pattern: str) -> str:
    """What a pattern finds in a page of the documentation, which must be once."""
    [found] = re.findall(pattern, (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


def test_readme_shows_a_row_of_the_ledger() -> None:
    shown = json.loads(block("README.md", r"```json\n(.*?)```"))
    rows = map(json.loads, cleaned(shown["doc"]).removed_json())

    [row] = [row for row in rows if row["text"] == shown["text"]]

    assert LEFT_OUT == shown["evidence"][-1]
    first = len(shown["evidence"]) - 1
    assert {**row, "evidence": [*row["evidence"][:first], LEFT_OUT]} == shown


def test_decide_shows_what_explain_prints() -> None:
    shown = block("docs/decide.md", rf"    \$ cleaner explain seeds/{SEED}\n((?:    .*?\n)+)")
    *lines, last = [line[4:] for line in shown.splitlines()]
    console = Console(file=io.StringIO(), width=EXAMPLE_COLUMNS)

    console.print(explained(cleaned(SEED)))

    assert isinstance(console.file, io.StringIO)
    printed = [line.rstrip() for line in console.file.getvalue().splitlines()]
    start = next(i for i, line in enumerate(printed) if line.startswith("   1 "))
    assert LEFT_OUT == last.strip()
    assert printed[start : start + len(lines)] == lines
