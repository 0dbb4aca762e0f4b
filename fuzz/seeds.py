"""What fuzzing begins with: the seeds of the project, its invented pages, and all bad input."""

from __future__ import annotations

import io
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
    if form == "warc":
        return b"".join(_warc_records(text.encode()))
    if form == "parquet":
        return _parquet(text)
    return (json.dumps({"text": text}) if form == "jsonl" else text).encode()


def _warc_records(content: bytes) -> Iterator[bytes]:
    """The same text as what a crawler fetched, and as what was made of it."""
    fetched = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" + content
    for kind, media, body in (
        (b"response", b"application/http; msgtype=response", fetched),
        (b"conversion", b"text/plain", content),
    ):
        yield (
            b"WARC/1.0\r\nWARC-Type: %b\r\nWARC-Target-URI: http://a.example/\r\n"
            b"WARC-Date: 2021-03-12T14:05:00Z\r\nWARC-Record-ID: <urn:uuid:%b>\r\n"
            b"Content-Type: %b\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
        ) % (kind, kind, media, len(body), body)


def _parquet(text: str) -> bytes:
    import pyarrow as pa  # noqa: PLC0415  # an extra
    from pyarrow import parquet  # noqa: PLC0415

    written = io.BytesIO()
    parquet.write_table(pa.table({"id": ["a", "b"], "text": [text[:500], None]}), written)
    return written.getvalue()


def _files(cases: object, suffix: str) -> Iterator[bytes]:
    for case in cases:  # type: ignore[attr-defined]  # all tables have cases
        for name, content in case.files.items():
            if name.endswith(suffix) and len(content) < LONGEST_BYTES:
                yield content
