"""Parquet: every row with a text or a page is a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.errors import SourceError
from cleaner.model import Failure, Input
from cleaner.readers.failures import failure, too_large
from cleaner.readers.mapping import document, field
from cleaner.readers.plain import plain
from cleaner.readers.raw import MAX_DOCUMENT_BYTES, Raw
from cleaner.settings import Fields
from cleaner.text.decode import decode

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# At once; a row group may have a million.
BATCH_ROWS = 64
# Left to the end: bytes may be a page, and what is nested may hold one.
_KEPT = (bytes, dict, list)


def split(opened: BinaryIO, name: str, path: str) -> Iterator[Raw | Failure]:
    """The rows of a file, in order, each as an Arrow stream; a row group is in memory at a time.

    Of a row group that is broken, a failure stands for the rows that cannot be read.

    Raises:
        SourceError: it is no Parquet file.
    """
    import pyarrow as pa  # noqa: PLC0415  # an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(opened)
    except (pa.ArrowException, OSError, ValueError) as error:  # ValueError: names are no UTF-8
        raise SourceError(
            f"no whole Parquet file ({_first(error)}); write or fetch it again"
        ) from None
    end = 0
    for group in range(file.num_row_groups):
        number, end = end, end + file.metadata.row_group(group).num_rows
        try:
            for row in _rows(file, group):
                number += 1
                yield _raw(row, f"{name}:{number}", path)
        except (pa.ArrowException, OSError, ValueError) as error:
            yield _broken(f"{name}:{number + 1}", group, end, error)


def parse(raw: Raw, fields: Fields) -> Input:
    """The document of a row, named by its id, else by its position.

    Its sha256 is of the text in UTF-8, or of the page. Values that JSON lacks are told as
    `cleaner.readers.plain` says.

    Raises:
        SourceError: the row has no text and no page, or a value that cannot be told.
    """
    row = _values(raw.content)
    read = next((v for n in (fields.text, fields.html) if (v := field(row, n)) is not None), None)
    about: dict[str, Any] = {"path": raw.path, "sha256": _sha256(read)}
    if isinstance(text := row.get(fields.text), bytes):
        decoded = decode(text)
        row[fields.text] = decoded.text
        # The NULs are counted where the text is read.
        repairs = tuple(repair for repair in decoded.repairs if repair.kind != "nul")
        about |= {"encoding": decoded.encoding, "repairs": repairs}
    found = document(row, fields, raw.name, **about)
    return replace(found, fields=plain(found.fields))


def _sha256(read: Any) -> str | None:
    read = read.encode("utf-8") if isinstance(read, str) else read
    return sha256(read).hexdigest() if isinstance(read, bytes) else None


def _values(content: bytes) -> dict[str, Any]:
    """The one row of an Arrow stream; dates of its own as text, so that they are read as such."""
    import pyarrow as pa  # noqa: PLC0415

    try:
        [row] = _without_nanoseconds(pa.ipc.open_stream(content).read_all()).to_pylist()
    except ValueError as error:
        raise SourceError(f"row with values that JSON lacks ({_first(error)}); cast them") from None
    return {key: value if isinstance(value, _KEPT) else plain(value) for key, value in row.items()}


def _without_nanoseconds(table: pa.Table) -> pa.Table:
    """The table with times that Python cannot hold as text in ISO 8601."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    for i, column in enumerate(table.schema):
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            text = pc.replace_substring(table.column(i).cast(pa.string()), " ", "T")
            table = table.set_column(i, column.name, text)
    return table


def _rows(file: pq.ParquetFile, group: int) -> Iterator[pa.RecordBatch]:
    for batch in file.iter_batches(BATCH_ROWS, row_groups=[group]):
        plain_batch = _dense(batch)
        yield from (plain_batch.slice(i, 1) for i in range(plain_batch.num_rows))


def _dense(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch without what every row would have to bring along: dictionaries and notes."""
    import pyarrow as pa  # noqa: PLC0415

    columns = [
        column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _raw(row: pa.RecordBatch, position: str, path: str) -> Raw | Failure:
    import pyarrow as pa  # noqa: PLC0415

    if row.nbytes > MAX_DOCUMENT_BYTES:
        return failure(position, too_large("row"))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, row.schema) as stream:
        stream.write_batch(row)
    return Raw(position, "parquet", sink.getvalue().to_pybytes(), path)


def _broken(position: str, group: int, last: int, error: Exception) -> Failure:
    why = f"row group {group} cannot be read from here to row {last} ({_first(error)})"
    return failure(position, SourceError(f"{why}; write or fetch the file again"))


def _first(error: Exception) -> str:
    """The first line of what is often several."""
    return next(iter(str(error).splitlines()), type(error).__name__)
