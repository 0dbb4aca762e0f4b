"""Pages to lines of text, with what the markup says about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.batches import batches
from cleaner.html.bounds import bounded, count
from cleaner.html.extents import page_extents
from cleaner.html.forest import Forest
from cleaner.html.head import Head, read_head
from cleaner.html.likeness import likeness
from cleaner.html.marks import list_marks
from cleaner.html.pages import page_markups, page_texts
from cleaner.html.parse import parse
from cleaner.html.plain import (
    HEAD_BYTES,
    SIMPLIFIED,
    has_too_much_text,
    is_too_large,
    plain_text,
    unmarked,
)
from cleaner.html.shells import is_shell, unshown
from cleaner.html.tokens import Tokens
from cleaner.markup import Markup
from cleaner.model import Lines, Repair
from cleaner.text.decode import without_surrogates
from cleaner.text.segment import segment


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


def flatten_pages(markups: Sequence[str | bytes], *, extents: bool = False) -> list[Flat]:
    """Each page as `flatten` gives it, bytes being UTF-8; many at once take half the time.

    `extents` asks for the places of all elements too, see `cleaner.html.extents`.
    """
    some = batches(markups, size=len)
    return [flat for batch in some for flat in _shown(batch, extents=extents)]


def _shown(markups: Sequence[str | bytes], *, extents: bool) -> Iterator[Flat]:
    """Each page; one that shows no text says what it says out of sight."""
    for flat, markup in zip(_flattened(markups, extents=extents), markups, strict=True):
        yield _with_unshown(flat, markup, extents=extents) if is_shell(flat.text) else flat


def _with_unshown(flat: Flat, markup: str | bytes, *, extents: bool) -> Flat:
    raw, _ = _readable(markup)
    found = unshown(raw, flat.head)
    if not found:
        return flat
    # A parser puts into the body what comes after its end.
    [filled] = _flattened([raw + found[0]], extents=extents)
    return replace(filled, repairs=(*flat.repairs, *filled.repairs, found[1]))


def _flattened(markups: Sequence[str | bytes], *, extents: bool) -> Iterator[Flat]:
    pages = list(map(_parsed, markups))
    forest = Forest.of(Tokens.joined([page.tokens for page in pages]))
    marks = list_marks(forest)
    texts = list(page_texts(forest, marks))
    likes = [likeness(text.contents, page.head) for text, page in zip(texts, pages, strict=True)]
    places = page_extents(forest, [text.lines for text in texts]) if extents else None
    markup = page_markups(forest, marks, likes, places)
    for text, found, page in zip(texts, markup, pages, strict=True):
        if page.plain is None:
            yield Flat(text.text, text.lines, found, page.head, page.repairs)
        else:
            lines = segment(page.plain).lines
            yield Flat(page.plain, lines, unmarked(len(lines)), page.head, page.repairs)


@dataclass(frozen=True, slots=True, eq=False)
class _Parsed:
    tokens: Tokens
    head: Head
    repairs: tuple[Repair, ...]
    plain: str | None = None
    """The text of a page that is too large for tokens; it has none."""


def _parsed(markup: str | bytes) -> _Parsed:
    """A page as a parser takes it; all of one page at once, while it is in the cache."""
    raw, repairs = _readable(markup)
    if not is_too_large(raw, tags := count(raw, "<")):
        simple, simplified = bounded(raw, tags)
        tokens = parse(simple)
        if not has_too_much_text(tokens):
            return _Parsed(tokens, read_head(tokens), (*repairs, *simplified))
        del tokens
    beginning = raw[:HEAD_BYTES]
    head = read_head(parse(bounded(beginning, count(beginning, "<"))[0]))
    return _Parsed(parse(b""), head, (*repairs, SIMPLIFIED), plain_text(raw))


def _readable(markup: str | bytes) -> tuple[bytes, tuple[Repair, ...]]:
    """The markup without what HTML cannot hold, and the record of it."""
    raw, surrogates = (markup, ()) if isinstance(markup, bytes) else _encoded(markup)
    if b"\0" not in raw:
        return raw, surrogates
    nuls = Repair("nul", raw.count(b"\0"), "left out, HTML cannot hold it")
    return raw.replace(b"\0", b""), (*surrogates, nuls)


def _encoded(markup: str) -> tuple[bytes, tuple[Repair, ...]]:
    try:
        return markup.encode(), ()  # a tenth of the time of a search for what cannot be
    except UnicodeEncodeError:
        text, repairs = without_surrogates(markup)
        return text.encode(), repairs
