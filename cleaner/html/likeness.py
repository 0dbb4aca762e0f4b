"""Which lines say what the page's metadata say: its titles, its headline, the article's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.html.head import Head
from cleaner.html.separators import without_site
from cleaner.html.sites import names_of_site

# A shorter text stands in another by chance.
TELLING_LETTERS = 20
# A title has the name of the site and its section behind the headline, and seldom more.
TITLE_CHARS, LONGEST_FOLDED_CHARS = 400, 10_000
# A page may give itself any number of them.
MOST_TITLES = 20
_NO_LETTER_RE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Which lines of a page are like its metadata."""

    titles: Sequence[bool]  # one of the page's titles, with or without the site's name in it
    beginnings: Sequence[bool]  # the beginning of one
    headlines: Sequence[bool]  # the headline of OpenGraph or JSON-LD
    in_body: Sequence[bool]  # stands in the article's text, as JSON-LD gives it
    has_body: bool


def likeness(contents: Sequence[str], head: Head) -> Likeness:
    """Which lines say what the head of the page says."""
    given = head.titles[:MOST_TITLES]
    bare = (without_site(title, names_of_site(head)) for title in given)
    titles = [folded for title in (*given, *bare) if (folded := _folded(title))]
    own = (*head.linked_texts("headline"), *head.meta.get("og:title", ()))
    headlines = {folded for title in own if (folded := _folded(title))}
    body = "\n".join(map(_folded, head.linked_texts("articleBody")))
    # To fold a line takes long, and most are too short to be told of anything, or too long.
    shortest = min([TELLING_LETTERS, *map(len, titles), *map(len, headlines)])
    longest = LONGEST_FOLDED_CHARS if body else TITLE_CHARS
    lines = [_folded(c) if shortest <= len(c) <= longest else "" for c in contents]
    distinct = frozenset(titles)
    beginnings = {
        t[:n] for t in titles for n in range(TELLING_LETTERS, min(len(t), TITLE_CHARS) + 1)
    }
    return Likeness(
        [line in distinct for line in lines],
        [line in beginnings for line in lines],
        [line in headlines for line in lines],
        [len(line) >= TELLING_LETTERS and line in body for line in lines],
        bool(body),
    )


def _folded(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _NO_LETTER_RE.sub("", text).lower()
