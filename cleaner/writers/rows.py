"""The rows of documents, and the files that they and a run's numbers stand in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from cleaner.model import Failure
from cleaner.writers.formats import ROW_FORMATS

RUN = "run.json"
JSONL = ".jsonl"


class Rows(NamedTuple):
    """The rows of some documents, each as JSON; the fields are the kinds of rows."""

    documents: list[str]
    removed: list[str]
    failed: list[str]


def files_of(rows: Rows, suffix: str = JSONL) -> dict[str, bytes]:
    """The rows as they stand in files of a format, by the names of the files."""
    encode = ROW_FORMATS[suffix].encode
    return {f"{kind}{suffix}": encode(kind, found) for kind, found in rows._asdict().items()}


def failed_row(failure: Failure) -> str:
    """What could not be cleaned, and why, as JSON."""
    row = {"source": failure.source, "error": failure.error, "message": failure.message}
    return json.dumps(row, ensure_ascii=False)


def summary_file(run: Mapping[str, Any]) -> bytes:
    """run.json as it stands in the file."""
    return f"{json.dumps(run, ensure_ascii=False, indent=2)}\n".encode()
