"""Some pages laid end to end: their elements, what the tags tell of them, and their lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.html.elements import BLOCK, PRE, SKIPPED
from cleaner.html.lines import Layout, laid_out
from cleaner.html.nesting import Nesting, Places
from cleaner.html.shapes import Shapes
from cleaner.html.tokens import Tags, Tokens
from cleaner.model import Bools


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """The trees of pages, together as array operations want them; a page has a root, or none."""

    tags: Tags  # the start tag of each element
    nesting: Nesting
    shapes: Shapes
    bits: Places  # of each element; shape (elements,)
    kinds: npt.NDArray[np.int8]
    is_block: Bools
    blocks: Places  # the nearest block that holds or is each element
    chars: Places  # characters in it, white space aside
    chars_of_tokens: Places  # after each tag; shape (tags,)
    lines: Layout
    of_lines: Places  # the element each line begins in; shape (lines,)
    kinds_of_lines: npt.NDArray[np.int8]
    page_of_lines: Places
    line_counts: Places  # shape (pages,)

    @classmethod
    def of(cls, tokens: Tokens) -> Forest:
        """The trees of the tokens of one page or more, each within one root, and their lines."""
        shapes = Shapes.of(tokens)
        nesting = Nesting.of(shapes.bits)
        bits, kinds = shapes.bits[nesting.starts], shapes.kinds[nesting.starts]
        skip, pre = (nesting.within((bits & bit) > 0) for bit in (SKIPPED, PRE))
        lines = laid_out(tokens, shapes.bits, skip, pre)
        chars = lines.chars_of_tokens(len(tokens))
        of_lines = nesting.owners[lines.first_tokens]
        is_block = (bits & BLOCK) > 0
        page_of_lines = np.searchsorted(nesting.roots, of_lines, side="right") - 1
        return cls(
            tags=Tags(tokens.written, tokens.starts[nesting.starts], tokens.ends[nesting.starts]),
            nesting=nesting,
            shapes=shapes,
            bits=bits,
            kinds=kinds,
            is_block=is_block,
            blocks=nesting.nearest(is_block),
            chars=_sums(nesting, chars),
            chars_of_tokens=chars,
            lines=lines,
            of_lines=of_lines,
            kinds_of_lines=kinds[nesting.nearest(kinds > 0)][of_lines],
            page_of_lines=page_of_lines,
            line_counts=np.bincount(page_of_lines, minlength=len(nesting.roots)),
        )

    @property
    def root_of_lines(self) -> Places:
        """The root of each line's page."""
        return self.nesting.roots[self.page_of_lines]

    @property
    def tag_counts(self) -> Places:
        """How many tags the page of each line has."""
        nesting, root = self.nesting, self.root_of_lines
        return np.asarray(nesting.ends[root] - nesting.starts[root] + 1)

    @property
    def line_bounds(self) -> list[tuple[int, int]]:
        """Where the lines of each page start and end."""
        ends = np.cumsum(self.line_counts)
        return list(zip((ends - self.line_counts).tolist(), ends.tolist(), strict=True))

    def has(self, bit: int) -> Bools:
        """Which elements have one of these bits."""
        return np.asarray((self.bits & bit) > 0)

    def chars_after(self, tokens: Bools) -> Places:
        """How many characters of each element come after some tags, white space aside."""
        return _sums(self.nesting, self.chars_of_tokens * tokens)


def _sums(nesting: Nesting, of_tokens: Places) -> Places:
    """The sum over the tags of each element."""
    sums = np.zeros(len(of_tokens) + 1, np.int64)
    np.cumsum(of_tokens, out=sums[1:])
    return np.asarray(sums[nesting.ends] - sums[nesting.starts])
