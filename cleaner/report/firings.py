"""Which rules decided how often, with examples, counted while documents pass by."""

from __future__ import annotations

import re
from array import array
from bisect import insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from zlib import crc32

from cleaner.model import Label
from cleaner.report.index_views import Example, RuleCount
from cleaner.report.views import DocumentView, Row
from cleaner.report.visible import shortened
from cleaner.text.hidden import inert

EXAMPLES = 3
_EXAMPLE_CHARS = 120
_LETTER_RE = re.compile(r"[^\W\d_]")
# What sorts examples, and one of them.
_Ranked = tuple[tuple[bool, int], Example]


@dataclass
class _Fired:
    """How often a rule gave a label, and its best examples so far."""

    times: int = 0
    documents: int = 0
    examples: list[_Ranked] = field(default_factory=list)

    def add(self, example: _Ranked) -> None:
        self.times += 1
        if len(self.examples) == EXAMPLES and example[0] >= self.examples[-1][0]:
            return
        if all(example[1].text != known.text for _, known in self.examples):
            insort(self.examples, example, key=lambda ranked: ranked[0])
            del self.examples[EXAMPLES:]


@dataclass
class Firings:
    """What has passed by so far: a few examples of each rule, and the places of its documents."""

    fired: dict[tuple[str, Label], _Fired] = field(default_factory=dict)
    places: dict[str, array[int]] = field(default_factory=dict)

    def add(self, place: int, pages: tuple[DocumentView, ...]) -> None:
        """Count the removed lines of a document, which is at this place of the listing."""
        seen = Counter(key for page in pages for key in self._add_page(page))
        for key in seen:
            self.fired[key].documents += 1
        for rule in dict.fromkeys(rule for rule, _ in seen):
            self.places.setdefault(rule, array("L")).append(place)

    def _add_page(self, page: DocumentView) -> Iterator[tuple[str, Label]]:
        for row in page.rows:
            if row.reasons is not None and row.piece == 1:
                key = row.reasons.rule, row.label
                self.fired.setdefault(key, _Fired()).add(_ranked(page, row))
                yield key

    def counts(self) -> tuple[RuleCount, ...]:
        """All rules, those that decided most first."""
        counts = (
            RuleCount(rule, label, f.times, f.documents, tuple(e for _, e in f.examples))
            for (rule, label), f in self.fired.items()
        )
        return tuple(sorted(counts, key=lambda count: (-count.times, count.rule, count.label)))


def _ranked(page: DocumentView, row: Row) -> _Ranked:
    """A line as an example: one that can be read comes before a mere mark, '-' or '|'.

    Among those, chance decides, and the same chance every time: not the first documents alone.
    """
    number, text = page.summary.number, inert(shortened(row.text, _EXAMPLE_CHARS))
    chance = crc32(f"{number} {row.name}".encode())
    readable = _LETTER_RE.search(text) is not None
    return (not readable, chance), Example(text, number, page.part.number, row.name)
