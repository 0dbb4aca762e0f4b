"""Which lines say what the page's metadata say: its titles, its headline, the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.html.head import Head
from cleaner.model import Bools

# A shorter text stands in another by chance.
TELLING_LETTERS = 20
# A title has the name of the site and its section behind the headline, and seldom more.
TITLE_CHARS, LONGEST_FOLDED_CHARS = 400, 10_000
_NO_LETTER_RE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Which lines are like the metadata; one row a line."""

    titles: Bools  # one of the page's titles, word for word
    beginnings: Bools  # the beginning of one
    headlines: Bools  # the headline of OpenGraph or JSON-LD
    in_body: Bools  # stands in the article's text, as JSON-LD gives it
    has_body: bool


def likeness(contents: Sequence[str], head: Head) -> Likeness:
    """Which lines say what the head of the page says."""
    titles = [folded for title in head.titles if (folded := _folded(title))]
    headlines = {*map(_folded, head.linked_texts("headline")), *map(_folded, _og_titles(head))}
    body = " ".join(map(_folded, head.linked_texts("articleBody")))
    # To fold a line takes long, and most are too short to be told of anything, or too long.
    shortest = min([TELLING_LETTERS, *map(len, titles), *map(len, headlines)])
    longest = LONGEST_FOLDED_CHARS if body else TITLE_CHARS
    lines = [_folded(c) if shortest <= len(c) <= longest else "" for c in contents]
    distinct = frozenset(titles)
    return Likeness(
        _which(line in distinct for line in lines),
        _which(_begins(line, titles) for line in lines),
        _which(bool(line) and line in headlines for line in lines),
        _which(len(line) >= TELLING_LETTERS and line in body for line in lines),
        bool(body),
    )


def _og_titles(head: Head) -> Sequence[str]:
    return head.meta.get("og:title", ())


def _begins(line: str, titles: Sequence[str]) -> bool:
    return len(line) >= TELLING_LETTERS and any(title.startswith(line) for title in titles)


def _which(found: Iterable[bool]) -> Bools:
    return np.fromiter(found, np.bool_)


def _folded(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _NO_LETTER_RE.sub("", text).lower()
