"""Frames of pandas."""

from __future__ import annotations

from typing import Any

from tests.integrations.hosts import ROWS, cleaner, expected, needed, told

needed("pandas")

import pandas as pd  # noqa: E402

from cleaner.integrations.pandas import clean  # noqa: E402


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame; pandas has NaN for what is missing."""
    anything = frame.astype(object)
    return anything.where(anything.notna(), None).to_dict("records")


def test_a_frame_gets_the_bytes_of_the_command_line() -> None:
    cleaned = clean(pd.DataFrame(ROWS), cleaner())

    assert expected() == told(rows_of(cleaned))


def test_index_and_other_columns_stay() -> None:
    frame = pd.DataFrame({"text": ["Ein Satz."] * 2, "rank": [1.5, 2.5]}, index=[7, 7])

    cleaned = clean(frame)

    assert [7, 7] == list(cleaned.index)
    pd.testing.assert_frame_equal(frame, cleaned[["text", "rank"]])


def test_what_is_missing_fails_alone() -> None:
    cleaned = clean(pd.DataFrame({"id": [1, 2], "text": ["Ein Satz.", None]}))

    assert ["Ein Satz.", None] == [row["cleaned_text"] for row in rows_of(cleaned)]


def test_a_column_becomes_columns() -> None:
    column = pd.Series(["Ein Satz."], name="body")

    assert ["Ein Satz."] == list(clean(column.to_frame("text"))["cleaned_text"])
