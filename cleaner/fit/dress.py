"""Lines of a page in another dress: same labels, another look."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from cleaner.gold import GoldLine
from cleaner.model import Label

# Most headings become loud, and more paragraphs than not are joined or split: a page where all were
# would show nothing of how the two kinds stand side by side.
LOUD_SHARE, JOINED_SHARE, SPLIT_SHARE = 0.8, 0.6, 0.6
SHORT_LINE_CHARS, LONG_LINE_CHARS, SPLIT_CHARS = 60, 80, 200
# Paragraphs that become a poem or a list, words a line, and lines at most.
BROKEN_PARAGRAPHS, BROKEN_WORDS, MOST_PIECES = (1, 3), (2, 8), 20
# Rows and columns of tables, and how many of these have names on top.
TABLE_ROWS, COLUMNS, HEADED_SHARE = (3, 8), (2, 5), 0.6
_BULLET_RE = re.compile(r"^[-–—•●▪·*»›>|]\s+")
_SENTENCE_RE = re.compile(r"(?<=[.!?])\s+")

Lines = list[GoldLine]
Mark = Callable[[random.Random], str]


def dressed(lines: Lines, rng: random.Random) -> Lines:
    """The same lines without bullets, with loud headings, joined, or split at sentences."""
    return rng.choice([_without_bullets, _loud, _joined, _split])(lines, rng)


def _without_bullets(lines: Lines, _: random.Random) -> Lines:
    return [with_text(line, bare(line.text)) for line in lines]


def _loud(lines: Lines, rng: random.Random) -> Lines:
    return [
        with_text(x, x.text.upper()) if _is_heading(x) and rng.random() < LOUD_SHARE else x
        for x in lines
    ]


def _is_heading(line: GoldLine) -> bool:
    short = len(line.text) < SHORT_LINE_CHARS and not line.text.endswith(".")
    return line.label is Label.TITLE or (line.label is Label.BODY and short)


def _joined(lines: Lines, rng: random.Random) -> Lines:
    found: Lines = []
    for line in lines:
        both = found and _is_paragraph(line) and _is_paragraph(found[-1])
        if both and rng.random() < JOINED_SHARE:
            found[-1] = with_text(line, f"{found[-1].text} {line.text}")
        else:
            found.append(line)
    return found


def _is_paragraph(line: GoldLine) -> bool:
    return line.label is Label.BODY and len(line.text) > LONG_LINE_CHARS


def _split(lines: Lines, rng: random.Random) -> Lines:
    found: Lines = []
    for line in lines:
        long = line.label is Label.BODY and len(line.text) > SPLIT_CHARS
        split = long and rng.random() < SPLIT_SHARE
        found += [with_text(line, x) for x in _SENTENCE_RE.split(line.text)] if split else [line]
    return found


def broken(lines: Lines, rng: random.Random) -> Lines:
    """Some paragraphs broken into short lines, as those of verse, lists and programmes.

    Never the last: short lines below the last paragraph are more often somebody else's headlines.
    """
    paragraphs = [i for i, line in enumerate(lines) if _is_paragraph(line)][:-1]
    if not paragraphs:
        return lines
    first = rng.choice(paragraphs)
    last = min(first + rng.randint(*BROKEN_PARAGRAPHS), len(lines) - 1)
    mark = rng.choice(_MARKS)
    words = rng.randint(*BROKEN_WORDS)
    found: Lines = []
    for i, line in enumerate(lines):
        short = first <= i < last and _is_paragraph(line)
        found += _pieces(line, words, mark, rng) if short else [line]
    return found


def _pieces(line: GoldLine, most: int, mark: Mark, rng: random.Random) -> Lines:
    """A paragraph in lines of about as many words, each behind a mark; a long rest stays whole."""
    words = line.text.split()
    found: Lines = []
    while words:
        rest = len(found) == MOST_PIECES
        count = len(words) if rest else max(1, most + rng.randint(-1, 1))
        text = " ".join(words[:count])
        text = text if rest else text.strip(",;:") or text
        found.append(with_text(line, mark(rng) + text[:1].upper() + text[1:]))
        words = words[count:]
    return found


_MARKS: tuple[Mark, ...] = (
    lambda _: "",
    lambda _: "",
    lambda _: "- ",
    lambda _: "• ",
    lambda rng: f"{rng.randint(0, 23):02}:{rng.choice(['00', '15', '30', '45'])} ",
    lambda rng: f"{rng.randint(1, 900)} ",
)


def tabled(lines: Lines, rng: random.Random) -> Lines:
    """A table between two paragraphs, of words and numbers of its own: cells side by side."""
    paragraphs = [i for i, line in enumerate(lines) if _is_paragraph(line)][:-1]
    if not paragraphs:
        return lines
    at = rng.choice(paragraphs) + 1
    words = [word.strip(",.;:") for word in lines[at - 1].text.split()]
    between, columns, number = rng.choice(_BETWEEN_CELLS), rng.randint(*COLUMNS), rng.choice(_CELLS)

    def row(*cells: str) -> GoldLine:
        return GoldLine(text=between.join(cells), label=Label.BODY)

    def name() -> str:
        some = " ".join(rng.sample(words, min(len(words), rng.randint(1, 2))))
        return some[:1].upper() + some[1:]

    head = [row(*(name() for _ in range(columns)))] if rng.random() < HEADED_SHARE else []
    rows = [
        row(name(), *(number(rng) for _ in range(columns - 1)))
        for _ in range(rng.randint(*TABLE_ROWS))
    ]
    return [*lines[:at], *head, *rows, *lines[at:]]


_BETWEEN_CELLS = (" | ", " | ", "\t", " · ", ": ")
_CELLS: tuple[Mark, ...] = (
    lambda rng: f"{rng.randint(1, 99)}.{rng.randint(0, 999):03} €",
    lambda rng: f"${rng.randint(1, 9_999):,}",
    lambda rng: f"{rng.randint(0, 99)},{rng.randint(0, 9)} %",
    lambda rng: f"{rng.randint(1, 999)}",
    lambda rng: f"{rng.randint(1, 99)}.{rng.randint(0, 9)} km",
    lambda rng: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
)


def bare(text: str) -> str:
    """A line without its bullet."""
    return _BULLET_RE.sub("", text) or text


def with_text(line: GoldLine, text: str) -> GoldLine:
    """The line with another text."""
    return line.model_copy(update={"text": text})
