"""Compressed files: bombs, and archives that are cut off or lie about what they are."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleaner.readers.raw import MAX_DOCUMENT_BYTES
from cleaner.zstandard import zstd
from tests.hostile.cases import RUN, SOME_FAILED, Case, sized
from tests.hostile.texts import GERMAN

ROW = json.dumps({"id": "a", "text": GERMAN}).encode() + b"\n"
BOMB_BYTES = 200_000_000
RECORD = (
    b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a.example/\r\n"
    b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)
TEXT = GERMAN.encode()
PAGE = b"<html><body><p>%s</p></body></html>" % TEXT
INNER = gzip.compress(ROW, mtime=0)
LAST_ROW = ROW.replace(b'"a"', b'"b"')


def record(
    number: int, content: bytes, length: object = None, kind: bytes = b"conversion"
) -> bytes:
    """A record of a WARC, which says it has this length; b"" for none."""
    said = len(content) if length is None else length
    head = [
        b"WARC/1.0",
        b"WARC-Type: " + kind,
        b"WARC-Record-ID: <urn:r%d>" % number,
        b"Content-Type: "
        + (b"application/http; msgtype=response" if kind == b"response" else b"text/plain"),
        *([f"Content-Length: {said}".encode()] if said != b"" else []),
    ]
    return b"\r\n".join([*head, b"", content, b"", b""])


def response(number: int, content: bytes, *headers: bytes) -> bytes:
    """A record of what a server answered."""
    head = b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: text/html", *headers, b"", b""])
    return record(number, head + content, kind=b"response")


def blanks(before: bytes, after: bytes = b"") -> bytes:
    """Zstandard of more blanks than a document may have, with something before and behind."""
    packer, block = zstd.ZstdCompressor(), b" " * (1 << 20)
    pieces = (before, *[block] * (MAX_DOCUMENT_BYTES // len(block) + 1), after)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def parquet(**columns: Any) -> bytes:
    """A Parquet file of these columns."""
    written = BytesIO()
    pq.write_table(pa.table(columns), written, compression="zstd")
    return written.getvalue()


def no_utf8() -> pa.Array:
    """A column of strings of which the first is none."""
    offsets = pa.array([0, 3, 3 + len(TEXT)], pa.int32()).buffers()[1]
    return pa.Array.from_buffers(
        pa.string(), 2, [None, offsets, pa.py_buffer(b"\xff\xfe\xfd" + TEXT)]
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
    packed(
        "a bomb of rows in Zstandard",
        "r.jsonl.zst",
        blanks(ROW, b"\n" + LAST_ROW),
        code=SOME_FAILED,
        ids=("a", "b"),
        failures=("r.jsonl.zst:2: line of over 256 MiB",),
    ),
    packed(
        "a page that is a bomb in Zstandard",
        "r.html.zst",
        blanks(b"<p>"),
        code=SOME_FAILED,
        failures=("r.html.zst: document of over 256 MiB",),
    ),
    packed(
        "a WARC in Zstandard with a bomb between two records",
        "r.warc.zst",
        zstd.compress(record(1, TEXT))
        + blanks(record(2, b"", MAX_DOCUMENT_BYTES + (1 << 20))[:-4], b"\r\n\r\n")
        + zstd.compress(record(3, TEXT)),
        code=SOME_FAILED,
        ids=("urn:r1", "urn:r3"),
        failures=("record of over 256 MiB",),
    ),
    packed(
        "a cell of Parquet that is a bomb",
        "r.parquet",
        parquet(id=["a", "b", "c"], text=[GERMAN, " " * (MAX_DOCUMENT_BYTES + 1), GERMAN]),
        code=SOME_FAILED,
        ids=("a", "c"),
        failures=("r.parquet:2: row of over 256 MiB",),
    ),
    packed(
        "gzip in gzip",
        "r.jsonl.gz",
        gzip.compress(INNER),
        code=SOME_FAILED,
        ids=(),
        failures=("no valid JSON",) * len(INNER.split(b"\n")),
    ),
    packed(
        "Zstandard that is cut off",
        "r.jsonl.zst",
        zstd.compress(ROW * 50)[:-3],
        code=SOME_FAILED,
        failures=("r.jsonl.zst",),
    ),
    packed(
        "Zstandard that is none", "r.jsonl.zst", ROW, code=SOME_FAILED, failures=("r.jsonl.zst",)
    ),
    packed(
        "a WARC with garbage between two records",
        "r.warc",
        record(1, TEXT) + b"garbage\r\n\r\n" + record(2, TEXT),
        code=SOME_FAILED,
        ids=("urn:r1", "urn:r2"),
        failures=("r.warc:0: broken in this record or behind it",),
    ),
    packed(
        "a WARC whose record is longer than it says",
        "r.warc",
        record(1, TEXT, 10) + record(2, TEXT),
        code=SOME_FAILED,
        ids=("urn:r1", "urn:r2"),
        failures=("broken in this record or behind it",),
    ),
    packed(
        "a WARC whose record says it goes on for ever",
        "r.warc",
        record(1, TEXT) + record(2, TEXT, 99_999),
        code=SOME_FAILED,
        ids=("urn:r1",),
        failures=("announces 99999), the rest is lost",),
    ),
    *(
        packed(
            f"a WARC whose record says its length is {told}",
            "r.warc",
            record(1, TEXT) + record(2, TEXT, length) + record(3, TEXT),
            code=SOME_FAILED,
            ids=("urn:r1", "urn:r3"),
            failures=(f"announces {told}",),
        )
        for told, length in {"-5": -5, "abc": "abc", "no length": b""}.items()
    ),
    packed(
        "a WARC whose responses lie about how they are packed",
        "r.warc",
        response(1, b"ffffffff\r\n" + PAGE, b"Transfer-Encoding: chunked")
        + response(2, b"zz\r\n" + PAGE, b"Transfer-Encoding: chunked")
        + response(3, PAGE, b"Content-Encoding: gzip")
        + response(4, PAGE, b"Content-Encoding: br")
        + response(5, PAGE),
        ids=("urn:r1", "urn:r2", "urn:r3", "urn:r4", "urn:r5"),
        has=(GERMAN.splitlines()[0],),
    ),
    packed(
        "Parquet with the same id twice, no text and an empty one",
        "r.parquet",
        parquet(id=["a", "a", "c", "d"], text=[GERMAN, GERMAN, None, ""]),
        code=SOME_FAILED,
        ids=("a", "a#2", "d"),
        failures=("r.parquet:3: row has no string 'text'",),
    ),
    packed(
        "Parquet whose texts are numbers",
        "r.parquet",
        parquet(id=["a"], text=[7]),
        code=SOME_FAILED,
        failures=("r.parquet:1: row has no string 'text'",),
    ),
    packed(
        "Parquet without a text",
        "r.parquet",
        parquet(id=["a"], body=[GERMAN]),
        code=SOME_FAILED,
        failures=("name the one to read with --text-field",),
    ),
    packed(
        "Parquet whose strings are no UTF-8",
        "r.parquet",
        parquet(id=["a", "b"], text=no_utf8()),
        code=SOME_FAILED,
        ids=("b",),
        failures=("r.parquet:1: row with values that JSON lacks",),
    ),
    packed(
        "Parquet whose texts are bytes in no encoding",
        "r.parquet",
        parquet(id=["a", "b"], text=pa.array([b"\xff\xfe\x80abc", TEXT], pa.binary())),
        ids=("a", "b"),
    ),
)
