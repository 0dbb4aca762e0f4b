"""The columns of a page's markup, by array operations over its elements and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.html.elements import BLOCK, LINK, STRONG, Block
from cleaner.html.families import FAMILIES
from cleaner.html.head import Head
from cleaner.html.likeness import Likeness, likeness
from cleaner.html.lines import Layout
from cleaner.html.markup import NUMBERS, Markup
from cleaner.html.nesting import Nesting, Places
from cleaner.html.shapes import Shapes
from cleaner.model import Bools, Ints
from cleaner.words import mixed

Columns = Mapping[str, npt.NDArray[np.generic]]
# Names are read of a line's element and this many above it, and told apart as near or far.
NAMED_LEVELS, NEAR_LEVELS = 8, 2
NAME_BUCKETS = 1 << 15
_FAR_SALT = np.uint32(0x51ED270B)
BLOCK_LEVELS = 4
# So many siblings of one shape make a list of something.
FEWEST_ALIKE = 3
# What is farther from the headline is just far.
HEADLINE_LEVELS = 12
PARAGRAPH_CHARS = 80


@dataclass(frozen=True, slots=True, eq=False)
class Elements:
    """The elements of a page with what their tags tell, and where its lines begin in them."""

    nesting: Nesting
    shapes: Shapes
    of_elements: Places  # the shape of each element; shape (elements,)
    bits: Places
    lines: Layout
    of_lines: Places  # the element each line begins in; shape (lines,)

    @classmethod
    def of(cls, nesting: Nesting, shapes: Shapes, lines: Layout) -> Elements:
        """The elements of a nesting; `shapes` are those of its tags."""
        shape = shapes.of_tags[nesting.starts]
        of_lines = nesting.owners[lines.first_tokens]
        return cls(nesting, shapes, shape, shapes.bits[shape], lines, of_lines)

    def chars(self, of_tokens: Bools | None = None) -> Places:
        """How many characters each element has, white space aside, of all tokens or of some."""
        counts = np.bincount(self.lines.tokens, minlength=len(self.nesting.owners))
        if of_tokens is not None:
            counts = counts * of_tokens
        return self.sums(counts)

    def sums(self, of_tokens: Places) -> Places:
        """The sum over the tokens of each element."""
        sums = np.concatenate([[0], np.cumsum(of_tokens)])
        return np.asarray(sums[self.nesting.ends] - sums[self.nesting.starts])


def columns(elements: Elements, head: Head, contents: Sequence[str], marks: Ints) -> Markup:
    """What the markup says about each line; `marks` is how long their list marks are."""
    of_lines, nesting = elements.of_lines, elements.nesting
    shapes, shape = elements.shapes, elements.of_elements
    kinds = shapes.kinds[shape]
    blocks = kinds[nesting.nearest(kinds > 0)][of_lines]
    like = likeness(contents, head)
    found = {
        **_of_text(elements),
        **_of_blocks(elements),
        **_of_siblings(elements),
        **_of_headline(elements, blocks, like),
        "is_title": like.titles,
        "starts_title": like.beginnings,
        "is_headline": like.headlines,
        "in_article_body": like.in_body,
        "has_article_body": np.full(len(blocks), like.has_body),
    }
    return Markup(
        blocks=blocks,
        marks=marks,
        hidden=nesting.within(shapes.hidden[shape])[elements.lines.first_tokens],
        numbers=np.stack([found[name] for name in NUMBERS], axis=1).astype(np.float32),
        families=_families(elements),
        **_names(elements),
        elements=of_lines,
        parents=nesting.parents,
        labels=tuple(map(shapes.labels.__getitem__, shape.tolist())),
    )


def _of_text(elements: Elements) -> Columns:
    lines, nesting = elements.lines, elements.nesting
    chars = np.bincount(lines.rows, minlength=len(lines))
    links = (elements.bits & LINK) > 0
    return {
        "depth": np.log1p(nesting.depths[elements.of_lines]),
        "place": lines.first_tokens / len(nesting.owners),
        "line_count": np.full(len(lines), np.log1p(len(lines))),
        "links": np.log1p(_begun(nesting.starts[links], nesting.ends[links], lines)),
        "link_share": lines.chars(nesting.within(links)) / chars,
        "strong_share": lines.chars(nesting.within((elements.bits & STRONG) > 0)) / chars,
        "page_chars": np.full(len(lines), np.log1p(len(lines.filled))),
    }


def _begun(starts: Places, ends: Places, lines: Layout) -> Places:
    """How many of some elements have their first character in each line."""
    at = np.searchsorted(lines.tokens, starts)
    filled = np.append(lines.tokens, len(lines.tokens) + ends.max(initial=0))[at] < ends
    return np.bincount(lines.rows[at[filled]], minlength=len(lines))


def _of_blocks(elements: Elements) -> Columns:
    """Text and links in the block of each line and in those around it."""
    nesting = elements.nesting
    is_block = (elements.bits & BLOCK) > 0
    nearest = nesting.nearest(is_block)
    chars, linked = elements.chars(), elements.chars(nesting.within((elements.bits & LINK) > 0))
    paragraphs = (elements.shapes.kinds == Block.PARAGRAPH)[elements.of_elements]
    in_paragraphs = elements.chars(nesting.within(paragraphs & (chars >= PARAGRAPH_CHARS)))
    tags = nesting.ends - nesting.starts
    block = nearest[elements.of_lines]
    found = {
        "lines_of_block": np.log1p(np.bincount(block, minlength=len(nesting))[block]),
        "page_paragraphs": np.full(len(block), np.log1p(in_paragraphs[0])),
    }
    for level in range(BLOCK_LEVELS):
        found |= {
            f"chars_{level}": np.log1p(chars[block]),
            f"link_density_{level}": linked[block] / np.maximum(chars[block], 1),
            f"tags_per_char_{level}": np.log1p(tags[block] / np.maximum(chars[block], 1)),
            f"share_of_paragraphs_{level}": in_paragraphs[block] / max(1, int(in_paragraphs[0])),
        }
        block = nearest[nesting.parents[block]]
    return found


def _of_siblings(elements: Elements) -> Columns:
    """How many siblings of one shape the nearest repeated block has, and how far up it is."""
    nesting = elements.nesting
    signatures = elements.shapes.signatures[elements.of_elements]
    _, kind, counts = np.unique(
        nesting.parents << 32 | signatures, return_inverse=True, return_counts=True
    )
    alike = counts[kind]
    repeated = (alike >= FEWEST_ALIKE) & ((elements.bits & BLOCK) > 0)
    nearest = nesting.nearest(repeated)[elements.of_lines]
    is_repeated = repeated[nearest]
    levels = nesting.depths[elements.of_lines] - nesting.depths[nearest]
    return {
        "alike": np.log1p(alike[nearest]) * is_repeated,
        "levels_to_alike": np.log1p(levels) * is_repeated,
    }


def _of_headline(elements: Elements, blocks: npt.NDArray[np.int8], like: Likeness) -> Columns:
    """How far each line is from what is likeliest the page's headline."""
    is_h1 = blocks == Block.HEADING_1
    weights = 4 * (like.titles * (blocks >= Block.HEADING_1)) + 2 * is_h1 + like.titles
    levels = np.full(len(blocks), HEADLINE_LEVELS, np.int64)
    lines = np.zeros(len(blocks), np.int64)
    if weights.any():
        headline = int(weights.argmax())
        token = elements.lines.first_tokens[headline]
        levels = _levels_to(elements, int(token))
        lines = np.arange(len(blocks)) - headline
    return {
        "levels_to_headline": levels,
        "lines_to_headline": np.sign(lines) * np.log1p(np.abs(lines)),
    }


