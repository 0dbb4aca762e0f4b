"""The rows of a run as columns of Parquet: one schema for all shards, whatever is in them.

Spans, which JSON writes as lists, are structs, the amounts by label a map, and what a row brought
along beside its text is one column of JSON, as its names and types differ from row to row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENTS, REMOVED, FAILED = "documents", "removed", "failed"
PASSED = "fields"
"""The column of what rows brought along."""
# The names of what stands in a list in JSON.
_SPANS: Mapping[str, Sequence[str]] = {
    "kept": ("start", "end", "label"),
    "undecided": ("start", "end"),
    "spared": ("start", "end", "label", "score"),
    "white": ("start", "text"),
}


@cache
def schema(kind: str) -> pa.Schema:
    """The columns of documents, removed or failed rows."""
    import pyarrow as pa  # noqa: PLC0415  # an extra

    return pa.schema(_COLUMNS[kind](pa))


def to_columns(kind: str, row: str) -> dict[str, Any]:
    """A row of JSON as the schema of its kind has it."""
    values: dict[str, Any] = json.loads(row)
    if kind != DOCUMENTS:
        return values
    names = schema(kind).names
    passed = {key: values.pop(key) for key in [*values] if key not in names or key == PASSED}
    for name, parts in _SPANS.items():
        values[name] = [dict(zip(parts, span, strict=True)) for span in values[name]]
    removed = values["stats"]["removed"]
    values["stats"]["removed"] = list(removed.items())
    return {**values, PASSED: json.dumps(passed, ensure_ascii=False) if passed else None}


def to_json(kind: str, values: Mapping[str, Any]) -> str:
    """The row of JSON that these columns were made of, but for white space."""
    row = dict(values)
    if kind == DOCUMENTS:
        for name, parts in _SPANS.items():
            row[name] = [[span[part] for part in parts] for span in row[name]]
        row["stats"] = {**row["stats"], "removed": dict(row["stats"]["removed"])}
        row |= json.loads(row.pop(PASSED) or "{}")
    return json.dumps(row, ensure_ascii=False)


def _documents(pa: Any) -> list[tuple[str, Any]]:
    text, number = pa.string(), pa.int64()
    texts = pa.list_(text)
    amount = pa.struct([("chars", number), ("lines", number)])
    repair = pa.struct([("kind", text), ("count", number), ("detail", text)])
    of_source = ("path", "url", "media_type", "sha256", "text_sha256", "encoding")
    of_comment = ("text", "author", "date", "date_text")
    comment = [
        *((name, text) for name in of_comment),
        *((name, number) for name in ("parent", "start", "end")),
    ]
    return [
        ("schema_version", text),
        ("id", text),
        ("source", pa.struct([*((n, text) for n in of_source), ("repairs", pa.list_(repair))])),
        ("title", text),
        ("date", text),
        ("authors", texts),
        *((name, text) for name in ("language", "modified", "sitename", "url")),
        ("text", text),
        ("markdown", text),
        ("comments", texts),
        ("comment_rows", pa.list_(pa.struct(comment))),
        ("kept", _spans(pa, "kept")),
        ("undecided", _spans(pa, "undecided")),
        ("spared", _spans(pa, "spared")),
        ("flags", texts),
        (
            "stats",
            pa.struct([("source", amount), ("kept", amount), ("removed", pa.map_(text, amount))]),
        ),
        ("white", _spans(pa, "white")),
        ("length", number),
        ("source_text", text),
        (PASSED, text),
    ]


def _spans(pa: Any, name: str) -> Any:
    types = {"start": pa.int64(), "end": pa.int64(), "score": pa.float64()}
    return pa.list_(pa.struct([(part, types.get(part, pa.string())) for part in _SPANS[name]]))


def _removed(pa: Any) -> list[tuple[str, Any]]:
    text, number, share = pa.string(), pa.int64(), pa.float64()
    voice = pa.struct(
        [
            *((name, text) for name in ("stage", "rule", "label")),
            ("weight", share),
            ("reason", text),
            ("log_odds", share),
        ]
    )
    return [
        ("doc", text),
        ("start", number),
        ("end", number),
        ("text", text),
        ("label", text),
        ("score", share),
        ("stage", text),
        ("rule", text),
        ("evidence", pa.list_(voice)),
    ]


def _failed(pa: Any) -> list[tuple[str, Any]]:
    return [(name, pa.string()) for name in ("source", "error", "message")]


_COLUMNS: Mapping[str, Callable[[Any], list[tuple[str, Any]]]] = {
    DOCUMENTS: _documents,
    REMOVED: _removed,
    FAILED: _failed,
}
