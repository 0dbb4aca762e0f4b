"""What a run wrote, altered since: nothing is restored that is not the source, nor elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile.cases import RUN, WRONG_USE, Case
from tests.hostile.texts import GERMAN

COMMENTS = "\n".join(
    [GERMAN, "Kommentare", "Anna Schmidt, 12.03.2021 um 14:05 Uhr", "Antworten"] * 2
)
FILES = {"in/a.txt": COMMENTS.encode(), "in/b.txt": COMMENTS.encode()}
RESTORE = ("restore", "out", "-o", "back")


def altered(name: str, file: str, change: Callable[[bytes], bytes], error: str) -> Case:
    """A file of a run, with its bytes changed."""

    def make(folder: Path) -> None:
        target = folder / "out" / file
        target.write_bytes(change(target.read_bytes()))

    return Case(name, FILES, RESTORE, first=RUN, make=make, code=WRONG_USE, error=(error,))


def row(name: str, error: str, file: str = "documents.jsonl", **changed: Any) -> Case:
    """The first row of a file, with these fields changed."""

    def change(found: bytes) -> bytes:
        first, rest = found.split(b"\n", 1)
        return json.dumps({**json.loads(first), **changed}).encode() + b"\n" + rest

    return altered(f"ledger: {name}", file, change, error)


def stats(lines: int) -> dict[str, Any]:
    """Counts by which so many lines were removed."""
    amount = {"chars": 1, "lines": lines}
    return {"source": amount, "kept": {"chars": 1, "lines": 1}, "removed": {"comment": amount}}


def removed(folder: Path) -> None:
    (folder / "out/removed.jsonl").unlink()


LOST, MISSING = "do not add up", "are missing"
BAD_ROW = "documents.jsonl:1: not a row of this version"
CASES: tuple[Case, ...] = (
    altered(
        "ledger: rows cut off", "documents.jsonl", lambda found: found[:-20], "documents.jsonl:2"
    ),
    altered(
        "ledger: removed rows cut off", "removed.jsonl", lambda found: found[:-20], "removed.jsonl"
    ),
    altered("ledger: no removed rows", "removed.jsonl", lambda _: b"", "a.txt"),
    altered(
        "ledger: removed rows twice",
        "removed.jsonl",
        lambda found: found * 2,
        "has rows of no document",
    ),
    altered(
        "ledger: rows turned round",
        "documents.jsonl",
        lambda found: b"\n".join(found.split(b"\n")[1::-1]),
        "missing",
    ),
    altered("ledger: bytes for rows", "documents.jsonl", lambda _: bytes(range(256)), BAD_ROW),
    altered("ledger: NULs for rows", "documents.jsonl", lambda found: b"\0" * len(found), BAD_ROW),
    altered(
        "ledger: 100,000 lists for a row", "documents.jsonl", lambda _: b"[" * 100_000, BAD_ROW
    ),
    Case(
        "ledger: a file is missing",
        FILES,
        RESTORE,
        first=RUN,
        make=removed,
        code=WRONG_USE,
        error=("removed.jsonl: not found",),
    ),
    row("another text", LOST, text="Etwas anderes."),
    row(
        "another hash",
        LOST,
        source={
            "path": None,
            "url": None,
            "media_type": "text/plain",
            "sha256": "0",
            "text_sha256": "0",
            "encoding": "utf-8",
            "repairs": [],
        },
    ),
    row("a length of a trillion", LOST, length=10**12),
    row("a length of a number beyond numbers", LOST, length=10**30),
    row("a length below 0", BAD_ROW, length=-1),
    row("spans beyond the end", LOST, kept=[[0, 10**12, "body"]]),
    row("spans that end before they start", LOST, kept=[[50, 10, "body"]]),
    row("spans below 0", BAD_ROW, kept=[[-5, 10, "body"]]),
    row("no spans", LOST, kept=[]),
    row("white space that is none", LOST, white=[[77, "mehr Text"]]),
    row("a label that is none", BAD_ROW, kept=[[0, 1, "advert"]]),
    row("more removed lines than numbers go", MISSING, stats=stats(10**30)),
    row("less than no removed lines", BAD_ROW, stats=stats(-1)),
    row("another version", BAD_ROW, schema_version=99),
    row("an id of another document", MISSING, id="../../b.txt"),
    row("a removed text that is another", LOST, file="removed.jsonl", text="Etwas anderes"),
    row("a removed span elsewhere", LOST, file="removed.jsonl", start=0, end=5),
    row("a removed span of a trillion", LOST, file="removed.jsonl", end=10**12),
    row("a removed row of another document", MISSING, file="removed.jsonl", doc="b.txt"),
)
