"""What reviewers say about lines, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import NamedTuple

from cleaner.model import Label

# 64 bits: among a hundred million different lines two of one hash are unlikely.
_HASH_CHARS = 16


class Kind(str, Enum):
    """What a verdict says: it was right, it was content, or it is something else."""

    ACCEPT = "accept"
    REJECT = "reject"
    RELABEL = "relabel"


class Scope(str, Enum):
    """What one act of a reviewer is about."""

    LINE = "line"
    RUN = "run"
    TEXT = "text"
    RULE = "rule"


class Place(NamedTuple):
    """A line of a run: its document and its code points there."""

    doc: str
    start: int
    end: int


class Line(NamedTuple):
    """A line to be judged: its place, the hash of its text, and the label that it is given."""

    place: Place
    text: str
    label: Label


@dataclass(frozen=True, slots=True)
class Act:
    """What a reviewer did at once, about one line or many."""

    reviewer: str
    kind: Kind
    scope: Scope
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer says about a line, as it stands: the latest that was not undone."""

    place: Place
    text: str
    """The hash of the line's text: a verdict holds for no other."""
    label: Label
    act: Act
    time: str


def text_hash(text: str) -> str:
    """What tells one line's text from all others.

    >>> text_hash("Kommentare")
    'e0bf243de9a192a6'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]
