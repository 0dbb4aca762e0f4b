"""Compressed files: bombs, and archives that are cut off or lie about what they are."""

from __future__ import annotations

import gzip
import json

from tests.hostile.cases import RUN, SOME_FAILED, Case, sized
from tests.hostile.texts import GERMAN

ROW = json.dumps({"id": "a", "text": GERMAN}).encode() + b"\n"
BOMB_BYTES = 200_000_000
RECORD = (
    b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a.example/\r\n"
    b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)


def packed(name: str, file: str, content: bytes, **expected: object) -> Case:
    return Case(name, {f"in/{file}": content}, RUN, **expected)  # type: ignore[arg-type]


CASES: tuple[Case, ...] = (
    packed(
        "a bomb of rows", "r.jsonl.gz", gzip.compress(ROW + b" " * sized(BOMB_BYTES)), ids=("a",)
    ),
    packed(
        "a gzip that is cut off",
        "r.jsonl.gz",
        gzip.compress(ROW * 50)[:-9],
        code=SOME_FAILED,
        failures=("r.jsonl.gz",),
    ),
    packed("a gzip that is none", "r.jsonl.gz", ROW, code=SOME_FAILED, failures=("r.jsonl.gz",)),
    packed("an empty gzip", "r.jsonl.gz", gzip.compress(b""), ids=()),
    packed(
        "a bomb in a WARC",
        "r.warc.gz",
        gzip.compress(RECORD % (sized(BOMB_BYTES), b" " * sized(BOMB_BYTES))),
    ),
    packed("a WARC that is none", "r.warc", b"no archive", code=SOME_FAILED, failures=("r.warc",)),
    packed(
        "a Parquet file that is none",
        "r.parquet",
        b"PAR1" + b"\0" * 99,
        code=SOME_FAILED,
        failures=("r.parquet",),
    ),
    packed("an empty Parquet file", "r.parquet", b"", code=SOME_FAILED, failures=("r.parquet",)),
)
