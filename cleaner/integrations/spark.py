"""Spark: a data frame in, the data frame with more columns out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.integrations import arrow
from cleaner.integrations.extras import library
from cleaner.integrations.rows import LISTS, NAMES, Cleaner

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType


def clean(frame: DataFrame, cleaner: Cleaner | None = None) -> DataFrame:
    """The data frame with the columns of a cleaner behind its own, made where the rows are.

    Raises:
        SourceError: there is no column of texts or pages.
        MissingError: pyspark is not installed.
    """
    chosen = cleaner or Cleaner()
    chosen.read_of(frame.columns)  # here, rather than in a task
    cleaned = partial(arrow.clean_batches, cleaner=chosen)
    return frame.mapInArrow(cleaned, _schema(frame.schema, chosen))


def _schema(given: StructType, cleaner: Cleaner) -> StructType:
    types: Any = library("pyspark.sql.types", "spark")
    string, strings = types.StringType(), types.ArrayType(types.StringType())
    made = [
        types.StructField(cleaner.column(name), strings if name in LISTS else string)
        for name in NAMES
    ]
    kept = [each for each in given.fields if each.name not in cleaner.columns]
    schema: StructType = types.StructType([*kept, *made])
    return schema
