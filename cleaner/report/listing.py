"""The data of the index as scripts, written while documents pass by.

Pages that are opened from a folder may not read files, but they may run scripts that lie beside
them: each file calls a function of index.js with JSON. Few are large, so none is loaded before it
is needed: the numbers that all documents are sorted and filtered by, then the names of those
that are shown, and the documents of a rule when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from cleaner.report.columns import Columns
from cleaner.report.totals import Summary
from cleaner.text.hidden import inert

# A screen of documents in another order needs as many files: small ones. 20,000 rows of numbers,
# and so many names at their longest, stay below 2 MB.
ROWS_A_FILE = 250
COLUMNS_A_FILE = 20_000
DATA = "data"


@dataclass
class Listing:
    """Writes the names of documents into a folder's data/; the columns when all are there."""

    folder: Path
    columns: Columns = field(default_factory=Columns)
    waiting: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, summary: Summary) -> int:
        """Add a document; returns its place in the listing, from 0."""
        place = len(self.columns)
        self.columns.add(summary)
        self.waiting.append(_row(summary))
        if len(self.waiting) == ROWS_A_FILE:
            self._flush()
        return place

    def finish(self, places: Iterable[tuple[int, Iterable[int]]]) -> int:
        """Write what is left, and the places of each rule's documents; how many column files."""
        if self.waiting:
            self._flush()
        for number, found in places:
            write_call(self.folder, f"rule-{number}", "rule", number, _steps(found))
        # The first file has what the first screen shows, which is then there at once.
        ends = [0, *range(ROWS_A_FILE, len(self.columns), COLUMNS_A_FILE), len(self.columns)]
        stretches = [(first, last) for first, last in pairwise(ends) if first < last]
        for number, stretch in enumerate(stretches):
            write_call(self.folder, f"columns-{number}", "columns", self.columns.slice(*stretch))
        return len(stretches)

    def _flush(self) -> None:
        number = (len(self.columns) - 1) // ROWS_A_FILE
        write_call(self.folder, f"rows-{number}", "rows", number, self.waiting)
        self.waiting = []


def _row(summary: Summary) -> tuple[object, ...]:
    lines = {count.label: count.lines for count in summary.totals.removed}
    names = (summary.id, summary.title or "", summary.language or "", summary.site or "")
    return (*map(inert, names), lines)


def _steps(places: Iterable[int]) -> list[int]:
    """Each place as its distance from the one before: shorter to write."""
    steps, before = [], 0
    for place in places:
        steps.append(place - before)
        before = place
    return steps


def write_call(folder: Path, name: str, function: str, *arguments: object) -> None:
    """Write a script that calls a function of the listing with JSON."""
    shown = (json.dumps(a, ensure_ascii=False, separators=(",", ":")) for a in arguments)
    call = f"listing.{function}({','.join(shown)});\n"
    file = folder / DATA / f"{name}.js"
    file.parent.mkdir(parents=True, exist_ok=True)
    # What is not UTF-8 stands in strings, where JSON has the same escapes.
    file.write_bytes(call.encode("utf-8", "backslashreplace"))
