from __future__ import annotations

import pytest

from cleaner.errors import SourceError
from tests.integrations.hosts import ROWS, cleaner, expected, needed, told

needed("polars")

import polars as pl  # noqa: E402

from cleaner.integrations.polars import clean  # noqa: E402


def test_a_frame_gets_the_bytes_of_the_command_line() -> None:
    cleaned = clean(pl.DataFrame(ROWS), cleaner())

    assert expected() == told(cleaned.iter_rows(named=True))


def test_a_lazy_frame_stays_lazy() -> None:
    cleaned = clean(pl.LazyFrame(ROWS), cleaner())

    assert isinstance(cleaned, pl.LazyFrame)
    assert expected() == told(cleaned.collect().iter_rows(named=True))


def test_a_lazy_frame_knows_its_columns_before_it_is_collected() -> None:
    lazy = clean(pl.LazyFrame(ROWS))

    assert lazy.collect_schema() == lazy.collect().schema


def test_a_lazy_frame_without_texts_is_refused_at_once() -> None:
    with pytest.raises(SourceError, match="among body; rename one"):
        clean(pl.LazyFrame({"body": ["Ein Satz."]}))


def test_bytes_of_pages_are_read() -> None:
    cleaned = clean(pl.DataFrame({"html": [b"<p>Ein Satz."]}))

    assert ["Ein Satz."] == cleaned["cleaned_text"].to_list()
