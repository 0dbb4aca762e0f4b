"""What every run must have written, whatever it was given."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from cleaner.record.schemas import row_schemas
from cleaner.writers.runs import read_run
from tests.conftest import rows


def broken_rows(folder: Path) -> list[str]:
    """Where rows of a run are not what `cleaner schema` says, and why."""
    return [
        f"{name}:{number}: {fault.json_path}: {fault.message[:200]}"
        for name, validator in _validators().items()
        for number, row in enumerate(rows(folder / name), 1)
        for fault in validator.iter_errors(row)
    ]


def restored(folder: Path) -> list[str]:
    """The sources of a run, as its rows give them back.

    Raises:
        LedgerError: they do not.
    """
    return [record.restore() for record in read_run(folder)]


@cache
def _validators() -> dict[str, Any]:
    found = {name: Draft202012Validator(schema) for name, schema in row_schemas().items()}
    for validator in found.values():
        validator.check_schema(validator.schema)
    return found
