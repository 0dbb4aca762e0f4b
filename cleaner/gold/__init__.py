"""Labelled pages, read and validated."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from cleaner.errors import SourceError
from cleaner.model import Document, Label
from cleaner.text.segment import segment

Page = TypeVar("Page", bound="GoldPage")
_NO_WEIGHT_RE = re.compile(r"[\W_]")


class GoldLine(BaseModel):
    """A line and its label; a null or empty label is not scored."""

    model_config = ConfigDict(extra="allow", frozen=True)

    text: str
    label: Label | None = None

    @field_validator("label", mode="before")
    @classmethod
    def _empty_is_none(cls, label: object) -> object:
        return label or None


class GoldPage(BaseModel):
    """A page with a label on every line; further fields are kept, to group pages by them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    url: str | None = None
    lang: str | None = None
    lines: tuple[GoldLine, ...]

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def missing(self) -> Sequence[GoldLine]:
        """Labelled lines that what is cleaned does not have."""
        return ()

    def document(self) -> Document:
        """What is cleaned: the lines, one below the other."""
        return segment(self.text, self.id, url=self.url)

    def starts(self) -> list[int]:
        """Where in the document's text each line starts."""
        found, end = [], 0
        for line in self.lines:
            found.append(end)
            end += len(line.text) + 1
        return found

    def labels_of(self, document: Document) -> list[Label | None]:
        """For each line of what is cleaned, the label of the gold line that it begins in."""
        starts = self.starts()
        return [
            self.lines[bisect_right(starts, at) - 1].label for at in document.lines.starts.tolist()
        ]


def read_gold(file: Path) -> Iterator[GoldPage]:
    """The pages of a gold file, one JSON row each.

    Raises:
        SourceError: the file cannot be read, or a row is no gold page; names file and line.
    """
    try:
        with file.open(encoding="utf-8", newline="\n") as rows:
            for number, row in enumerate(rows, 1):
                if row.strip():
                    yield _page(row, f"{file}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: cannot be read: {error}") from None


def read_labelled(file: Path) -> list[GoldPage]:
    """The pages of a gold file that says anything.

    Raises:
        SourceError: the file cannot be read, a row is no gold page, or no line with text has a
            label.
    """
    pages = list(read_gold(file))
    if not any(line.label and weigh(line.text) for page in pages for line in page.lines):
        raise SourceError(
            f"{file}: no labelled line with text; a row is"
            ' {"id", "lines": [{"text", "label"}]}, a page'
        )
    return pages


def distinct(pages: Sequence[Page]) -> list[Page]:
    """The pages, of those with the same id the first."""
    first = {page.id: page for page in reversed(pages)}
    return [page for page in pages if first[page.id] is page]


def _page(row: str, place: str) -> GoldPage:
    try:
        page = GoldPage.model_validate_json(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise SourceError(
            f"{place}: not a gold page: {where}: {first['msg']}; a row is"
            ' {"id", "lines": [{"text", "label"}]}'
        ) from None
    return page


def weigh(text: str) -> int:
    """The letters and digits of a text.

    >>> weigh("Ja - 3_4")
    4
    """
    return len(_NO_WEIGHT_RE.sub("", text))
