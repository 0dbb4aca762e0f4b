"""Dolma: its documents read, and removed spans written as attributes that its mixer applies."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, tee
from pathlib import Path
from typing import IO, Any

from cleaner.errors import CleanerError, SourceError
from cleaner.model import Input
from cleaner.pipeline import Outcome, Pipeline
from cleaner.readers import mapping
from cleaner.settings import Fields

DOCUMENTS, ATTRIBUTES = "documents", "attributes"
SUFFIX = ".jsonl.gz"
Span = tuple[int, int, float]


def read(file: Path) -> Iterator[Input]:
    """The documents of a file in Dolma's format, as `Pipeline.outcomes` takes them.

    Where its metadata has a `url`, `title`, `author` or `language`, they are those of the document;
    `created` is its date.

    Raises:
        SourceError: a line is no such document.
    """
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _document(json.loads(line))
            except (ValueError, SourceError, AttributeError) as error:
                raise SourceError(f"{file}:{number}: no document of Dolma ({error})") from None


def write_attributes(
    documents: Path, name: str = "cleaner", pipeline: Pipeline | None = None
) -> list[Path]:
    """Write what is removed from all documents below a folder called `documents`; returns where.

    A file `documents/a/b.jsonl.gz` gets a file `attributes/NAME/a/b.jsonl.gz` beside it, with a row
    for each of its documents, in order. The spans of an attribute reach to the next line, so what
    the mixer leaves is the clean text, but for white space at both ends.

    Raises:
        SourceError: the folder is not called so, or has no documents.
    """
    if documents.name != DOCUMENTS:
        raise SourceError(f"{documents}: must be called '{DOCUMENTS}', as Dolma looks for it")
    files = sorted(documents.rglob(f"*{SUFFIX}"))
    if not files:
        raise SourceError(f"{documents}: has no files *{SUFFIX}")
    folder, chosen = documents.parent / ATTRIBUTES / name, pipeline or Pipeline()
    targets = [folder / file.relative_to(documents) for file in files]
    for file, target in zip(files, targets, strict=True):
        _write(target, attributes(read(file), name, chosen))
    return targets


def attributes(
    documents: Iterable[Input], name: str, pipeline: Pipeline
) -> Iterator[dict[str, Any]]:
    """A row of attributes for each document: what is removed, all together and by label.

    One that cannot be cleaned has no spans, and the attribute `failed` over no text.
    """
    given, read = tee(documents)
    for document, outcome in zip(given, pipeline.outcomes(read), strict=True):
        yield {"id": document.id, "attributes": dict(_attributes(outcome, f"{name}__cleaner__"))}


def _attributes(outcome: Outcome, prefix: str) -> Iterator[tuple[str, list[Span]]]:
    if isinstance(outcome, CleanerError):
        yield f"{prefix}removed", []
        yield f"{prefix}failed", [(0, 0, 1.0)]
        return
    starts = [start for start, _, _ in outcome.kept] + [gone.start for gone in outcome.removed]
    following = dict(pairwise([*sorted(starts), outcome.length]))
    spans = [(gone.start, following[gone.start], gone.score) for gone in outcome.removed]
    labels = [gone.label for gone in outcome.removed]
    yield f"{prefix}removed", spans
    for label in sorted(set(labels)):
        own = zip(spans, labels, strict=True)
        yield f"{prefix}{label}", [span for span, each in own if each is label]


def _document(row: Mapping[str, Any]) -> Input:
    about = row.get("metadata")
    told = about if isinstance(about, Mapping) else {}
    facts = {key: told.get(key) for key in ("url", "title", "author", "authors", "language")}
    return mapping.document({**facts, "date": row.get("created"), **_own(row)}, Fields(), "")


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row.get(key) for key in ("id", "text")}


def _write(target: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """A file of rows, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        # Without a time: the same rows are the same bytes.
        with part.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as opened:
            _write_rows(opened, rows)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write_rows(opened: IO[bytes] | gzip.GzipFile, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        opened.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode())
