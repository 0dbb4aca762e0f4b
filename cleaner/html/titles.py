"""The article's own headline, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from cleaner.html.head import Head
from cleaner.html.linked import Thing, folded, texts
from cleaner.html.separators import without_site
from cleaner.html.surface import Surface
from cleaner.markup import Block
from cleaner.text.decode import without_surrogates

# So much of a headline's words are in the titles that a page gives itself.
SHARED = 0.5
_SOFT_HYPHEN = "\u00ad"
_WORD_RE = re.compile(r"\w+")


def title(page: Surface, articles: Sequence[Thing], sites: Collection[str]) -> str | None:
    """The headline of the article: the line that shows it, else what the metadata call it."""
    own = {folded(site) for site in sites}
    given = [without_site(text, own) for text in dict.fromkeys(_given(page.flat.head, articles))]
    for text in _shown(page):
        if folded(text) not in own and _is_in(text, given):
            return text.replace(_SOFT_HYPHEN, "")
    return next(filter(None, given), None) or next(_shown(page), None)


def _given(head: Head, articles: Sequence[Thing]) -> Iterator[str]:
    """The titles in the metadata, what is likeliest the bare headline first."""
    for thing in articles:
        yield from texts(thing.get("headline"))
    yield from head.meta.get("og:title", ())
    yield from head.meta.get("twitter:title", ())
    yield from (without_surrogates(text)[0] for text in head.titles)


def _shown(page: Surface) -> Iterator[str]:
    """What stands as headline on the page, the likeliest first."""
    if page.headline is not None:
        yield page.content(page.headline)
    for line in np.flatnonzero(page.flat.markup.blocks == Block.HEADING_1).tolist():
        yield page.content(line)


def _is_in(text: str, titles: Sequence[str]) -> bool:
    """Whether most of a headline is in one of the titles, or one of these is in it."""
    words = set(_WORD_RE.findall(text.lower()))
    for each in titles:
        shared = words & set(_WORD_RE.findall(each.lower()))
        if words and len(shared) >= SHARED * len(words):
            return True
    return not titles
