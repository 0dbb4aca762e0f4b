"""What the elements around comments tell: who wrote them, when, and which lines are their text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from cleaner.comments.bylines import byline
from cleaner.comments.dates import LONGEST_DATE_CHARS, iso_date
from cleaner.comments.tree import Tree, near
from cleaner.comments.words import (
    LONGEST_NAME_CHARS,
    author_name,
    is_button,
    names_action,
    names_author,
    names_date,
    says_nothing,
)
from cleaner.html.tags import attributes, name

# A line so few levels below an element of actions is one of them.
ACTION_LEVELS = 3
_FORMS = frozenset(("form", "button", "label"))
_MACHINE_DATES = ("datetime", "content", "title")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a comment's text, or what is left of it beside who and when."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Told:
    """What a page tells of its comments, each in the order of the text."""

    dates: Sequence[int]  # elements
    authors: Sequence[int]  # elements
    pieces: Sequence[Piece]

    @cached_property
    def date_set(self) -> frozenset[int]:
        """The elements of dates."""
        return frozenset(self.dates)


def told(tree: Tree, spoken: Sequence[int]) -> Told:
    """What is told around some lines, which are those of comments."""
    around = near(tree, spoken)
    dates = [e for e in around if _is_date(tree, e)]
    authors = [e for e in around if _is_author(tree, e)]
    announced = sorted({(tree.starts[e], tree.ends[e]) for e in (*dates, *authors)})
    pieces = (_piece(tree, line, announced) for line in spoken if not _is_action(tree, line))
    dates.sort(key=tree.starts.__getitem__)
    return Told(dates, authors, [piece for piece in pieces if piece])


def date_of(tree: Tree, elements: Sequence[int]) -> str | None:
    """The date of some elements in ISO 8601, for machines or else for readers; None if not told."""
    given = (attributes(tree.tags[element]) for element in elements)
    machine = (each[key] for each in given for key in _MACHINE_DATES if key in each)
    return next(filter(None, map(iso_date, chain(machine, map(tree.text, elements)))), None)


def author_of(tree: Tree, element: int, dates: Sequence[int]) -> str | None:
    """The name in an element, dates in it left out; None where it is none.

    `dates` are elements in the order of the text.
    """
    start, end = tree.starts[element], tree.ends[element]
    for date in dates[bisect_left(dates, start, key=tree.starts.__getitem__) :]:
        if tree.starts[date] >= end:
            break
        if tree.starts[date] > start:
            end = tree.starts[date]
        elif tree.ends[date] < end:
            start = tree.ends[date]
    return author_name(tree.document.text[start:end])


def _is_date(tree: Tree, element: int) -> bool:
    if tree.ends[element] - tree.starts[element] > LONGEST_DATE_CHARS + LONGEST_NAME_CHARS:
        return False
    text, tag = tree.text(element), tree.tags[element]
    if "\n" not in text and byline(text):
        return True
    if len(text) > LONGEST_DATE_CHARS or name(tag) == "time":
        return len(text) <= LONGEST_DATE_CHARS
    has_number = any(map(str.isdigit, text)) and any(map(str.isalpha, text))
    return has_number and names_date(tag) and not names_action(tag)


def _is_author(tree: Tree, element: int) -> bool:
    if tree.ends[element] - tree.starts[element] > LONGEST_NAME_CHARS:
        return False
    if not names_author(tree.tags[element]) or _in_form(tree, element):
        return False
    text = tree.text(element)
    return byline(text) is None and author_name(text) is not None


def _is_action(tree: Tree, line: int) -> bool:
    above = list(islice(tree.above(tree.own_lines[line]), ACTION_LEVELS))
    if any(names_action(tree.tags[e]) for e in above):
        return True
    return _in_form(tree, above[-1])


def _in_form(tree: Tree, element: int) -> bool:
    return any(name(tree.tags[e]) in _FORMS for e in tree.above(element))


def _piece(tree: Tree, line: int, announced: Sequence[tuple[int, int]]) -> Piece | None:
    """What a line says beside who and when at its beginning and end; None for nothing."""
    text, start, end = tree.document.text, tree.content_starts[line], tree.line_ends[line]
    near = announced[bisect_left(announced, (start, start)) : bisect_left(announced, (end, end))]
    inside = [(a, b) for a, b in near if b <= end]
    for a, b in inside:
        if a >= start and says_nothing(text[start:a]):
            start = b
    for a, b in reversed(inside):
        if a >= start and b <= end and says_nothing(text[b:end]):
            end = a
    if inside:
        start += _leading(text[start:end])
        end = start + len(text[start:end].rstrip(" \t|·•,"))
        if says_nothing(text[start:end]):
            return None
    return None if start >= end or is_button(text[start:end]) else Piece(line, start, end)


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip(" \t\xa0:|·•,–—-"))
