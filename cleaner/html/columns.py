"""The columns of the markup of some pages, by array operations over all elements and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.html.elements import LINK, STRONG
from cleaner.html.families import FAMILIES
from cleaner.html.forest import Forest
from cleaner.html.likeness import Likeness
from cleaner.html.lines import Tags
from cleaner.html.nesting import Places
from cleaner.markup import NAME_BUCKETS, NUMBERS, Block
from cleaner.measure.words import mixed
from cleaner.model import Bools, Floats, Ints

Columns = Mapping[str, npt.NDArray[np.generic]]
# Names are read of a line's element and this many above it, and told apart as near or far.
NAMED_LEVELS, NEAR_LEVELS = 8, 2
# So that what is worked out on the way takes little memory.
STRETCH_LINES = 20_000
_FAR_SALT = np.uint32(0x51ED270B)
BLOCK_LEVELS = 4
# So many siblings of one shape make a list of something.
FEWEST_ALIKE = 3
# What is farther from the headline is just far.
HEADLINE_LEVELS = 12
PARAGRAPH_CHARS = 80


def numbers(forest: Forest, likes: Sequence[Likeness]) -> Floats:
    """The columns of NUMBERS; `likes` says of each page which lines are like its metadata."""
    found = {
        **_of_text(forest),
        **_of_blocks(forest),
        **_of_siblings(forest),
        **_of_likeness(forest, likes),
    }
    found |= _of_headline(forest, np.asarray(found["is_title"], np.bool_))
    table = np.empty((len(forest.lines), len(NUMBERS)), np.float32)
    for i, name in enumerate(NUMBERS):
        table[:, i] = found[name]
    return table


def _of_text(forest: Forest) -> Columns:
    lines, nesting = forest.lines, forest.nesting
    chars = np.bincount(lines.rows, lines.lengths, len(lines))
    token = lines.first_tokens
    return {
        "depth": np.log1p(nesting.depths[forest.of_lines]),
        "place": (token - nesting.starts[forest.root_of_lines]) / forest.tag_counts,
        "line_count": np.log1p(forest.line_counts[forest.page_of_lines]),
        "links": np.log1p(_begun(forest, forest.has(LINK))),
        "link_share": lines.chars(nesting.within(forest.has(LINK))) / chars,
        "strong_share": lines.chars(nesting.within(forest.has(STRONG))) / chars,
        "page_chars": np.log1p(forest.chars[forest.root_of_lines]),
    }


def _begun(forest: Forest, elements: Bools) -> Places:
    """How many of some elements have their first character in each line."""
    starts, ends = forest.nesting.starts[elements], forest.nesting.ends[elements]
    lines = forest.lines
    at = np.searchsorted(lines.tokens, starts)
    filled = np.append(lines.tokens, len(forest.nesting.owners))[at] < ends
    return np.bincount(lines.rows[at[filled]], minlength=len(lines))


def _of_blocks(forest: Forest) -> Columns:
    """Text and links in the block of each line and in those around it."""
    nesting, chars, root = forest.nesting, forest.chars, forest.root_of_lines
    linked = forest.chars_after(nesting.within(forest.has(LINK)))
    paragraphs = (forest.kinds == Block.PARAGRAPH) & (chars >= PARAGRAPH_CHARS)
    in_paragraphs = forest.chars_after(nesting.within(paragraphs))
    tags = nesting.ends - nesting.starts
    some, total = np.maximum(chars, 1), np.maximum(in_paragraphs[root], 1)
    logarithms, density, crowd = np.log1p(chars), linked / some, np.log1p(tags / some)
    block = forest.blocks[forest.of_lines]
    found: dict[str, npt.NDArray[np.generic]] = {
        "lines_of_block": np.log1p(np.bincount(block, minlength=len(nesting))[block]),
        "page_paragraphs": np.log1p(in_paragraphs[root]),
    }
    for level in range(BLOCK_LEVELS):
        found[f"chars_{level}"] = logarithms[block]
        found[f"link_density_{level}"] = density[block]
        found[f"tags_per_char_{level}"] = crowd[block]
        found[f"share_of_paragraphs_{level}"] = in_paragraphs[block] / total
        block = forest.blocks[nesting.parents[block]]
    return found


def _of_siblings(forest: Forest) -> Columns:
    """How many siblings of one shape the nearest repeated block has, and how far up it is."""
    nesting, of_lines = forest.nesting, forest.of_lines
    keys = nesting.parents << 32 | forest.shapes.signatures[nesting.starts]
    _, kind, counts = np.unique(keys, return_inverse=True, return_counts=True)
    alike = counts[kind]
    repeated = (alike >= FEWEST_ALIKE) & forest.is_block
    nearest = nesting.nearest(repeated)[of_lines]
    is_repeated = repeated[nearest]
    levels = nesting.depths[of_lines] - nesting.depths[nearest]
    return {
        "alike": np.log1p(alike[nearest]) * is_repeated,
        "levels_to_alike": np.log1p(levels) * is_repeated,
    }


def _of_likeness(forest: Forest, likes: Sequence[Likeness]) -> Columns:
    has_body = np.array([like.has_body for like in likes])
    return {
        "is_title": np.concatenate([like.titles for like in likes]),
        "starts_title": np.concatenate([like.beginnings for like in likes]),
        "is_headline": np.concatenate([like.headlines for like in likes]),
        "in_article_body": np.concatenate([like.in_body for like in likes]),
        "has_article_body": has_body[forest.page_of_lines],
    }


def _of_headline(forest: Forest, is_title: Bools) -> Columns:
    """How far each line is from what is likeliest the headline of its page."""
    kinds = forest.kinds_of_lines
    weights = 4 * (is_title & (kinds >= Block.HEADING_1)) + 2 * (kinds == Block.HEADING_1)
    weights = weights + is_title
    headlines = np.zeros(len(forest.line_counts), np.int64)
    for page, (start, end) in enumerate(forest.line_bounds):
        headlines[page] = start + weights[start:end].argmax() if start < end else 0
    headline = headlines[forest.page_of_lines]
    has_headline = weights[headline] > 0
    lines = (np.arange(len(headline)) - headline) * has_headline
    levels = _levels_to(forest, forest.lines.first_tokens[headline])
    return {
        "levels_to_headline": np.where(has_headline, levels, HEADLINE_LEVELS),
        "lines_to_headline": np.sign(lines) * np.log1p(np.abs(lines)),
    }


def _levels_to(forest: Forest, tokens: Tags) -> Places:
    """How many levels above each line's element that is which holds its token as well."""
    nesting, at = forest.nesting, forest.of_lines
    levels = np.zeros(len(at), np.int64)
    for _ in range(HEADLINE_LEVELS):
        apart = (nesting.starts[at] > tokens) | (nesting.ends[at] <= tokens)
        if not apart.any():
            break
        levels += apart
        at = np.where(apart, nesting.parents[at], at)
    return levels


