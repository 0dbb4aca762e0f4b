"""Pages too large for a tree: their text, its lines broken at each tag but for inline ones.

It is worked off in stretches, so that it takes little more memory than the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import numpy as np

from cleaner.html.bounds import INLINE_RE, TAG_RE
from cleaner.html.families import FAMILIES
from cleaner.html.tokens import Tokens
from cleaner.markup import NUMBERS, Markup
from cleaner.model import Repair

# Trees take some 300 bytes a tag, lines some 400 bytes each, and texts 40 bytes a character.
MOST_BYTES, MOST_TAGS, MOST_TEXT_BYTES = 64_000_000, 400_000, 8_000_000
STRETCH_BYTES = 1_000_000
# So much of a page is read for what it says of itself.
HEAD_BYTES = 500_000
SIMPLIFIED = Repair("markup_simplified", 1, "all tags left out")
# Others may be open to the end of the page, and these are to be read then as in browsers.
_UNREAD = ("script", "style", "template", "noscript", "iframe", "noembed", "textarea", "title")
_UNREAD_RE = re.compile(
    rb"<(%b)\b[^<>]*>.*?(?:</\1[^<>]*>|\Z)|<!--.*?(?:-->|\Z)"
    % b"|".join(name.encode() for name in _UNREAD),
    re.IGNORECASE | re.DOTALL,
)
_PRE_RE = re.compile(rb"</?(?:pre|listing)\b[^<>]*>", re.IGNORECASE)
_BREAKS_RE = re.compile(r"\n[ \n]*")
_AS_BLANKS = bytes.maketrans(b"\t\f\r\n", b"    ")
_AS_BLANKS_IN_PRE = bytes.maketrans(b"\t\f\r", b"   ")
_TWO_BLANKS, _BLANK = b"  ", b" "


def is_too_large(markup: bytes, tags: int) -> bool:
    """Whether a tree of this markup would take too much memory, as far as can be told before."""
    return len(markup) > MOST_BYTES or tags > MOST_TAGS


def has_too_much_text(tokens: Tokens) -> bool:
    """Whether laying out the texts would take too much memory."""
    written = len(tokens.written)
    return written > MOST_TEXT_BYTES and (
        written - int((tokens.ends - tokens.starts).sum()) > MOST_TEXT_BYTES
    )


def plain_text(markup: bytes) -> str:
    """The text of a page; where tags stood that break lines, they are broken."""
    return "".join(_texts(_read(markup))).strip()


def _texts(markup: bytearray) -> Iterator[str]:
    start, table = 0, _AS_BLANKS
    for found in _PRE_RE.finditer(markup):
        yield from (_text(each, table) for each in _stretches(markup, start, found.start()))
        start = found.start()
        table = _AS_BLANKS if found.group().startswith(b"</") else _AS_BLANKS_IN_PRE
    yield from (_text(each, table) for each in _stretches(markup, start, len(markup)))


def _read(markup: bytes) -> bytearray:
    """The markup without what is not read."""
    found, start = bytearray(), 0
    for unread in _UNREAD_RE.finditer(markup):
        found += markup[start : unread.start()]
        start = unread.end()
    found += markup[start:]
    return found


def _stretches(markup: bytearray, start: int, last: int) -> Iterator[bytearray]:
    """Some of the markup in pieces that end before a tag, or a blank between two."""
    while start < last:
        end = _end(markup, start + STRETCH_BYTES, last)
        yield markup[start:end]
        start = end


def _end(markup: bytearray, wanted: int, last: int) -> int:
    if wanted >= last:
        return last
    is_text = markup.rfind(b">", wanted - STRETCH_BYTES, wanted) >= markup.rfind(
        b"<", wanted - STRETCH_BYTES, wanted
    )
    end = markup.find(_BLANK, wanted, last) if is_text else -1
    tag = markup.find(b"<", wanted, end if end >= 0 else last)
    return tag if tag >= 0 else end if end >= 0 else last


def _text(stretch: bytearray, table: bytes) -> str:
    blank = stretch.translate(table)
    while _TWO_BLANKS in blank:
        blank = blank.replace(_TWO_BLANKS, _BLANK)
    text = TAG_RE.sub(b"\n", INLINE_RE.sub(b"", blank)).decode()
    return _BREAKS_RE.sub("\n", unescape(text))


def unmarked(lines: int) -> Markup:
    """Markup that says nothing about so many lines; its columns take no memory."""
    none = np.zeros(1, np.int64)
    return Markup(
        blocks=np.broadcast_to(np.int8(0), lines),
        marks=np.broadcast_to(np.int32(0), lines),
        hidden=np.broadcast_to(np.bool_(0), lines),
        numbers=np.broadcast_to(np.zeros(len(NUMBERS), np.float32), (lines, len(NUMBERS))),
        families=np.broadcast_to(np.zeros(len(FAMILIES), np.uint8), (lines, len(FAMILIES))),
        buckets=np.zeros(0, np.int32),
        counts=np.broadcast_to(np.int32(0), lines),
        elements=np.broadcast_to(np.int64(0), lines),
        parents=none,
        tags=("html",),
    )
