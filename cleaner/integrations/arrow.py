"""Arrow tables: what Ray and Spark hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cleaner.integrations.extras import library
from cleaner.integrations.rows import LISTS, NAMES, Cleaner

if TYPE_CHECKING:
    import pyarrow as pa


def clean(table: pa.Table, cleaner: Cleaner) -> pa.Table:
    """The table with the columns of a cleaner behind its own; any of the same names are replaced.

    Raises:
        SourceError: there is no column of texts or pages.
        MissingError: pyarrow is not installed.
    """
    pa = library("pyarrow", "parquet")
    read = {name: table.column(name).to_pylist() for name in cleaner.read_of(table.column_names)}
    made, types = cleaner(read), dict(new_fields(cleaner))
    kept = table.drop_columns([name for name in made if name in table.column_names])
    for name, values in made.items():
        kept = kept.append_column(name, pa.array(values, types[name]))
    return kept


def clean_batches(batches: Iterable[pa.RecordBatch], cleaner: Cleaner) -> Iterator[pa.RecordBatch]:
    """The same for record batches, one after the other."""
    pa = library("pyarrow", "parquet")
    for batch in batches:
        yield from clean(pa.Table.from_batches([batch]), cleaner).combine_chunks().to_batches()


def new_fields(cleaner: Cleaner) -> list[tuple[str, pa.DataType]]:
    """Name and type of each column that a cleaner makes."""
    pa = library("pyarrow", "parquet")
    lists = pa.list_(pa.string())
    return [(cleaner.column(name), lists if name in LISTS else pa.string()) for name in NAMES]
