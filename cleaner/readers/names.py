"""What the name of a file tells: how it is written and packed, and whether it holds pages."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from cleaner.readers.streams import COMPRESSIONS

_LABELS = ".gold"  # labels to score against, not pages
_RUN = "run.json"
_ROWS_RE = re.compile(r"(documents|removed|failed)(?:\.jsonl(?:\.gz|\.zst)?|\.parquet)?")
_UNPRINTABLE_RE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def endings(name: str) -> tuple[str, str]:
    """The suffix that tells the format, and the one of a compression behind it; in lower case.

    >>> endings("CC-MAIN.warc.wet.GZ"), endings("page.html"), endings("notes")
    (('.wet', '.gz'), ('.html', ''), ('', ''))
    """
    path = PurePosixPath(name)
    packed = path.suffix.lower()
    if packed not in COMPRESSIONS:
        return packed, ""
    return PurePosixPath(path.stem).suffix.lower(), packed


def holds_pages(name: str, formats: Collection[str]) -> bool:
    """Whether a file has one of these suffixes, packed or not, and is not one of labels."""
    suffix, packed = endings(name)
    stem = name.lower().removesuffix(packed).removesuffix(suffix)
    return suffix in formats and not (suffix == ".jsonl" and stem.endswith(_LABELS))


def is_run(names: Collection[str]) -> bool:
    """Whether these are the names of what an earlier run wrote into a folder, and perhaps more."""
    rows = {found[1] for name in names if (found := _ROWS_RE.fullmatch(name))}
    return _RUN in names and rows >= {"documents", "removed"}


def is_written(name: str) -> bool:
    """Whether a run, or its report, writes what has this name into its folder."""
    return name in {_RUN, "report"} or _ROWS_RE.fullmatch(name) is not None


def is_hidden(path: str) -> bool:
    """Whether a file, or a folder on the way to it, is hidden."""
    return any(part.startswith(".") for part in path.split("/"))


def printable(name: str) -> str:
    r"""The name with undecodable bytes and control characters written as escapes.

    >>> printable("caf\udce9\n.txt")
    'caf\\xe9\\n.txt'
    """
    return _UNPRINTABLE_RE.sub(_escape, name)


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if "\udc80" <= char <= "\udcff":  # an undecodable byte, as surrogateescape writes it
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")
