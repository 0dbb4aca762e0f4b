"""Which lines say what the page's metadata say: its titles, its headline, the article's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.html.head import Head
from cleaner.html.separators import without_site
from cleaner.html.sites import names_of_site
from cleaner.model import Bools

# A shorter text stands in another by chance.
TELLING_LETTERS = 20
# A title has the name of the site and its section behind the headline, and seldom more.
TITLE_CHARS, LONGEST_FOLDED_CHARS = 400, 10_000
# Every line is searched in the text that JSON-LD gives: half a second.
MOST_COMPARED_CHARS = 2_000_000_000
# A page may give itself any number of them.
MOST_TITLES = 20
_NO_LETTER_RE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Which lines of a page are like its metadata."""

    titles: Bools  # one of the page's titles, with or without the site's name in it
    beginnings: Bools  # the beginning of one
    headlines: Bools  # the headline of OpenGraph or JSON-LD
    in_body: Bools  # stands in the article's text, as JSON-LD gives it
    has_body: bool


def likeness(contents: Sequence[str], head: Head) -> Likeness:
    """Which lines say what the head of the page says."""
    given = head.titles[:MOST_TITLES]
    bare = (without_site(title, names_of_site(head)) for title in given)
    titles = [folded for title in (*given, *bare) if (folded := _folded(title))]
    own = (*head.linked_texts("headline"), *head.meta.get("og:title", ()))
    headlines = {folded for title in own if (folded := _folded(title))}
    body = "\n".join(map(_folded, head.linked_texts("articleBody")))
    body = body[: MOST_COMPARED_CHARS // max(len(contents), 1)]
    # To fold a line takes long, and most are too short to be told of anything, or too long.
    shortest = min([TELLING_LETTERS, *map(len, titles), *map(len, headlines)])
    longest = LONGEST_FOLDED_CHARS if body else TITLE_CHARS if titles or headlines else 0
    # Or they begin unlike all that is looked for.
    first = frozenset() if body else {title[0] for title in (*titles, *headlines)}
    lines = {
        place: folded
        for place, line in enumerate(contents)
        if shortest <= len(line) <= longest
        and _may_begin(line, first)
        and (folded := _folded(line))
    }

    def marked(holds: Callable[[str], bool]) -> Bools:
        found = np.zeros(len(contents), np.bool_)
        found[[place for place, line in lines.items() if holds(line)]] = True
        return found

    return Likeness(
        marked(frozenset(titles).__contains__),
        marked(lambda line: _is_beginning(line, titles)),
        marked(headlines.__contains__),
        marked(lambda line: len(line) >= TELLING_LETTERS and line in body),
        bool(body),
    )


def _may_begin(line: str, letters: Collection[str]) -> bool:
    """Whether the folded line may begin with one of these letters; none are all letters."""
    return not letters or not line[0].isalnum() or line[0].lower()[0] in letters


def _is_beginning(line: str, titles: Sequence[str]) -> bool:
    is_long_enough = TELLING_LETTERS <= len(line) <= TITLE_CHARS
    return is_long_enough and any(title.startswith(line) for title in titles)


def _folded(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _NO_LETTER_RE.sub("", text).lower()
