"""A page to its lines of text, with what the markup says about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from cleaner.decode import decode, nul_repairs, without_surrogates
from cleaner.html.bounds import bounded
from cleaner.html.charset import declared_charset
from cleaner.html.columns import Elements, columns
from cleaner.html.elements import ITEM, PRE, SKIPPED
from cleaner.html.head import Head, read_head
from cleaner.html.lines import Layout, laid_out
from cleaner.html.marks import list_marks
from cleaner.html.markup import Markup
from cleaner.html.nesting import Nesting
from cleaner.html.parse import parse
from cleaner.html.shapes import Shapes
from cleaner.model import Lines, Repair

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, eq=False)
class Flat:
    """A page as text: nothing but white space lies between its lines."""

    text: str
    lines: Lines
    markup: Markup
    head: Head
    encoding: str | None = None
    repairs: tuple[Repair, ...] = ()


def read_page(raw: bytes, charset: str | None = None) -> Flat:
    """A page as it was fetched, flattened; never raises.

    `charset` is what the HTTP header names. As in browsers a byte order mark comes before it, and
    the page's own `meta` after it; unlike there, all give way to UTF-8 where the bytes are that.
    """
    decoded = decode(raw, charset or declared_charset(raw))
    flat = flatten(decoded.text.removeprefix(_BYTE_ORDER_MARK))
    of_decoding = tuple(repair for repair in decoded.repairs if repair.kind != "nul")
    return replace(flat, encoding=decoded.encoding, repairs=(*of_decoding, *flat.repairs))


def flatten(markup: str) -> Flat:
    r"""All that a page says, a line a block, in the order of its source; never raises.

    >>> flat = flatten("<ul><li>Eins<li><b>Zwei</b> drei</ul><p>vier<br>fünf")
    >>> flat.text
    '• Eins\n• Zwei drei\nvier\nfünf'
    >>> flat.markup.path(1)
    'html > body > ul > li > b'
    """
    markup, repairs = _readable(markup)
    markup, simplified = bounded(markup)
    tokens = parse(markup)
    shapes = Shapes.of(tokens.tags)
    bits = shapes.bits[shapes.of_tags]
    nesting = Nesting.of(bits)
    of_elements = bits[nesting.starts]
    skip, pre = nesting.within(of_elements & SKIPPED > 0), nesting.within(of_elements & PRE > 0)
    layout = laid_out(tokens.texts, bits, skip, pre)
    marks = list_marks(tokens.tags, of_elements & ITEM > 0, nesting, layout)
    text, lines = _marked(layout, marks)
    contents = _contents(text, lines, marks)
    head = read_head(tokens.tags, tokens.texts, tokens.linked_data)
    elements = Elements.of(nesting, shapes, layout)
    lengths = np.fromiter(map(len, marks), np.int32, len(marks))
    found = columns(elements, head, contents, lengths)
    return Flat(text, lines, found, head, repairs=(*repairs, *simplified))


def _readable(markup: str) -> tuple[str, tuple[Repair, ...]]:
    """The markup without what HTML cannot hold, and the record of it."""
    surrogates: tuple[Repair, ...] = ()
    try:
        markup.encode()  # a tenth of the time of a search for what cannot be
    except UnicodeEncodeError:
        markup, surrogates = without_surrogates(markup)
    nuls = nul_repairs(markup, "left out, HTML cannot hold it")
    return (markup.replace("\0", "") if nuls else markup), (*surrogates, *nuls)


def _marked(layout: Layout, marks: Sequence[str]) -> tuple[str, Lines]:
    """The text with list marks put before its lines, and the lines, which begin with them."""
    text = layout.points.tobytes().decode("utf-32-le")
    bounds = [0, *layout.starts.tolist(), len(text)]
    pieces = [text[start:end] for start, end in pairwise(bounds)]
    marked = "".join([pieces[0], *(m + p for m, p in zip(marks, pieces[1:], strict=True))])
    lengths = np.fromiter(map(len, marks), np.int64, len(marks))
    before = np.cumsum(lengths) - lengths
    ends = layout.ends + before + lengths
    return marked, Lines(layout.numbers, layout.starts + before, ends)


def _contents(text: str, lines: Lines, marks: Sequence[str]) -> list[str]:
    """The lines without their marks."""
    bounds = zip(lines.starts.tolist(), lines.ends.tolist(), marks, strict=True)
    return [text[start + len(mark) : end] for start, end, mark in bounds]
