"""What rows look like, for programs that read them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from cleaner.record import Record
from cleaner.rows import FailedRow, Removal


def row_schemas() -> dict[str, Any]:
    """The JSON Schema of each kind of row, by file name."""
    rows: dict[str, type[BaseModel]] = {
        "documents.jsonl": Record,
        "removed.jsonl": Removal,
        "failed.jsonl": FailedRow,
    }
    return {name: row.model_json_schema(mode="serialization") for name, row in rows.items()}
