"""pandas: a frame in, the frame with more columns out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.integrations.rows import Cleaner

if TYPE_CHECKING:
    import pandas as pd


def clean(frame: pd.DataFrame, cleaner: Cleaner | None = None) -> pd.DataFrame:
    """A frame of the same index with the columns of a cleaner behind its own.

    Raises:
        SourceError: there is no column of texts or pages.
    """
    chosen = cleaner or Cleaner()
    # What is missing is NaN in a frame, and None to those who read a row.
    read = frame[chosen.read_of(frame.columns)].astype(object)
    columns = read.where(read.notna(), None).to_dict("list")
    return frame.assign(**chosen(columns))
