"""What fuzzing begins with: the seeds of the project, its invented pages, and all bad input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from cleaner.readers import SUFFIXES
from cleaner.rules import builtin_folder
from tests.hostile import given, json_rows, ledgers, pages, texts

ROOT = Path(__file__).resolve().parent.parent
# Longer inputs are slow to change and to run, and find no more.
LONGEST_BYTES = 20_000
FOUND = ROOT / "tests" / "fuzz" / "cases"


def seeds(target: str) -> list[bytes]:
    """Bytes that are near to what a target is made for, and those that have been found to harm."""
    found = [*_of(target), *known(target)]
    return [*dict.fromkeys(content[:LONGEST_BYTES] for content in found)]


def known(target: str) -> list[bytes]:
    """What has been found to harm a target, once."""
    folder = FOUND / target.replace(" ", "-")
    return [file.read_bytes() for file in sorted(folder.glob("*"))]


def _of(target: str) -> Iterator[bytes]:
    _, _, form = target.partition(" ")
    if form:
        yield from _of_format(form)
    elif target in {"rules", "pattern"}:
        yield from (b"^(a+)+$\naaaa", "(?i)größe \\d+\nGröße 12".encode(), b"(?<=x)y\nxy")
        yield from (file.read_bytes() for file in sorted(builtin_folder().glob("*.en.toml")))
        yield from _files(given.RULES, ".toml")
    elif target == "settings":
        yield from _files(given.SETTINGS, ".toml")
    elif target == "weights":
        yield from (b"%b\0" % case.files.get("w/decision.json", b"") for case in given.WEIGHTS)
    elif target == "gold":
        yield from _files(given.GOLD, ".jsonl")
    elif target == "ledger":
        yield from (b"000010:null", b"000100r:-1", b"000500:999999999999", b"000001:[[[[")
    else:
        yield from _of_format("text")


def _of_format(form: str) -> Iterator[bytes]:
    suffixes = [suffix for suffix, own in SUFFIXES.items() if own == form]
    for table in (texts, pages, json_rows, ledgers):
        for suffix in suffixes:
            yield from _files(table.CASES, suffix)
    for place in (ROOT / "seeds", ROOT / "tests" / "pages"):
        for file in sorted(place.glob("*.txt")):
            yield _as(form, file.read_text(encoding="utf-8"))


def _as(form: str, text: str) -> bytes:
    if form == "html":
        return "".join(f"<p>{line}</p>\n" for line in text.split("\n")).encode()
    return (json.dumps({"text": text}) if form == "jsonl" else text).encode()


def _files(cases: object, suffix: str) -> Iterator[bytes]:
    for case in cases:  # type: ignore[attr-defined]  # all tables have cases
        for name, content in case.files.items():
            if name.endswith(suffix) and len(content) < LONGEST_BYTES:
                yield content
