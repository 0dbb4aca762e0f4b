"""Tables as GitHub Flavored Markdown has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner.html.tags import attributes
from cleaner.markdown.inline import Inlines
from cleaner.markdown.paths import TABLE, Holder, Tree
from cleaner.model import Document

# A cell may say that it is thousands of columns wide.
MOST_SPAN = 50
_CELLS = frozenset(("td", "th"))
_SPAN_RE = re.compile(r"\s*(\d{1,9})")


class Cell(NamedTuple):
    """A cell in a row: its text as Markdown, and how many columns and rows it takes."""

    text: str
    columns: int = 1
    rows: int = 1


def data_tables(tree: Tree, paths: Mapping[int, Sequence[Holder]]) -> frozenset[int]:
    """The tables whose every row is one line, and which have a row of several cells.

    `paths` are what holds each line that is written. Other tables, and those in tables, only lay
    out a page.
    """
    rows: dict[int, list[int]] = {}
    others: set[int] = set()
    for line, path in paths.items():
        own = [holder.element for holder in path if holder.kind == TABLE]
        others.update(own[:-1])
        if own and row_of(tree, line) is not None:
            rows.setdefault(own[-1], []).append(line)
        if own and path[-1].kind != TABLE:
            others.add(own[-1])
    return frozenset(
        table for table, lines in rows.items() if table not in others and _is_data(tree, lines)
    )


def _is_data(tree: Tree, lines: Sequence[int]) -> bool:
    own = [row_of(tree, line) for line in lines]
    several = any(len(_cells(tree, row)) > 1 for row in own if row is not None)
    return several and len(set(own)) == len(own)


def row_of(tree: Tree, line: int) -> int | None:
    """The row that a line is in; None where it is in none, or not in a cell of it."""
    chain = tree.chain(line)
    rows = [e for e in chain if tree.name(e) == "tr"]
    if not rows or tree.parents[rows[-1]] == rows[-1]:
        return None
    inside = chain[chain.index(rows[-1]) + 1 :]
    in_cell = bool(inside) and tree.name(inside[0]) in _CELLS
    return rows[-1] if in_cell and TABLE not in map(tree.name, inside) else None


def _cells(tree: Tree, row: int) -> list[int]:
    return [e for e in tree.children.get(row, ()) if tree.name(e) in _CELLS]


def table(document: Document, tree: Tree, inlines: Inlines, lines: Sequence[int]) -> list[str]:
    """The lines of a table as Markdown; its first row is its head if all cells of it are."""
    rows = [_row(document, tree, inlines, line) for line in lines]
    grid = _grid(rows)
    width = max(map(len, grid))
    first = row_of(tree, lines[0])
    cells = _cells(tree, first) if first is not None else []
    has_head = all(tree.name(cell) == "th" for cell in cells) or _in_head(tree, lines[0])
    head, body = (grid[0], grid[1:]) if has_head else ([], grid)
    return [_written(head, width), "|" + " --- |" * width, *(_written(row, width) for row in body)]


def _in_head(tree: Tree, line: int) -> bool:
    return "thead" in map(tree.name, tree.chain(line))


def _row(document: Document, tree: Tree, inlines: Inlines, line: int) -> list[Cell]:
    """The cells of the row that a line is; one of all its text where they do not add up to it."""
    extents = tree.markup.extents
    start, end = int(document.lines.starts[line]), int(document.lines.ends[line])
    start += int(tree.markup.marks[line])
    row = row_of(tree, line)
    if extents is None or row is None:
        return [Cell(_text(inlines, line, *place)) for place in _between_tabs(document, start, end)]
    found = _cells(tree, row)
    places = [(int(extents[cell][0]), int(extents[cell][1])) for cell in found]
    if sum(_filled(document, *place) for place in places) != _filled(document, start, end):
        return [Cell(_text(inlines, line, start, end))]
    return [
        Cell(
            _text(inlines, line, *place) if place[0] < place[1] else "",
            _span(tree.markup.tags[cell], "colspan"),
            _span(tree.markup.tags[cell], "rowspan"),
        )
        for cell, place in zip(found, places, strict=True)
    ]


def _between_tabs(document: Document, start: int, end: int) -> Iterable[tuple[int, int]]:
    for piece in re.finditer(r"[^\t]+", document.text[start:end]):
        yield start + piece.start(), start + piece.end()


def _filled(document: Document, start: int, end: int) -> int:
    return len("".join(document.text[start:end].split()))


def _text(inlines: Inlines, line: int, start: int, end: int) -> str:
    return inlines.markdown(line, start, end).strip().replace("|", "\\|")


def _span(tag: str, key: str) -> int:
    found = _SPAN_RE.match(attributes(tag).get(key, ""))
    return min(max(int(found[1]), 1), MOST_SPAN) if found else 1


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The cells in their columns; those that reach further right or down leave empty ones there."""
    below: dict[int, int] = {}  # how many more rows each column is taken
    grid: list[list[str]] = []
    for row in rows:
        taken, written = {column: left for column, left in below.items() if left}, list[str]()
        below = {column: left - 1 for column, left in taken.items()}
        for cell in row:
            while taken.get(len(written), 0):
                written.append("")
            first = len(written)
            written += [cell.text, *[""] * (cell.columns - 1)]
            below |= dict.fromkeys(range(first, len(written)), cell.rows - 1)
        grid.append(written)
    return grid


def _written(row: Sequence[str], width: int) -> str:
    return "| " + " | ".join([*row, *[""] * (width - len(row))]) + " |"
