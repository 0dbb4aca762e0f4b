"""What was worked out for several pages at once, a page each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from cleaner.html.columns import families, names, numbers
from cleaner.html.forest import Forest
from cleaner.html.likeness import Likeness
from cleaner.html.nesting import Places
from cleaner.markup import Markup
from cleaner.model import Lines


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, with list marks; its lines; and what they hold without their marks."""

    text: str
    lines: Lines
    contents: Sequence[str]


def page_texts(forest: Forest, marks: Sequence[str]) -> Iterator[PageText]:
    """The text of each page; `marks` stand before the lines of all pages."""
    lines, text = forest.lines, forest.lines.text
    starts, ends = lines.starts.tolist(), lines.ends.tolist()
    contents = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    gaps = [text[end:start] for end, start in zip([0, *ends], starts, strict=False)]
    lengths = np.fromiter(map(len, marks), np.int64, len(marks))
    for start, end in forest.line_bounds:
        rows = slice(start, end)
        pieces = list(
            chain.from_iterable(zip(gaps[rows], marks[rows], contents[rows], strict=True))
        )
        upto = np.cumsum(lengths[rows])
        shifts = upto - (lines.starts[start] if pieces else 0)
        found = Lines(
            lines.numbers[rows] - lines.numbers[rows][:1] + 1,
            lines.starts[rows] + shifts - lengths[rows],
            lines.ends[rows] + shifts,
        )
        # What stands before the first line is of the page before.
        yield PageText("".join(pieces[1:]), found, contents[rows])


def page_markups(
    forest: Forest,
    marks: Sequence[str],
    likes: Sequence[Likeness],
    extents: Sequence[Places] | None = None,
) -> Iterator[Markup]:
    """What the markup says about the lines of each page; `extents` are those of its elements."""
    nesting, shapes = forest.nesting, forest.shapes
    lengths = np.fromiter(map(len, marks), np.int32, len(marks))
    hidden = nesting.within(shapes.hidden[nesting.starts])[forest.lines.first_tokens]
    near, table = families(forest), numbers(forest, likes)
    buckets, counts = names(forest)
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    roots = [*nesting.roots.tolist(), len(nesting)]
    for page, (start, end) in enumerate(forest.line_bounds):
        rows, elements = slice(start, end), slice(roots[page], roots[page + 1])
        yield Markup(
            blocks=forest.kinds_of_lines[rows],
            marks=lengths[rows],
            hidden=hidden[rows],
            numbers=table[rows],
            families=near[rows],
            buckets=buckets[ends[start] : ends[end]],
            counts=counts[rows],
            elements=forest.of_lines[rows] - roots[page],
            parents=nesting.parents[elements] - roots[page],
            tags=forest.tags[elements].own(),
            extents=extents[page] if extents else None,
        )
