"""Restored sources as files."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from cleaner.errors import LedgerError

# What file systems do not take in a name, or take for something else, and the escape itself.
_UNSAFE_RE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\%]')
LONGEST_NAME_BYTES = 200


def write_source(folder: Path, name: str, text: str) -> Path:
    """Write a document's source under its id, in UTF-8, exactly; returns where.

    Raises:
        LedgerError: the place is taken by a folder, or by the file that should be one.
    """
    target = folder.joinpath(*map(safe_name, name.split("/")))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))
    except (FileExistsError, IsADirectoryError, NotADirectoryError) as error:
        raise LedgerError(
            f"'{name}': {target} is in the way ({error.strerror}); restore into an empty folder, or"
            " give documents ids of which none is the folder of another"
        ) from None
    return target


def safe_name(part: str) -> str:
    """A file name for a part of an id: reversible but for very long ones, never leading out.

    >>> safe_name("rows.jsonl:17"), safe_name(".."), safe_name("")
    ('rows.jsonl%3A17', '%2E%2E', '%')
    """
    if not part.strip("."):
        return "%2E" * len(part) or "%"
    name = _UNSAFE_RE.sub(lambda found: f"%{ord(found.group()):02X}", part)
    if len(name.encode("utf-8")) <= LONGEST_NAME_BYTES:
        return name
    head = name.encode("utf-8")[: LONGEST_NAME_BYTES // 2].decode("utf-8", "ignore")
    return f"{head}~{sha256(part.encode('utf-8')).hexdigest()}"
