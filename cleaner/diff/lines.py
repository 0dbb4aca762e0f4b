"""A line of a diff, apart from how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cleaner.model import Label
from cleaner.text.hidden import inert


class Kind(str, Enum):
    """What a line of a diff tells; the value is the mark that it begins with."""

    DOCUMENT = ""
    HUNK = "@"
    GONE = "-"
    BACK = "+"
    OTHER = "!"
    SAME = " "
    REASON = "#"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a diff, and the label it is about, if any; nothing in it steers a terminal."""

    kind: Kind
    text: str
    label: Label | None = None


def numbered(kind: Kind, number: int, text: str, label: Label | None = None) -> Line:
    """A line of a source with its mark and its number."""
    return Line(kind, f"{kind.value}{number:>5} {inert(text)}", label)


def reason(text: str, label: Label | None = None) -> Line:
    """What is said about the lines below, or the line above."""
    return Line(Kind.REASON, f"#      {inert(text)}", label)
