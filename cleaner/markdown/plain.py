"""A text's kept lines as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from cleaner.decide.decisions import Decisions
from cleaner.markdown.escape import as_line, escaped, heading, verse_of
from cleaner.model import Bools, Document, Label

# Longer lines that follow each other without a blank one are paragraphs; shorter ones are verse.
VERSE_CHARS = 100
_BULLET_RE = re.compile(r"[-•*]\s+(?=\S)")
_NUMBER_RE = re.compile(r"(\d{1,9})[.)]\s+(?=\S)")
_BLANKS_RE = re.compile(r"\s+")
TEXT, TITLE, BULLET, NUMBER = range(4)


def of_text(document: Document, decisions: Decisions, stays: Bools) -> str:
    """The lines of a text without markup that stay.

    Numbers make a list where at least two lines below each other count on. Short lines without a
    blank one between are verse, in a text that has blank lines.
    """
    lines = np.flatnonzero(stays).tolist()
    titles = frozenset(np.flatnonzero(decisions.labelled({Label.TITLE})).tolist())
    counted = _counted(document, lines)
    kinds = {line: _kind(document, line, titles, counted) for line in lines}
    runs = groupby(lines, lambda line: kinds[line])
    return "\n\n".join(
        "\n".join(block) for kind, run in runs for block in _blocks(document, list(run), kind)
    )


def _kind(document: Document, line: int, titles: frozenset[int], counted: frozenset[int]) -> int:
    if line in titles:
        return TITLE
    if line in counted:
        return NUMBER
    return BULLET if _BULLET_RE.match(document.content(line)) else TEXT


def _counted(document: Document, lines: Sequence[int]) -> frozenset[int]:
    """The lines whose numbers count on from the line above, or are counted on from below."""
    number = {i: int(m[1]) for i in lines if (m := _NUMBER_RE.match(document.content(i)))}
    steps = [(a, b) for a, b in pairwise(lines) if number.get(a, -1) + 1 == number.get(b)]
    return frozenset(line for step in steps for line in step)


def _blocks(document: Document, lines: Sequence[int], kind: int) -> Iterator[list[str]]:
    contents = [document.content(line) for line in lines]
    if kind == TITLE:
        yield from ([heading(_text(content), 1)] for content in contents)
    elif kind == BULLET:
        yield [f"- {as_line(_text(_BULLET_RE.sub('', content, count=1)))}" for content in contents]
    elif kind == NUMBER:
        yield from _numbered(contents)
    else:
        yield from _paragraphs(document, lines)


def _numbered(contents: Sequence[str]) -> Iterator[list[str]]:
    marker, block, expected = ")", list[str](), -1
    for content in contents:
        found = _NUMBER_RE.match(content)
        number = int(found[1]) if found else 0
        if number != expected:  # begins a list of its own
            marker = "." if marker == ")" else ")"
            if block:
                yield block
            block = []
        text = _text(content[found.end() :] if found else content)
        block.append(f"{number}{marker} {as_line(text)}")
        expected = number + 1
    yield block


def _paragraphs(document: Document, lines: Sequence[int]) -> Iterator[list[str]]:
    has_blanks = bool((np.diff(document.lines.numbers) > 1).any())
    verse: list[str] = []
    last = -1
    for line in lines:
        if verse and not (has_blanks and _is_verse(document, last, line)):
            yield verse_of(verse)
            verse = []
        verse.append(as_line(_text(document.content(line))))
        last = line
    if verse:
        yield verse_of(verse)


def _is_verse(document: Document, above: int, below: int) -> bool:
    numbers = document.lines.numbers
    longest = max(len(document.content(above)), len(document.content(below)))
    return int(numbers[below] - numbers[above]) == 1 and longest <= VERSE_CHARS


def _text(content: str) -> str:
    return escaped(_BLANKS_RE.sub(" ", content))
