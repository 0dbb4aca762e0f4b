"""What the markup says about the lines of a page: the value that goes along with its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Block(IntEnum):
    """What a line is by its nearest telling block."""

    OTHER = 0
    PARAGRAPH = 1
    ITEM = 2
    TERM = 3
    CELL = 4
    QUOTE = 5
    CODE = 6
    CAPTION = 7
    FORM = 8
    HEADING_1 = 9
    HEADING_2 = 10
    HEADING_3 = 11
    HEADING_4 = 12
    HEADING_5 = 13
    HEADING_6 = 14


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
COLUMNS = ("blocks", "marks", "hidden", "numbers", "families", "counts", "elements")
NAME_BUCKETS = 1 << 15
"""What `Markup.buckets` are below."""
FEW_LETTERS = 20
"""An HTML page with fewer letters and digits says nothing; its scripts may fetch what it says."""
FAR, WITHIN_5, WITHIN_2, ITSELF = 1, 2, 3, 4
"""How near an element of a family is: above, up to 5 or 2 levels up, the line's own element."""


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """What the markup says about the lines of a page; columns have one row a line."""

    blocks: npt.NDArray[np.int8]  # see Block
    marks: npt.NDArray[np.int32]  # how many characters of a list mark the line begins with
    hidden: Bools  # in an element that is not shown
    numbers: npt.NDArray[np.float32]  # shape (lines, NUMBERS)
    families: npt.NDArray[np.uint8]  # how near each of the FAMILIES is, 0 for not
    buckets: npt.NDArray[np.int32]  # not a column: hashed names of elements around all lines
    counts: npt.NDArray[np.int32]  # how many of `buckets` are a line's
    elements: Places  # the element each line begins in
    parents: Places  # not a column: the element that holds each element
    tags: Sequence[str]  # not a column: the start tag of each element, without its brackets
    extents: Places | None = None  # not a column: see `cleaner.html.extents`; only when asked for

    def __len__(self) -> int:
        return len(self.blocks)

    def only(self, rows: Bools) -> Markup:
        """What is said of some lines; not where elements stand, for their text is another."""
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in COLUMNS},
            buckets=self.buckets[np.repeat(rows, self.counts)],
            extents=None,
        )

    def block(self, line: int) -> Block:
        """What a line is by its block."""
        return Block(self.blocks[line])
