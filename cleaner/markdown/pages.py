"""A page's kept lines as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from cleaner.decide.decisions import Decisions
from cleaner.markdown.blocks import Entry, blocks, code, joined
from cleaner.markdown.escape import as_line, heading, verse_of
from cleaner.markdown.inline import Inlines, inlines
from cleaner.markdown.paths import CODE, TABLE, Holder, Tree, in_items
from cleaner.markdown.tables import data_tables, row_of, table
from cleaner.model import Bools, Document, Label

# Longer lines that a break parts are paragraphs; shorter ones are verse, or an address.
VERSE_CHARS = 100


def of_page(document: Document, decisions: Decisions, stays: Bools, *, links: bool) -> str:
    """The lines of a page that stay."""
    if document.markup is None:
        raise ValueError(f"{document.id}: has no markup")
    tree = Tree(document.markup)
    lines = np.flatnonzero(stays).tolist()
    titles = frozenset(np.flatnonzero(decisions.labelled({Label.TITLE})).tolist())
    page = _Page(document, tree, inlines(document, links=links), titles)
    entries = page.entries(lines)
    return "\n".join(joined(blocks(entries, page.leaves, tree.numbers)))


@dataclass(frozen=True)
class _Page:
    document: Document
    tree: Tree
    inlines: Inlines
    titles: frozenset[int]

    def entries(self, lines: Sequence[int]) -> list[Entry]:
        """The lines with what holds them; a title is in nothing, and layout is left out."""
        whole = in_items([() if i in self.titles else self.tree.holders(i) for i in lines])
        data = data_tables(self.tree, dict(zip(lines, whole, strict=True)))
        paths = [
            tuple(h for h in path if h.kind != TABLE or (h.element in data and self._in_row(line)))
            for line, path in zip(lines, whole, strict=True)
        ]
        return list(map(Entry, lines, paths))

    def _in_row(self, line: int) -> bool:
        return row_of(self.tree, line) is not None

    def leaves(self, entries: Sequence[Entry], holder: Holder) -> Iterator[list[str]]:
        """The blocks of lines that nothing more holds, or a table, or a code block."""
        lines = [entry.line for entry in entries]
        if holder.kind == TABLE:
            yield table(self.document, self.tree, self.inlines, lines)
        elif holder.kind == CODE:
            yield code(list(self._code(lines)), self.tree.language(holder.element))
        else:
            for level, some in groupby(self._runs(lines), self._level):
                for run in some:
                    yield from self._text(run, level)

    def _runs(self, lines: Sequence[int]) -> Iterator[list[int]]:
        """Lines one below the other in one block."""
        run: list[int] = []
        for line in lines:
            follows = (
                run and line == run[-1] + 1 and self.tree.block(line) == self.tree.block(run[-1])
            )
            if run and not follows:
                yield run
                run = []
            run.append(line)
        if run:
            yield run

    def _level(self, run: Sequence[int]) -> int:
        return 1 if run[0] in self.titles else self.tree.heading(run[0])

    def _text(self, run: Sequence[int], level: int) -> Iterator[list[str]]:
        """A heading, a verse, or paragraphs."""
        written = [self._markdown(line) for line in run]
        if level:
            yield [heading(" ".join(written), level)]
            return
        verse: list[str] = []
        for line, text in zip(run, written, strict=True):
            if verse and not (self._is_short(line) and self._is_short(line - 1)):
                yield verse_of(verse)
                verse = []
            verse.append(as_line(text))
        yield verse_of(verse)

    def _is_short(self, line: int) -> bool:
        return int(self.document.lines.ends[line] - self.document.lines.starts[line]) <= VERSE_CHARS

    def _place(self, line: int) -> tuple[int, int]:
        """Start and end of a line, its list mark left out."""
        lines, marks = self.document.lines, self.tree.markup.marks
        return int(lines.starts[line]) + int(marks[line]), int(lines.ends[line])

    def _markdown(self, line: int) -> str:
        return self.inlines.markdown(line, *self._place(line)).strip()

    def _code(self, lines: Sequence[int]) -> Iterator[str]:
        """Lines as they stand, indented; blank ones between neighbours stay."""
        text = self.document.text
        for i, line in enumerate(lines):
            start, end = self._place(line)
            begins = text.rfind("\n", 0, start) + 1
            if i and lines[i - 1] == line - 1:
                between = text[int(self.document.lines.ends[line - 1]) : begins]
                yield from [""] * (between.count("\n") - 1)
            indent = text[begins : int(self.document.lines.starts[line])]
            yield (indent if not indent.strip() else "") + text[start:end]
