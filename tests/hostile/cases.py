"""What a case of the gallery is: what lies in a folder, what is run, and what must come out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FINE, SOME_FAILED, WRONG_USE = 0, 1, 2
RUN = ("run", "in", "-o", "out")
# The sizes that are told in names take minutes in all; by default cases have a part of them.
USUAL_PART = 200
WHOLE_SIZES = os.environ.get("HOSTILE_SIZES") == "whole"


@dataclass(frozen=True)
class Case:
    """Files of a folder, a command run in it, and its outcome."""

    name: str
    files: Mapping[str, bytes]
    arguments: tuple[str, ...] = RUN
    first: tuple[str, ...] | None = None
    """What is run before, and must end well."""
    make: Callable[[Path], None] | None = None
    """Makes in the folder what is no file of bytes, or spoils what was written first."""
    code: int = FINE
    ids: tuple[str, ...] | None = None
    """Of all rows, in order; None where nobody asks."""
    has: tuple[str, ...] = ()
    """Parts of the clean texts, laid end to end."""
    lacks: tuple[str, ...] = ()
    flags: frozenset[str] | None = None
    """Of all rows together, but for those that say how surely lines were judged."""
    repairs: tuple[str, ...] | None = None
    """Kinds and details of all rows, in order."""
    encoding: str | None = None
    failures: tuple[str, ...] = ()
    """A part of the message of each, in order."""
    error: tuple[str, ...] = ()
    """Parts of the one line on stderr, where the use was wrong."""

    @property
    def out(self) -> str:
        """The folder of results."""
        return self.arguments[self.arguments.index("-o") + 1]

    def lay(self, folder: Path) -> None:
        """Put the files into a folder."""
        for name, content in self.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def sized(whole: int) -> int:
    """So many of something, or by default a part of them."""
    return whole if WHOLE_SIZES else whole // USUAL_PART


def text(name: str, content: bytes | str, **expected: Any) -> Case:
    """A case of one plain text."""
    return _of_file(name, "in/page.txt", content, expected)


def page(name: str, content: bytes | str, **expected: Any) -> Case:
    """A case of one page of HTML."""
    return _of_file(name, "in/page.html", content, expected)


def lines(name: str, content: bytes | str, **expected: Any) -> Case:
    """A case of one file of JSON Lines."""
    return _of_file(name, "in/rows.jsonl", content, expected)


def wrong(name: str, files: Mapping[str, bytes | str], *arguments: str, error: str) -> Case:
    """A case of wrong use; the parts of its message are parted by '…'."""
    parts = tuple(part.strip() for part in error.split("…"))
    return Case(name, _bytes(files), arguments, code=WRONG_USE, error=parts)


def _of_file(name: str, file: str, content: bytes | str, expected: Mapping[str, Any]) -> Case:
    given = {key: _as_tuple(value) for key, value in expected.items()}
    return Case(name, _bytes({file: content}), **given)


def _bytes(files: Mapping[str, bytes | str]) -> dict[str, bytes]:
    return {
        name: content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        for name, content in files.items()
    }


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
