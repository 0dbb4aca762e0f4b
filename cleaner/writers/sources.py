"""Restored sources as files."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from cleaner.errors import LedgerError


def write_source(folder: Path, name: str, text: str) -> None:
    """Write a document's source under its id, in UTF-8, exactly.

    Raises:
        LedgerError: the id would lead out of the folder.
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0].startswith("/") or ":" in parts[0]:
        raise LedgerError(f"'{name}': an id that leads out of {folder}; rename the document")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode("utf-8"))
