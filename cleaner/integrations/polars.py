"""Polars: a frame, lazy or not, in; the frame with more columns out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from cleaner.integrations.extras import library
from cleaner.integrations.rows import LISTS, NAMES, Cleaner

if TYPE_CHECKING:
    import polars as pl

    AnyFrame = TypeVar("AnyFrame", pl.DataFrame, pl.LazyFrame)


def clean(frame: AnyFrame, cleaner: Cleaner | None = None) -> AnyFrame:
    """The frame with the columns of a cleaner behind its own; a lazy one stays lazy.

    Raises:
        SourceError: there is no column of texts or pages.
        MissingError: polars is not installed.
    """
    pl = library("polars", "polars")
    chosen = cleaner or Cleaner()
    types = _types(pl, chosen)
    if isinstance(frame, pl.LazyFrame):
        given = frame.collect_schema()
        chosen.read_of(given)  # here, rather than when it is collected
        cleaned = partial(_clean, cleaner=chosen, types=types)
        return frame.map_batches(cleaned, schema={**given, **types}, streamable=True)
    return _clean(frame, chosen, types)


def _clean(frame: pl.DataFrame, cleaner: Cleaner, types: dict[str, Any]) -> pl.DataFrame:
    pl = library("polars", "polars")
    columns = {name: frame[name].to_list() for name in cleaner.read_of(frame.columns)}
    made = cleaner(columns).items()
    return frame.with_columns(pl.Series(name, values, types[name]) for name, values in made)


def _types(pl: Any, cleaner: Cleaner) -> dict[str, Any]:
    lists = pl.List(pl.String)
    return {cleaner.column(name): lists if name in LISTS else pl.String for name in NAMES}
