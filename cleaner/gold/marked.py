"""Labelled pages with their HTML: the labels brought to the lines that the markup gives."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import compress
from pathlib import Path

from pydantic import PrivateAttr

from cleaner.errors import SourceError
from cleaner.gold import GoldLine, GoldPage
from cleaner.html.documents import documents
from cleaner.model import Bools, Document, HtmlPage
from cleaner.text.segment import segment

_LIST_MARKS_RE = re.compile(r"^(?:(?:•|\d{1,3}\.) )+")
SUFFIXES = (".html", ".html.gz")


class MarkedPage(GoldPage):
    """A labelled page in HTML; its lines are those of its document, one for one."""

    _document: Document = PrivateAttr()
    _missing: tuple[GoldLine, ...] = PrivateAttr(default=())

    @classmethod
    def of(cls, page: GoldPage, document: Document) -> MarkedPage:
        """A labelled page as the lines of a document of the same page.

        A line of the document has the label of the line with the same text, in the same order as
        far as can be; others have none.
        """
        places = list(_places(document.contents(), [line.text for line in page.lines]))
        lines: list[GoldLine] = [GoldLine(text=content) for content in document.contents()]
        for at, of_gold in places:
            lines[at] = GoldLine(text=lines[at].text, label=page.lines[of_gold].label)
        found = cls(**{**page.model_dump(exclude={"lines"}), "lines": lines})
        known = {of_gold for _, of_gold in places}
        found._document = document  # our own
        found._missing = tuple(
            line for i, line in enumerate(page.lines) if i not in known and line.text.strip()
        )
        return found

    @property
    def missing(self) -> Sequence[GoldLine]:
        """Labelled lines that the document does not have."""
        return self._missing

    def document(self) -> Document:
        """What is cleaned."""
        return self._document

    def only(self, rows: Bools) -> MarkedPage:
        """The page without its other lines; all that the markup says of these stays as it was."""
        lines = tuple(line for line, stays in zip(self.lines, rows.tolist(), strict=True) if stays)
        found = self.model_copy(update={"lines": lines})
        found._document = _only(self._document, rows)  # noqa: SLF001  # our own
        return found

    def saying(self, lines: Sequence[GoldLine]) -> MarkedPage:
        """The page with another text in each line; all that the markup says of it stays."""
        found = self.model_copy(update={"lines": tuple(lines)})
        document = segment("\n".join(line.text for line in lines), self._document.id)
        found._document = replace(document, markup=self._document.markup)  # noqa: SLF001  # our own
        return found

    def starts(self) -> list[int]:
        """Where in the document's text each line starts."""
        found: list[int] = self._document.lines.starts.tolist()
        return found


def _only(document: Document, rows: Bools) -> Document:
    text = "\n".join(compress(document.contents(), rows.tolist()))
    markup = None if document.markup is None else document.markup.only(rows)
    return replace(segment(text, document.id), markup=markup)


def read_marked(pages: Sequence[GoldPage], folder: Path) -> Iterator[MarkedPage]:
    """Labelled pages with their markup, from files named by their ids, as `4f89.html.gz`.

    Raises:
        SourceError: a page has no file there, or it cannot be read.
    """
    for page in pages:
        [document] = documents([HtmlPage(page.id, _raw(page.id, folder), url=page.url)])
        yield MarkedPage.of(page, document)


def _raw(name: str, folder: Path) -> bytes:
    for file in (folder / f"{name}{suffix}" for suffix in SUFFIXES):
        try:
            raw = file.read_bytes()
            return gzip.decompress(raw) if file.suffix == ".gz" else raw
        except FileNotFoundError:
            continue
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"{file}: cannot be read: {error}") from None
    raise SourceError(f"{folder}: no {name}.html or {name}.html.gz for the page '{name}'")


def _places(contents: Sequence[str], gold: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which line of a document is which labelled line: in order, then the rest wherever it is."""
    numbers: dict[str, int] = {}
    ours = [numbers.setdefault(_folded(text), len(numbers)) for text in contents]
    theirs = [numbers.setdefault(_folded(text), len(numbers)) for text in gold]
    free: dict[int, list[int]] = defaultdict(list)
    for at in reversed(range(len(ours))):
        free[ours[at]].append(at)
    matched = set()
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        for i in range(block.size):
            matched.add(block.b + i)
            free[ours[block.a + i]].remove(block.a + i)
            yield block.a + i, block.b + i
    for of_gold, number in enumerate(theirs):
        if of_gold not in matched and free[number]:
            yield free[number].pop(), of_gold


def _folded(text: str) -> str:
    """A text without list marks, which markup may have where flat lines have none."""
    return _LIST_MARKS_RE.sub("", " ".join(text.split()))
