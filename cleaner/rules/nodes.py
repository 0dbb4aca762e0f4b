"""The nodes of a pattern's syntax tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """These characters, in either case where case is ignored."""

    text: str


@dataclass(frozen=True, slots=True)
class Character:
    """One character: one of `members`, or any that `source` says where there are none."""

    members: tuple[str, ...]
    source: str
    ignores_case: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same several times; without limit where `most` is None."""

    part: Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The beginning (^) or end ($) of the line, or a condition that takes no character."""

    kind: str


Node: TypeAlias = Text | Character | Sequence | Choice | Repeat | Anchor
