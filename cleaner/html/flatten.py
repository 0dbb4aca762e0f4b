"""Pages to lines of text, with what the markup says about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from cleaner.batches import batches
from cleaner.decode import nul_repairs, without_surrogates
from cleaner.html.bounds import bounded
from cleaner.html.elements import ITEM
from cleaner.html.extents import page_extents
from cleaner.html.forest import Forest
from cleaner.html.head import Head, read_head
from cleaner.html.likeness import likeness
from cleaner.html.marks import list_marks
from cleaner.html.pages import page_markups, page_texts
from cleaner.html.parse import parse
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


def flatten(markup: str, *, extents: bool = False) -> Flat:
    r"""All that a page says, a line a block, in the order of its source; never raises.

    >>> flat = flatten("<ul><li>Eins<li><b>Zwei</b> drei</ul><p>vier<br>fünf")
    >>> flat.text
    '• Eins\n• Zwei drei\nvier\nfünf'
    >>> flat.markup.block(1).name
    'ITEM'
    """
    [flat] = flatten_pages([markup], extents=extents)
    return flat


def flatten_pages(markups: Sequence[str], *, extents: bool = False) -> list[Flat]:
    """Each page as `flatten` gives it; many at once take half the time.

    `extents` asks for the places of all elements too, see `cleaner.html.extents`.
    """
    found = (_flattened(batch, extents=extents) for batch in batches(markups, size=len))
    return list(chain.from_iterable(found))


def _flattened(markups: Sequence[str], *, extents: bool) -> Iterator[Flat]:
    readable = [_readable(markup) for markup in markups]
    pages = [parse(markup) for markup, _ in readable]
    tags = list(chain.from_iterable(page.tags for page in pages))
    forest = Forest.of(tags, list(chain.from_iterable(page.texts for page in pages)))
    marks = list_marks(tags, forest.has(ITEM), forest.nesting, forest.lines)
    texts = list(page_texts(forest, marks))
    heads = list(map(read_head, pages))
    likes = [likeness(page.contents, head) for page, head in zip(texts, heads, strict=True)]
    places = page_extents(forest, [page.lines for page in texts]) if extents else None
    markup = page_markups(forest, marks, likes, places)
    for text, found, head, (_, repairs) in zip(texts, markup, heads, readable, strict=True):
        yield Flat(text.text, text.lines, found, head, repairs=repairs)


def _readable(markup: str) -> tuple[str, tuple[Repair, ...]]:
    """The markup as a parser takes it, without what HTML cannot hold, and the record of it."""
    surrogates: tuple[Repair, ...] = ()
    if not markup.isascii():
        markup, surrogates = _encodable(markup)
    nuls = nul_repairs(markup, "left out, HTML cannot hold it")
    markup, simplified = bounded(markup.replace("\0", "") if nuls else markup)
    return markup, (*surrogates, *nuls, *simplified)


def _encodable(markup: str) -> tuple[str, tuple[Repair, ...]]:
    try:
        markup.encode()  # a tenth of the time of a search for what cannot be
    except UnicodeEncodeError:
        return without_surrogates(markup)
    return markup, ()
