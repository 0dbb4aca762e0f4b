"""Pages to lines of text, with what the markup says about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.batches import batches
from cleaner.decode import without_surrogates
from cleaner.html.bounds import bounded
from cleaner.html.forest import Forest
from cleaner.html.head import Head, read_head
from cleaner.html.likeness import likeness
from cleaner.html.marks import list_marks
from cleaner.html.pages import page_markups, page_texts
from cleaner.html.parse import parse
from cleaner.html.tokens import Tokens
from cleaner.markup import Markup
from cleaner.model import Lines, Repair


@dataclass(frozen=True, slots=True, eq=False)
class Flat:
    """A page as text: nothing but white space lies between its lines."""

    text: str
    lines: Lines
    markup: Markup
    head: Head
    repairs: tuple[Repair, ...] = ()


def flatten(markup: str) -> Flat:
    r"""All that a page says, a line a block, in the order of its source; never raises.

    >>> flat = flatten("<ul><li>Eins<li><b>Zwei</b> drei</ul><p>vier<br>fünf")
    >>> flat.text
    '• Eins\n• Zwei drei\nvier\nfünf'
    >>> flat.markup.block(1).name
    'ITEM'
    """
    [flat] = flatten_pages([markup])
    return flat


def flatten_pages(markups: Sequence[str | bytes]) -> list[Flat]:
    """Each page as `flatten` gives it, bytes being UTF-8; many at once take half the time."""
    return [flat for batch in batches(markups, size=len) for flat in _flattened(batch)]


def _flattened(markups: Sequence[str | bytes]) -> Iterator[Flat]:
    readable = [_readable(markup) for markup in markups]
    pages = [parse(markup) for markup, _ in readable]
    forest = Forest.of(Tokens.joined(pages))
    marks = list_marks(forest)
    texts = list(page_texts(forest, marks))
    heads = list(map(read_head, pages))
    likes = [likeness(page.contents, head) for page, head in zip(texts, heads, strict=True)]
    markup = page_markups(forest, marks, likes)
    for text, found, head, (_, repairs) in zip(texts, markup, heads, readable, strict=True):
        yield Flat(text.text, text.lines, found, head, repairs=repairs)


def _readable(markup: str | bytes) -> tuple[bytes, tuple[Repair, ...]]:
    """The markup as a parser takes it, without what HTML cannot hold, and the record of it."""
    raw, surrogates = (markup, ()) if isinstance(markup, bytes) else _encoded(markup)
    count = raw.count(b"\0")
    nuls = (Repair("nul", count, "left out, HTML cannot hold it"),) if count else ()
    raw, simplified = bounded(raw.replace(b"\0", b"") if count else raw)
    return raw, (*surrogates, *nuls, *simplified)


def _encoded(markup: str) -> tuple[bytes, tuple[Repair, ...]]:
    try:
        return markup.encode(), ()  # a tenth of the time of a search for what cannot be
    except UnicodeEncodeError:
        text, repairs = without_surrogates(markup)
        return text.encode(), repairs
