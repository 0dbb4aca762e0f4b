"""What stands within a line: emphasis, code and links, by the elements that lie in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.html.tags import attributes, name
from cleaner.markdown.escape import address, escaped
from cleaner.model import Document

STRONG, EMPHASIS, CODE, LINK = "**", "*", "`", "["
_KIND_OF = {
    "strong": STRONG, "b": STRONG, "em": EMPHASIS, "i": EMPHASIS, "code": CODE, "kbd": CODE,
    "samp": CODE, "tt": CODE, "a": LINK,
}  # fmt: skip
# Deeper ones are nobody's.
MOST_NESTED = 8
_BACKTICKS_RE = re.compile("`+")
_BLANKS_RE = re.compile(r"\s+")


class Span(NamedTuple):
    """An inline element in the text of its page; spans lie in each other or apart."""

    start: int
    end: int
    kind: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Inlines:
    """The inline elements of a document, in order, outer ones first."""

    text: str
    of_lines: Mapping[int, Sequence[Span]] = field(default_factory=dict)

    def markdown(self, line: int, start: int, end: int) -> str:
        """A stretch of a line as Markdown."""
        inside = [
            span._replace(start=max(span.start, start), end=min(span.end, end))
            for span in self.of_lines.get(line, ())
            if span.start < end and span.end > start
        ]
        return _written(self.text, start, end, inside)


def inlines(document: Document, *, links: bool) -> Inlines:
    """The inline elements of a document, none where its markup has no extents."""
    markup = document.markup
    if markup is None or markup.extents is None:
        return Inlines(document.text)
    found = (
        _span(tag, start, end, document.url)
        for tag, (start, end) in zip(markup.tags, markup.extents.tolist(), strict=True)
        if start < end and name(tag) in _KIND_OF
    )
    spans = [span for span in found if span and (links or span.kind != LINK)]
    starts, ends = document.lines.starts.tolist(), document.lines.ends.tolist()
    of_lines: dict[int, list[Span]] = {}
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
        for line in range(first, last):
            of_lines.setdefault(line, []).append(span)
    return Inlines(document.text, of_lines)


def _span(tag: str, start: int, end: int, base: str | None) -> Span | None:
    kind = _KIND_OF[name(tag)]
    if kind != LINK:
        return Span(start, end, kind)
    href = address(attributes(tag).get("href", ""), base)
    return Span(start, end, kind, href) if href else None


def _written(text: str, start: int, end: int, spans: Sequence[Span], around: str = "") -> str:
    """A stretch with its spans; `around` are the kinds that it lies in already."""
    pieces, at, last = list[str](), start, ""
    for i, span in enumerate(spans):
        if span.start < at:
            continue  # lies in the one before
        inner = _inside(spans, i) if len(around) < MOST_NESTED else ()
        beside = escaped(_plain(text[at : span.start]))
        before, after = (beside or last)[-1:], text[span.end : min(span.end + 1, end)]
        if span.kind == CODE:
            wrapped = _code(_plain(text[span.start : span.end]), beside=before + after)
        else:
            written = _written(text, span.start, span.end, inner, around + span.kind)
            wrapped = written if span.kind in around else _wrapped(span, written, around, before)
        pieces += filter(None, (beside, wrapped))
        if wrapped.startswith("[") and before == "!":  # would be an image
            pieces[-2] = f"{pieces[-2][:-1]}\\!"
        at, last = span.end, wrapped or beside or last
    return "".join([*pieces, escaped(_plain(text[at:end]))])


def _inside(spans: Sequence[Span], at: int) -> Sequence[Span]:
    """The spans in the one at an index."""
    stop = at + 1
    while stop < len(spans) and spans[stop].start < spans[at].end:
        stop += 1
    return spans[at + 1 : stop]


def _wrapped(span: Span, written: str, around: str, before: str) -> str:
    """What stands in a link, or is set off; `before` is the character before it."""
    if not written.strip():
        return written
    if span.kind == LINK:
        return f"[{written}]({span.href})"
    # Between letters or digits asterisks are always markup; beside each other they run together.
    is_plain = written[0].isalnum() and written[-1].isalnum() and "*" not in around + before
    return f"{span.kind}{written}{span.kind}" if is_plain else written


def _code(content: str, *, beside: str) -> str:
    """Code, if the characters beside it let it be told from them."""
    if not content.strip() or "`" in beside:
        return escaped(content)
    longest = max((len(run) for run in _BACKTICKS_RE.findall(content)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{pad}{content}{pad}{fence}"


def _plain(text: str) -> str:
    """A stretch of a line, in which white space is a blank: a tabulator or more would be markup."""
    return _BLANKS_RE.sub(" ", text)
