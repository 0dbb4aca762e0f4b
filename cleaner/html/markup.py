"""What the markup says about the lines of a page: the value that goes along with its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.html.attributes import label
from cleaner.html.elements import Block
from cleaner.html.nesting import Places
from cleaner.model import Bools, Floats, Ints

NUMBERS = (
    "depth", "place", "line_count",  # logarithm; share of the page's tags; logarithm
    "links", "link_share", "strong_share",  # logarithm; shares of the line's characters
    "lines_of_block",  # logarithm
    "levels_to_headline", "lines_to_headline",  # levels up to what holds both; logarithm with sign
    "alike", "levels_to_alike",  # logarithm: how many siblings of one shape; levels up to them
    *(f"{name}_{level}" for level in range(4)  # of the line's block, and of those around it
      for name in ("chars", "link_density", "tags_per_char", "share_of_paragraphs")),
    "is_title", "starts_title", "is_headline",  # the page's titles; the metadata's headline
    "in_article_body", "has_article_body",  # of the metadata
    "page_paragraphs", "page_chars",  # logarithms
)  # fmt: skip
"""What the columns of `Markup.numbers` are."""
FAR, WITHIN_5, WITHIN_2, ITSELF = 1, 2, 3, 4
"""How near an element of a family is: above, up to 5 or 2 levels up, the line's own element."""


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """What the markup says about the lines of a page; columns have one row a line."""

    blocks: npt.NDArray[np.int8]  # see Block
    marks: Ints  # how many characters of a list mark the line begins with
    hidden: Bools  # in an element that is not shown
    numbers: Floats  # shape (lines, NUMBERS)
    families: npt.NDArray[np.uint8]  # how near the FAMILIES are, 0 for not; shape (lines, FAMILIES)
    buckets: Ints  # not a column: the hashed names of the elements around all lines, in order
    counts: Ints  # how many of `buckets` are a line's
    elements: Places  # the element each line begins in
    parents: Places  # not a column: the element that holds each element
    tags: Sequence[str]  # not a column: the start tag of each element, without its brackets

    def __len__(self) -> int:
        return len(self.blocks)

    def block(self, line: int) -> Block:
        """What a line is by its block."""
        return Block(self.blocks[line])

    def path(self, line: int, longest: int = 12) -> str:
        """The elements around a line, the outermost first, at most `longest` of the inner ones.

        As in 'div.page > article#story > p'.
        """
        return " > ".join(reversed(list(self._labels_above(line, longest))))

    def _labels_above(self, line: int, longest: int) -> Iterator[str]:
        element = int(self.elements[line])
        for _ in range(longest):
            yield label(self.tags[element])
            if element == self.parents[element]:
                return
            element = int(self.parents[element])
