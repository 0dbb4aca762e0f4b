"""What the decision reads of lines: of any text, and of text with its markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.decide.features import FEATURES, MARKUP, Feature, Matrix, features_of_pages
from cleaner.decide.network import Bag, blocks, joined_bags
from cleaner.html.families import FAMILIES
from cleaner.markup import NAME_BUCKETS, NUMBERS, Block, Markup
from cleaner.measure.words import BUCKETS
from cleaner.model import Page, Proposal

_OF_MARKUP = (
    *NUMBERS,
    *(f"near.{family}" for family in FAMILIES),
    *(f"block.{block.name.lower()}" for block in Block),
    "hidden",
    "list_mark",
)
_BLOCKS = np.eye(len(Block), dtype=np.float32)
# Lines whose markup is written together.
MARKUP_LINES = 1 << 14


@dataclass(frozen=True, slots=True)
class Inputs:
    """A kind of inputs: numbers about each line, and bags of hashed words."""

    features: tuple[Feature, ...]
    buckets: tuple[int, ...]  # how many there are, of each bag

    @property
    def names(self) -> list[str]:
        """The names of the features."""
        return [feature.name for feature in self.features]


TEXT = Inputs(FEATURES, (BUCKETS,))
"""Of any text; the bag is of its wording."""
HTML = Inputs((*FEATURES, *(Feature(name, MARKUP) for name in _OF_MARKUP)), (BUCKETS, NAME_BUCKETS))
"""Of pages with markup: those of a text first, then the markup's; its names are a second bag."""


def inputs_of(page: Page) -> Inputs:
    """What can be read of a page."""
    return TEXT if page.document.markup is None else HTML


def numbers_of_pages(
    pages: Sequence[Page], proposals: Sequence[Sequence[Proposal]], inputs: Inputs
) -> Matrix:
    """The features of the lines of some pages laid end to end; shape (lines, features).

    `proposals` are those voices that the weights were fitted on. For HTML all pages have markup.
    """
    found = features_of_pages(pages, proposals, len(inputs.features) - len(FEATURES))
    if inputs is TEXT:
        return found
    start = 0
    for markup in _markups(pages):
        for rows in blocks(len(markup), MARKUP_LINES):
            of_markup = numbers_of_markup(markup, rows)
            end = start + len(of_markup)
            found[start:end, len(FEATURES) :] = of_markup
            start = end
    return found


def bags_of_pages(pages: Sequence[Page], inputs: Inputs) -> tuple[Bag, ...]:
    """The hashed words of the lines of some pages laid end to end."""
    wording = [(Bag(page.measured.buckets, page.measured.buckets_of_line),) for page in pages]
    if inputs is TEXT:
        return joined_bags(wording)
    names = (Bag(markup.buckets, markup.counts) for markup in _markups(pages))
    return joined_bags([(*of_page, more) for of_page, more in zip(wording, names, strict=True)])


def _markups(pages: Sequence[Page]) -> Iterator[Markup]:
    for page in pages:
        if page.document.markup is None:
            raise TypeError(f"{page.document.id}: has no markup to read")
        yield page.document.markup


def numbers_of_markup(markup: Markup, rows: slice) -> Matrix:
    """What is read of the markup of some lines beside the names; shape (lines, features)."""
    parts = (
        markup.numbers[rows],
        markup.families[rows],
        _BLOCKS[markup.blocks[rows]],
        markup.hidden[rows, None],
        np.log1p(markup.marks[rows])[:, None],
    )
    return np.concatenate(parts, axis=1, dtype=np.float32, casting="unsafe")
