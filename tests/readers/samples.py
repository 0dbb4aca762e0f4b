"""Files of every format, made in memory."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleaner.model import Document, Failure, Input
from cleaner.readers import read
from cleaner.zstandard import zstd

PAGE = "<!doctype html><title>Die Fähre</title><p>Der Fährmann legt um acht Uhr ab."
PACK: Mapping[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstd.compress,
}


def parquet(rows: list[dict[str, Any]], **options: Any) -> bytes:
    return parquet_of(pa.Table.from_pylist(rows), **options)


def parquet_of(table: pa.Table, **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def record(
    block: bytes | str, kind: str = "conversion", media: str = "text/plain", **headers: str
) -> bytes:
    """A WARC record; `headers` are named as in Python: WARC_Target_URI."""
    block = block.encode() if isinstance(block, str) else block
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:1>",
        "WARC-Date": "2024-05-06T07:08:09Z",
        "Content-Type": media,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    header = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"WARC/1.0\r\n{header}\r\n".encode() + block + b"\r\n\r\n"


def response(
    body: bytes | str,
    *headers: str,
    status: str = "200 OK",
    media: str = "text/html",
    **of_record: str,
) -> bytes:
    """A WARC record of an HTTP response."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {media}"] if media else []), *headers, "", ""]
    block = "\r\n".join(lines).encode() + body
    return record(block, "response", "application/http; msgtype=response", **of_record)


def found(folder: Path, name: str, content: bytes, **options: Any) -> list[Input | Failure]:
    """What is read of a file with this name and content."""
    (folder / name).write_bytes(content)
    return list(read([str(folder / name)], **options))


def texts(inputs: Iterable[Input | Failure]) -> list[str]:
    return [each.text for each in inputs if isinstance(each, Document)]


def messages(inputs: Iterable[Input | Failure]) -> list[str]:
    return [each.message for each in inputs if isinstance(each, Failure)]
