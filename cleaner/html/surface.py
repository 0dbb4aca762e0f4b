"""What metadata are read from on the face of a page: its headline, the lines by it, dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

import numpy as np

from cleaner.html.families import FAMILIES
from cleaner.html.flatten import Flat
from cleaner.html.tokens import tags_with
from cleaner.markup import NUMBERS, WITHIN_2
from cleaner.model import Bools

_COLUMN_OF = {name: column for column, name in enumerate(FAMILIES)}
_TO_HEADLINE = NUMBERS.index("lines_to_headline")
# Kicker, byline and date stand this near; with pictures and buttons between them.
LINES_ABOVE, LINES_BELOW = 6, 14
SHORT_CHARS = 160
# Two searches, for each begins with a literal and so is fast.
_YEARS = (re.compile(r"20\d\d"), re.compile(r"19\d\d"))
# What tags of elements with a date have.
_DATE_MARKS = ('datetime="', 'itemprop="date', "published", "updated")
MOST_MARKED = 100
LEVELS_ABOVE = 10
_OTHERS_RE = re.compile(
    r'^(?:aside|footer|nav)|(?:class|id)="[^"]*(?:comment|kommentar|related|sidebar|(?<!-)widget|recommend)',
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Surface:
    """A page, and what is seen of it when it is asked for; each is worked out once."""

    flat: Flat

    @cached_property
    def headline(self) -> int | None:
        """The line that is likeliest the headline; None if no line is like one."""
        to_headline = self.flat.markup.numbers[:, _TO_HEADLINE]
        found = np.flatnonzero(to_headline == 0)
        # Where there is none, all lines are as near.
        return int(found[0]) if len(found) == 1 else None

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where the lines start, list marks aside."""
        starts: list[int] = (self.flat.lines.starts + self.flat.markup.marks).tolist()
        return starts

    @cached_property
    def ends(self) -> Sequence[int]:
        """Where the lines end."""
        ends: list[int] = self.flat.lines.ends.tolist()
        return ends

    def content(self, line: int) -> str:
        """The text of a line, without its list mark."""
        return self.flat.text[self.starts[line] : self.ends[line]]

    def short(self, lines: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Those of some lines that are no paragraphs, with their texts."""
        for line in lines:
            if self.ends[line] - self.starts[line] <= SHORT_CHARS:
                yield line, self.content(line)

    @cached_property
    def near(self) -> Mapping[int, str]:
        """The short lines below the headline, the nearest first, then those above it."""
        at = self.headline
        if at is None:
            return {}
        below = range(at + 1, min(at + LINES_BELOW + 1, len(self.ends)))
        return dict(self.short((*below, *range(at - 1, max(at - LINES_ABOVE, 0) - 1, -1))))

    @cached_property
    def dated(self) -> Mapping[int, str]:
        """The short lines that have a year in them, in order."""
        places = [found.start() for year in _YEARS for found in year.finditer(self.flat.text)]
        lines = {bisect_right(self.starts, place) - 1 for place in places}
        return dict(self.short(sorted(lines - {-1})))

    def named(self, *families: str) -> Bools:
        """Which lines stand in or near elements of one of these families."""
        near = self.flat.markup.families >= WITHIN_2
        return np.asarray(reduce(or_, (near[:, _COLUMN_OF[name]] for name in families)))

    @cached_property
    def uncommented(self) -> Bools:
        """Which lines stand in nothing called a comment."""
        return np.asarray(self.flat.markup.families[:, _COLUMN_OF["comment"]] == 0)

    @cached_property
    def called_dates(self) -> Bools:
        """Which lines stand in elements called dates, outside of comments and other articles."""
        others = self.named("related", "teaser", "sidebar")
        return self.uncommented & ~others & self.named("date", "in_time", "meta")

    @cached_property
    def _place(self) -> int | None:
        """The element of the headline."""
        return None if self.headline is None else int(self.flat.markup.elements[self.headline])

    def distance(self, element: int) -> int:
        """How many elements begin between the headline and this one; 0 without a headline."""
        return 0 if self._place is None else abs(element - self._place)

    def nearest_first(self, elements: Iterable[int]) -> Sequence[int]:
        """Elements in the order of their distance from the headline."""
        place = self._place or 0
        return sorted(elements, key=lambda each: abs(each - place))

    def is_of_others(self, element: int) -> bool:
        """Whether an element lies in a comment, or in what leads to other articles."""
        tags, parents = self.flat.markup.tags, self.flat.markup.parents
        for _ in range(LEVELS_ABOVE):
            if _OTHERS_RE.search(tags[element]):
                return True
            element = int(parents[element])
        return False

    @cached_property
    def marked(self) -> Sequence[int]:
        """The elements that have a date in an attribute, or may."""
        tags = self.flat.markup.tags
        return sorted({i for mark in _DATE_MARKS for i in tags_with(mark, tags, MOST_MARKED)})