def _levels_to(elements: Elements, token: int) -> Places:
    """How many levels above each line's element that is which holds this token as well."""
    nesting, at = elements.nesting, elements.of_lines
    levels = np.zeros(len(at), np.int64)
    for _ in range(HEADLINE_LEVELS):
        apart = (nesting.starts[at] > token) | (nesting.ends[at] <= token)
        if not apart.any():
            break
        levels += apart
        at = np.where(apart, nesting.parents[at], at)
    return levels


def _families(elements: Elements) -> npt.NDArray[np.uint8]:
    """How near each family is to each line: 4 for its element, 3, 2 or 1 for those above."""
    nesting = elements.nesting
    own = elements.shapes.families[elements.of_elements]
    above = own[nesting.parents]
    within_2 = own | above | above[nesting.parents]
    within_5 = within_2 | within_2[nesting.up(np.arange(len(nesting)), 3)]
    shifts = np.arange(len(FAMILIES), dtype=np.uint64)
    found = np.zeros((len(elements.of_lines), len(FAMILIES)), np.uint8)
    for sets in (own, within_2, within_5, nesting.united(own)):
        found += ((sets[elements.of_lines][:, None] >> shifts) & np.uint64(1)).astype(np.uint8)
    return found


def _names(elements: Elements) -> dict[str, Ints]:
    """The hashed names of the elements around each line, and how many there are."""
    words, counts = elements.shapes.words, elements.shapes.word_counts
    levels = [elements.of_lines]
    for _ in range(NAMED_LEVELS):
        levels.append(elements.nesting.parents[levels[-1]])
    around = np.stack(levels, axis=1)  # shape (lines, levels)
    shapes = elements.of_elements[around]
    # The root, which holds itself, has no names; nor do levels above it.
    each = np.where(around > 0, counts[shapes], 0)
    salts = np.where(np.arange(NAMED_LEVELS + 1) > NEAR_LEVELS, _FAR_SALT, np.uint32(0))
    flat = each.ravel()
    ends = np.cumsum(flat)
    first = (np.cumsum(counts) - counts)[shapes].ravel() - (ends - flat)
    found = words[np.repeat(first, flat) + np.arange(flat.sum())]
    found += np.repeat(np.broadcast_to(salts, each.shape).ravel(), flat)
    buckets = (mixed(found) & np.uint32(NAME_BUCKETS - 1)).astype(np.int32)
    return {"buckets": buckets, "counts": each.sum(axis=1).astype(np.int32)}
