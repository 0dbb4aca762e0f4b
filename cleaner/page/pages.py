"""Some pages laid end to end, as the stages read them: columns have a row for each line of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.measure import joined
from cleaner.measure.places import Places, Positions, end_to_end, follow_each_other
from cleaner.model import Bools, Floats, Measurements, Page, Scores
from cleaner.rules.hits import Hits

_COLUMNS = (
    "prose", "paragraph", "headline_shaped", "menu_entry", "known", "above", "below", "lone_word",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Pages:
    """At least one page, and what is known of the lines of all: see `Page` and `Structure`.

    Lines count from the first of all pages.
    """

    pages: Sequence[Page]
    places: Places
    measured: Measurements
    hits: Hits
    foreign: Floats
    leaning: Floats
    core_first: Positions  # the first line of each page's article; behind its last one without any
    core_last: Positions  # the last line of it; before the page's first one without any
    crowd: Scores  # of each page
    prose: Bools
    paragraph: Bools
    headline_shaped: Bools
    menu_entry: Bools
    known: Bools
    above: Floats
    below: Floats
    lone_word: Bools

    @classmethod
    def of(cls, pages: Sequence[Page]) -> Pages:
        """These pages laid end to end."""
        places, found = Places.of(list(map(len, pages))), [page.structure for page in pages]
        in_order = follow_each_other([each.prose for each in found])
        starts, ends = places.starts.tolist(), places.ends.tolist()
        cores = [
            (end, start - 1) if each.core is None else (start + each.core[0], start + each.core[1])
            for each, start, end in zip(found, starts, ends, strict=True)
        ]
        return cls(
            pages,
            places,
            joined([page.measured for page in pages]),
            Hits.joined([page.hits for page in pages], starts),
            end_to_end([page.foreign for page in pages], in_order=in_order),
            end_to_end([page.leaning for page in pages], in_order=in_order),
            np.asarray([first for first, _ in cores], np.intp),
            np.asarray([last for _, last in cores], np.intp),
            np.asarray([each.crowd for each in found], np.float64),
            **{
                name: end_to_end([getattr(x, name) for x in found], in_order=in_order)
                for name in _COLUMNS
            },
        )

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.places)

    def content(self, line: int) -> str:
        """The text of a line."""
        page = int(self.places.page[line])
        return self.pages[page].document.content(line - int(self.places.starts[page]))

    def in_core(self, lines: Positions) -> Bools:
        """Which of these lines stand in the stretch of their page that holds the article."""
        page = self.places.page[lines]
        return (lines >= self.core_first[page]) & (lines <= self.core_last[page])

    @property
    def core(self) -> Bools:
        """Which lines stand in the stretch of their page that holds the article."""
        return self.in_core(np.arange(len(self)))
