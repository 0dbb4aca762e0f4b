"""Text to Document: where the lines are. Nothing is changed, stripped or joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from cleaner.model import Document, Line, Lines, Offsets, Repair
from cleaner.text.decode import without_surrogates

# Crawl dumps glue metadata to the first line: " date 2017-02 Die russische Regierung".
_DATE_RE = re.compile(r"date:?[ \t]+(\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)")
_DATE_PREFIX_RE = re.compile(rf"[ \t]*({_DATE_RE.pattern})[ \t]+(?=\S)")
_BYTE_ORDER_MARK = "\ufeff"
_PREFIX_RE = re.compile(rf"\s*(?:{_BYTE_ORDER_MARK}|{_DATE_RE.pattern})")
# Lines are found a stretch at a time: bounds what lies beside the text to some 50 MB.
STRETCH_CHARS = 1_000_000


def segment(text: str, name: str = "", **about: object) -> Document:
    r"""The document of a text; its lines lie in order and nothing but white space lies between.

    Lone surrogates cannot be written as UTF-8; each is replaced by U+FFFD and the repair recorded,
    so offsets stay. A byte order mark and a metadata prefix glued to the first line become lines of
    their own. `about` holds further fields of Document.

    >>> document = segment(" date 2017-02 Die Regierung\n\nwill.")
    >>> document.contents()
    ['date 2017-02', 'Die Regierung', 'will.']
    """
    text, repairs = _encodable(text)
    if repairs:
        about["repairs"] = (*about.get("repairs", ()), *repairs)  # type: ignore[misc]
    return Document(id=name, text=text, lines=_lines(text), **about)  # type: ignore[arg-type]


def _encodable(text: str) -> tuple[str, tuple[Repair, ...]]:
    try:
        text.encode("utf-8")  # a tenth of the time of a search for what cannot be
    except UnicodeEncodeError:
        return without_surrogates(text)
    return text, ()


def _lines(text: str) -> Lines:
    spans = list(_prefixes(text))
    found = [Lines.of(Line(1, *span) for span in spans)] if spans else []
    start, number = spans[-1][1] if spans else 0, 1
    while start < len(text):
        end = text.find("\n", start + STRETCH_CHARS) + 1 or len(text)
        pieces = _with_line_feeds(text[start:end]).split("\n")
        found.append(_filled(pieces, start, number))
        start, number = end, number + len(pieces) - 1
    if len(found) < 2:
        return found[0] if found else Lines.of(())
    return Lines(
        np.concatenate([lines.numbers for lines in found]),
        np.concatenate([lines.starts for lines in found]),
        np.concatenate([lines.ends for lines in found]),
    )


def _filled(pieces: Sequence[str], start: int, number: int) -> Lines:
    """The lines with content among all lines from `start` on, of which the first has a number.

    By str.strip over all of them: a search for one after the other takes ten times as long.
    """
    lengths, content_lengths = _lengths(pieces), _lengths(map(str.strip, pieces))
    starts = start + np.cumsum(lengths + 1) - lengths - 1
    filled = np.flatnonzero(content_lengths)
    for i in filled[content_lengths[filled] < lengths[filled]].tolist():
        starts[i] += lengths[i] - len(pieces[i].lstrip())
    begins = starts[filled]
    return Lines(filled + number, begins, begins + content_lengths[filled])


def _with_line_feeds(text: str) -> str:
    r"""A text of the same length in which \n ends every line: \r\n becomes a space and \n.

    \n, \r\n and \r end a line; str.splitlines would also break at U+2028, \v, \f and U+0085.
    """
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def _lengths(texts: Iterable[str]) -> Offsets:
    return np.fromiter(map(len, texts), np.int64)


def _prefixes(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    if text.startswith(_BYTE_ORDER_MARK):
        yield 0, 1
        start = 1
    if found := _DATE_PREFIX_RE.match(text, start):
        yield found.span(1)


def prefix_lines(document: Document) -> int:
    """How many lines of a document are prefixes: a byte order mark, the date of a crawl dump."""
    return sum(1 for _ in _prefix_contents(document))


def prefix_date(document: Document) -> str | None:
    """The date in front of a document's text, as in 'date 2017-02'; None if there is none."""
    found = map(_DATE_RE.fullmatch, _prefix_contents(document))
    return next((match.group(1) for match in found if match), None)


def _prefix_contents(document: Document) -> Iterator[str]:
    if not _PREFIX_RE.match(document.text):  # as nearly always, and in a fraction of the time
        return
    for index, number in enumerate(document.lines.numbers[:2].tolist()):
        content = document.content(index)
        if number != 1 or not (content == _BYTE_ORDER_MARK or _DATE_RE.fullmatch(content)):
            return
        yield content
