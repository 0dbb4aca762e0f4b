"""The rows of a shard as the bytes of a file and back, by suffix; and how files are joined."""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cleaner.errors import SettingsError
from cleaner.readers.streams import unpacked
from cleaner.writers.schemas import schema, to_columns, to_json

if TYPE_CHECKING:
    import pyarrow as pa

GZIP_LEVEL = 6
ZSTD_LEVEL = 3
_READ_ROWS = 256
# Shards are smaller than row groups should be.
_ROW_GROUP_BYTES = 64 * 1024 * 1024


class RowFormat(NamedTuple):
    """How rows stand in a file; the kind of rows is documents, removed or failed."""

    encode: Callable[[str, Iterable[str]], bytes]
    """The bytes of a file of these rows of JSON; by the same libraries always the same."""
    decode: Callable[[str, BinaryIO], Iterator[str | bytes]]
    """The rows of an open file as JSON again.

    Raises OSError, SourceError or ValueError where it is broken.
    """
    join: Callable[[str, Iterable[Path], BinaryIO], None]
    """Writes one file of all rows of these files, in order."""


def _lines(_: str, rows: Iterable[str]) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode("utf-8")


def _gzip(kind: str, rows: Iterable[str]) -> bytes:
    return gzip.compress(_lines(kind, rows), GZIP_LEVEL, mtime=0)


def _zstd(kind: str, rows: Iterable[str]) -> bytes:
    from cleaner.zstandard import zstd  # noqa: PLC0415  # not of every run

    return zstd.compress(_lines(kind, rows), ZSTD_LEVEL)


def _read_lines(_: str, file: BinaryIO, packing: str = "") -> Iterator[bytes]:
    yield from unpacked(file, packing)


def _concatenate(_: str, parts: Iterable[Path], target: BinaryIO) -> None:
    """Members of gzip and frames of zstd may follow one another, as lines do."""
    for part in parts:
        with part.open("rb") as opened:
            shutil.copyfileobj(opened, target)


def _parquet(kind: str, rows: Iterable[str]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415  # an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pa.Table.from_pylist([to_columns(kind, row) for row in rows], schema(kind))
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _read_parquet(kind: str, file: BinaryIO) -> Iterator[str]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    for batch in pq.ParquetFile(file).iter_batches(_READ_ROWS):
        yield from (to_json(kind, row) for row in batch.to_pylist())


def _join_parquet(kind: str, parts: Iterable[Path], target: BinaryIO) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetWriter(target, schema(kind), compression="zstd") as writer:
        for table in _row_groups(pq.ParquetFile(part).read() for part in parts):
            writer.write_table(table)


def _row_groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The tables, so many together as make a row group."""
    import pyarrow as pa  # noqa: PLC0415

    together: list[pa.Table] = []
    for table in tables:
        together.append(table)
        if sum(each.nbytes for each in together) >= _ROW_GROUP_BYTES:
            yield pa.concat_tables(together)
            together = []
    if together:
        yield pa.concat_tables(together)


def suffix_of(form: str, compression: str | None) -> str:
    """The suffix of a format, packed or not: a key of ROW_FORMATS.

    Raises:
        SettingsError: there is no such format, or what writes it is not installed.
    """
    suffix = f".{form}{f'.{compression}' if compression else ''}"
    if suffix not in ROW_FORMATS:
        raise SettingsError(f"--to {form} --compress {compression}: {form} is packed by itself")
    if suffix == ".parquet" and not find_spec("pyarrow"):
        raise SettingsError("--to parquet: to write this, pip install 'cleaner[parquet]'")
    return suffix


ROW_FORMATS: Mapping[str, RowFormat] = {
    ".jsonl": RowFormat(_lines, _read_lines, _concatenate),
    ".jsonl.gz": RowFormat(_gzip, partial(_read_lines, packing=".gz"), _concatenate),
    ".jsonl.zst": RowFormat(_zstd, partial(_read_lines, packing=".zst"), _concatenate),
    ".parquet": RowFormat(_parquet, _read_parquet, _join_parquet),
}
"""By the suffix of the files."""