def families(forest: Forest) -> npt.NDArray[np.uint8]:
    """How near each family is to each line: 4 for its element, 3, 2 or 1 for those above."""
    nesting = forest.nesting
    own = forest.shapes.families[nesting.starts]
    above = own[nesting.parents]
    within_2 = own | above | above[nesting.parents]
    within_5 = within_2 | within_2[nesting.up(np.arange(len(nesting)), 3)]
    shifts = np.arange(len(FAMILIES), dtype=np.uint64)
    near = (own, within_2, within_5, nesting.united(own))
    found = np.zeros((len(forest.of_lines), len(FAMILIES)), np.uint8)
    for start in range(0, len(found), STRETCH_LINES):
        rows = slice(start, start + STRETCH_LINES)
        for sets in near:
            of_lines = sets[forest.of_lines[rows], None]
            found[rows] += ((of_lines >> shifts) & np.uint64(1)).astype(np.uint8)
    return found


def names(forest: Forest) -> tuple[Ints, Ints]:
    """The hashed names of the elements around each line, and how many there are.

    Those of roots are not read: they hold all lines.
    """
    stretches = range(0, max(len(forest.lines), 1), STRETCH_LINES)
    found = [_names(forest, forest.of_lines[at : at + STRETCH_LINES]) for at in stretches]
    buckets, counts = zip(*found, strict=True)
    return np.concatenate(buckets), np.concatenate(counts)


def _names(forest: Forest, elements: Places) -> tuple[Ints, Ints]:
    words, counts = forest.shapes.words, forest.shapes.word_counts
    levels = [elements]
    for _ in range(NAMED_LEVELS):
        levels.append(forest.nesting.parents[levels[-1]])
    around = np.stack(levels, axis=1)  # shape (lines, levels)
    shapes = forest.nesting.starts[around]
    each = np.where(forest.nesting.depths[around] > 0, counts[shapes], 0)
    salts = np.where(np.arange(NAMED_LEVELS + 1) > NEAR_LEVELS, _FAR_SALT, np.uint32(0))
    flat = each.ravel()
    ends = np.cumsum(flat)
    first = forest.shapes.first_words[shapes].ravel() - (ends - flat)
    found = words[np.repeat(first, flat) + np.arange(flat.sum())]
    found += np.repeat(np.broadcast_to(salts, each.shape).ravel(), flat)
    buckets = (mixed(found) & np.uint32(NAME_BUCKETS - 1)).astype(np.int32)
    return buckets, each.sum(axis=1).astype(np.int32)
