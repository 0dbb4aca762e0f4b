"""Text to Document: where the lines are. Nothing is changed, stripped or joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from cleaner.decode import without_surrogates
from cleaner.model import Document, Line

# \n, \r\n and \r end a line. str.splitlines would also break at U+2028, \v, \f and U+0085.
_LINE_RE = re.compile(r"[^\r\n]+")
_LINE_END_RE = re.compile(r"\r\n|\n|\r")
# Crawl dumps glue metadata to the first line: " date 2017-02 Die russische Regierung".
_DATE_RE = re.compile(r"date:?[ \t]+(\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)")
_DATE_PREFIX_RE = re.compile(rf"[ \t]*({_DATE_RE.pattern})[ \t]+(?=\S)")
_BYTE_ORDER_MARK = "\ufeff"


def segment(text: str, name: str = "", **about: object) -> Document:
    r"""The document of a text; its lines lie in order and nothing but white space lies between.

    Lone surrogates cannot be written as UTF-8; each is replaced by U+FFFD and the repair recorded,
    so offsets stay. A byte order mark and a metadata prefix glued to the first line become lines of
    their own. `about` holds further fields of Document.

    >>> document = segment(" date 2017-02 Die Regierung\n\nwill.")
    >>> [document.content(i) for i in range(len(document.lines))]
    ['date 2017-02', 'Die Regierung', 'will.']
    """
    text, repairs = without_surrogates(text)
    if repairs:
        about["repairs"] = (*about.get("repairs", ()), *repairs)  # type: ignore[misc]
    return Document(id=name, text=text, lines=tuple(_lines(text)), **about)  # type: ignore[arg-type]


def _lines(text: str) -> Iterator[Line]:
    prefix_end = 0
    for start, end in _prefixes(text):
        yield Line(1, start, end)
        prefix_end = end
    number, counted = 1, 0
    for match in _LINE_RE.finditer(text, prefix_end):
        content = match.group().strip()
        if content:
            number += _line_ends(text, counted, match.start())
            counted = match.start()
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield Line(number, start, start + len(content))


def _line_ends(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_END_RE.finditer(text, start, end))


def _prefixes(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    if text.startswith(_BYTE_ORDER_MARK):
        yield 0, 1
        start = 1
    if found := _DATE_PREFIX_RE.match(text, start):
        yield found.span(1)


def prefix_lines(document: Document) -> int:
    """How many lines of a document are prefixes: a byte order mark, the date of a crawl dump."""
    first = [document.content(i) for i, line in enumerate(document.lines[:2]) if line.number == 1]
    return len(list(takewhile(_is_prefix, first)))


def _is_prefix(content: str) -> bool:
    return content == _BYTE_ORDER_MARK or bool(_DATE_RE.fullmatch(content))


def prefix_date(document: Document) -> str | None:
    """The date in front of a document's text, as in 'date 2017-02'; None if there is none."""
    contents = (document.content(i) for i in range(prefix_lines(document)))
    found = (_DATE_RE.fullmatch(content) for content in contents)
    return next((match.group(1) for match in found if match), None)
