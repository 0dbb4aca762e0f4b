"""The fitted decision: a small network from the numbers about lines to how likely each label is.

Each line is read by itself into UNITS activations, and these are summed up in a few numbers for
others to see: what its neighbours, stretches before and after it, and all lines before and after it
sum up to (cleaner.decide.surroundings) stands beside a line's own activations, and one more layer
reads both together. Deeper stacks measured no better (docs/models.md).

All weights and activations are whole numbers, small enough that their sums of products are exact in
single precision, in whatever order a machine adds them up. So the same text has the same labels and
scores on every machine, in every batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.decide.surroundings import PARTS, Surroundings

Matrix = npt.NDArray[np.float32]
Table = npt.NDArray[np.float64]
Steps = npt.NDArray[np.int8]
Whole = npt.NDArray[np.int16]
Ints = npt.NDArray[np.int32]
Shapes = tuple[tuple[int, ...], ...]

# How many numbers a line is read into, and how many of them others see of it.
UNITS, SUMMARY = 128, 32
HIDDEN, EMBEDDING, LABEL_COUNT = 96, 8, 8
# Numbers about lines lie within this many standard deviations, in steps of 1/25.
SPREAD, STEPS = 5.0, 25.0
# Activations are whole numbers up to this, the sums of a line's buckets up to that in size; sums of
# products stay below 2**24.
TOP, SUMMED_TOP, EXACT = 255.0, 127, float(1 << 24)
# A row of buckets as one number: the sign of each byte, and all bits of the first byte of each sum
# in it. Four sums of 16 bits stand in a number, or two of 32 where lines have many buckets.
_SIGNS = 0x8080808080808080
_FIRST_BYTES = {4: 0x00FF00FF00FF00FF, 2: 0x000000FF000000FF}
_FEW_BUCKETS = 0xFFFF // 0xFF
# Lines that are read together: their arrays stay in the caches.
BLOCK_LINES = 512
# Lines whose words are summed up together: there are several numbers a word, for a while.
LINES_OF_WORDS = 1 << 14


@dataclass(frozen=True, eq=False)
class Layer:
    """A matrix of whole numbers, and what one step of each row is worth."""

    weights: Whole  # shape (rows, columns)
    steps: Table  # shape (rows,)
    bias: Table  # shape (rows,)

    def __call__(self, inputs: Matrix | Steps) -> Table:
        """Inputs times weights, plus bias; inputs must be whole numbers."""
        return self.scaled(inputs @ self.columns)

    def scaled(self, sums: Matrix) -> Table:
        """What sums of products are worth, plus bias."""
        values = sums.astype(np.float64)
        values *= self.steps
        values += self.bias
        return values

    @cached_property
    def columns(self) -> Matrix:
        """The weights in single precision, a column for each of their rows."""
        return self.weights.T.astype(np.float32, order="C")

    @cached_property
    def real(self) -> Table:
        """What one step of each input adds to each row."""
        return np.asarray(self.weights * self.steps[:, None])


class Bag(NamedTuple):
    """Hashed words of lines: the buckets of all lines in order, and how many each line has."""

    buckets: npt.NDArray[np.integer]
    counts: npt.NDArray[np.integer]


def joined_bags(bags: Sequence[Sequence[Bag]]) -> tuple[Bag, ...]:
    """The bags of some pages laid end to end; those of one page are of one kind each."""
    return tuple(
        Bag(*map(np.concatenate, zip(*kind, strict=True))) for kind in zip(*bags, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Embedding:
    """What hashed words are read as."""

    rows: npt.NDArray[np.int8]  # shape (buckets, EMBEDDING)
    step: Table  # shape (1,): what one step of the sum of a line's rows is worth


@dataclass(frozen=True, slots=True)
class Network:
    """The weights of the decision. Arrays only: no code is loaded with them."""

    mean: Table  # of each feature
    spread: Table  # its standard deviation
    embeddings: tuple[Embedding, ...]  # of a line's wording; of the names around it in the markup
    line: Layer
    line_top: Table  # shape (1,): the activation that counts as TOP
    summary: Layer
    summary_top: Table
    context: Layer  # reads own activations, then what stands around
    context_top: Table
    out: Layer
    skip: Layer

    @property
    def shapes(self) -> Shapes:
        """The shapes of all matrices; see `expected_shapes`."""
        layers = (self.line, self.summary, self.context, self.out, self.skip)
        embeddings = (embedding.rows.shape for embedding in self.embeddings)
        return self.mean.shape, *embeddings, *(layer.weights.shape for layer in layers)

    def read(self, features: Matrix, bags: Sequence[Bag]) -> Steps:
        """The features and words of lines as whole numbers, side by side; one row a line.

        There is a bag for each embedding, and EMBEDDING numbers of each. Columns are contiguous, as
        those of features are: each is scaled by itself.
        """
        numbers = len(self.mean)
        width = numbers + EMBEDDING * len(bags)
        found = np.empty((len(features), width), np.int8, order="F")
        for rows in blocks(len(features)):
            scaled = features[rows] - self.mean
            scaled /= self.spread
            np.clip(scaled, -SPREAD, SPREAD, out=scaled)
            scaled *= STEPS
            found[rows, :numbers] = np.rint(scaled, out=scaled)
        for i, (embedding, bag) in enumerate(zip(self.embeddings, bags, strict=True)):
            first = numbers + EMBEDDING * i
            _write_sums(embedding, bag, found[:, first : first + EMBEDDING])
        return found

    def logits(self, inputs: Matrix | Steps, lengths: Sequence[int]) -> Table:
        """How much speaks for each label of each line; shape (lines, labels).

        `lengths` says how many of the lines, one page after the other, each page has.
        """
        # Activations are kept as bytes: a long page has many.
        units = np.empty((len(inputs), UNITS), np.uint8)
        summaries = np.empty((len(inputs), SUMMARY), np.uint8)
        # Of what the context layer reads, a line's own activations come first.
        own, beside = np.split(self.context.columns, [UNITS])
        by_units = np.concatenate([own, self.skip.columns], axis=1)
        for rows in blocks(len(inputs)):
            read = self.units(inputs[rows])
            units[rows], summaries[rows] = read, self.summaries(read)
        around = Surroundings(summaries, lengths, whole=True)
        found = np.empty((len(inputs), LABEL_COUNT))
        for rows in blocks(len(inputs)):
            sums, of_skip = np.split(units[rows].astype(np.float32) @ by_units, [HIDDEN], axis=1)
            sums += around.of(rows) @ beside
            hidden = _activated(self.context.scaled(sums), self.context_top)
            found[rows] = self.out(hidden) + self.skip.scaled(of_skip)
        return found

    def units(self, inputs: Matrix | Steps) -> Matrix:
        """Each line read by itself; whole numbers from 0 to TOP, shape (lines, UNITS)."""
        return _activated(self.line(inputs), self.line_top)

    def summaries(self, units: Matrix) -> Matrix:
        """What others see of each line; whole numbers from 0 to TOP, shape (lines, SUMMARY)."""
        return _activated(self.summary(units), self.summary_top)

    def hidden(self, reached: Table) -> Matrix:
        """What reached the context layer, as whole numbers from 0 to TOP; shape (lines, HIDDEN)."""
        return _activated(reached.copy(), self.context_top)


def expected_shapes(features: int, buckets: Sequence[int]) -> Shapes:
    """The shapes of the matrices of a network that this version can run on so many features.

    `buckets` is how many there are in each bag.
    """
    return (
        (features,),
        *((count, EMBEDDING) for count in buckets),
        (UNITS, features + EMBEDDING * len(buckets)),
        (SUMMARY, UNITS),
        (HIDDEN, UNITS + SUMMARY * PARTS),
        (LABEL_COUNT, HIDDEN),
        (LABEL_COUNT, UNITS),
    )


def blocks(lines: int, of: int = BLOCK_LINES) -> Iterator[slice]:
    """The rows that are worked out at once, in order."""
    return (slice(i, i + of) for i in range(0, lines, of))


def _activated(values: Table, top: Table) -> Matrix:
    """Values, which are overwritten, as whole numbers from 0 to TOP."""
    values *= TOP / top
    found = np.rint(values, out=values).astype(np.float32)
    return np.clip(found, 0, TOP, out=found)  # the same before rounding: its ends are whole


def _write_sums(embedding: Embedding, bag: Bag, out: Steps) -> None:
    """What the words of each line are read as; shape (lines, EMBEDDING)."""
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(bag.counts, dtype=np.int64)])
    for rows in blocks(len(bag.counts), LINES_OF_WORDS):
        counts = bag.counts[rows]
        buckets = bag.buckets[ends[rows.start] : ends[rows.start + len(counts)]]
        sums = _sums(embedding.rows, Bag(buckets, counts))
        sums /= np.sqrt(np.maximum(counts, 1))[:, None]
        sums /= embedding.step
        np.clip(sums, -SUMMED_TOP, SUMMED_TOP, out=sums)
        out[rows] = np.rint(sums, out=sums)


def _sums(table: npt.NDArray[np.int8], bag: Bag) -> Table:
    """The sum of each line's rows of the table; shape (lines, EMBEDDING).

    A row is read as one number, and every other of its bytes summed up at once, with room for all
    carries: sums of rows of eight numbers take several times as long.
    """
    buckets, counts = bag
    found = np.zeros((len(counts), EMBEDDING))
    some = counts > 0
    starts = (np.cumsum(counts) - counts)[some]
    if not len(starts):
        return found
    # Made positive by half their range, which is taken off the sums again.
    rows = table.view("<u8").ravel().take(buckets) ^ np.uint64(_SIGNS)
    fields = 4 if counts.max() <= _FEW_BUCKETS else 2
    kind = np.dtype(f"<u{EMBEDDING // fields}")
    sums = np.empty((len(starts), fields, EMBEDDING // fields), kind)
    for place in range(EMBEDDING // fields):
        some_of_each = (rows >> np.uint64(8 * place)) & np.uint64(_FIRST_BYTES[fields])
        found_of_each = np.add.reduceat(some_of_each, starts).astype("<u8", copy=False)
        sums[..., place] = found_of_each.view(kind).reshape(-1, fields)
    found[some] = sums.reshape(-1, EMBEDDING) - 128.0 * counts[some, None]
    return found
