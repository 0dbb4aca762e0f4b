"""The fitted decision: a small network from the numbers about lines to how likely each label is.

Each line is read by itself into UNITS activations; those of its neighbours, of stretches before and
after it and of the whole page stand beside its own; one more layer reads them together. This is a
convolution with one wide, hand-laid kernel: deeper stacks measured no better (docs/quality.md).

All weights and activations are whole numbers, small enough that their sums of products are exact in
single precision, in whatever order a machine adds them up. So the same text has the same labels and
scores on every machine, in every batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.words import BUCKETS

Matrix = npt.NDArray[np.float32]
Table = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int16]
Ints = npt.NDArray[np.int32]
Shapes = tuple[tuple[int, ...], ...]

UNITS, HIDDEN, EMBEDDING, LABEL_COUNT = 80, 96, 8, 8
# Neighbours that are read one by one, on both sides.
NEAR = 3
# Stretches of lines that are read as their mean: from, to.
STRETCHES = ((-8, -1), (1, 8), (-24, -1), (1, 24))
PARTS = 1 + 2 * NEAR + len(STRETCHES) + 1
BUCKET_SHAPE = (BUCKETS, EMBEDDING)
# Numbers about lines lie within this many standard deviations, in steps of 1/25.
SPREAD, STEPS = 5.0, 25.0
# Activations are whole numbers up to this, the sums of a line's wording up to that in size; sums of
# products stay below 2**24.
TOP, WORDING_TOP, EXACT = 255.0, 127, float(1 << 24)
# Lines that are read together; bounds the memory of a long document.
BLOCK_LINES = 4096


@dataclass(frozen=True, slots=True)
class Layer:
    """A matrix of whole numbers, and what one step of each row is worth."""

    weights: Whole  # shape (rows, columns)
    steps: Table  # shape (rows,)
    bias: Table  # shape (rows,)

    def __call__(self, inputs: Matrix) -> Table:
        """Inputs times weights, plus bias; inputs must be whole numbers."""
        sums = inputs @ self.weights.T.astype(np.float32)
        return np.asarray(sums.astype(np.float64) * self.steps + self.bias)

    @property
    def real(self) -> Table:
        """What one step of each input adds to each row."""
        return np.asarray(self.weights * self.steps[:, None])


@dataclass(frozen=True, slots=True)
class Network:
    """The weights of the decision. Arrays only: no code is loaded with them."""

    mean: Table  # of each feature
    spread: Table  # its standard deviation
    buckets: npt.NDArray[np.int8]  # shape (BUCKETS, EMBEDDING)
    bucket_step: Table  # shape (1,): what one step of the sum of a line's wording is worth
    line: Layer
    line_top: Table  # shape (1,): the activation that counts as TOP
    context: Layer
    context_top: Table
    out: Layer
    skip: Layer

    @property
    def shapes(self) -> Shapes:
        """The shapes of all matrices; see `expected_shapes`."""
        layers = (self.line, self.context, self.out, self.skip)
        return self.mean.shape, self.buckets.shape, *(layer.weights.shape for layer in layers)

    def read(self, features: Matrix, buckets: Ints, counts: Ints) -> Matrix:
        """The features and wording of lines as whole numbers; shape (lines, features + EMBEDDING).

        `buckets` holds the wording of all lines in order, `counts` how many each line has.
        """
        scaled = (features - self.mean) / self.spread
        rounded = np.rint(np.clip(scaled, -SPREAD, SPREAD) * STEPS)
        sums = _sums(self.buckets, buckets, counts)
        scaled = sums / np.sqrt(np.maximum(counts, 1))[:, None] / self.bucket_step
        wording = np.rint(np.clip(scaled, -WORDING_TOP, WORDING_TOP))
        return np.concatenate([rounded, wording], axis=1).astype(np.float32)

    def logits(self, inputs: Matrix, lengths: Sequence[int]) -> Table:
        """How much speaks for each label of each line; shape (lines, labels).

        `lengths` says how many of the lines, one page after the other, each page has.
        """
        units = self.units(inputs)
        found = np.empty((len(inputs), LABEL_COUNT))
        around = Surroundings(units, lengths)
        for start in range(0, len(inputs), BLOCK_LINES):
            rows = slice(start, min(start + BLOCK_LINES, len(inputs)))
            hidden = self.hidden(self.context(around.of(rows)))
            found[rows] = self.out(hidden) + self.skip(units[rows])
        return found

    def units(self, inputs: Matrix) -> Matrix:
        """Each line read by itself; whole numbers from 0 to TOP, shape (lines, UNITS)."""
        return _activated(self.line(inputs), self.line_top)

    def hidden(self, reached: Table) -> Matrix:
        """What reached the second layer, as whole numbers from 0 to TOP; shape (lines, HIDDEN)."""
        return _activated(reached, self.context_top)


def expected_shapes(features: int) -> Shapes:
    """The shapes of the matrices of a network that this version can run on so many features."""
    return (
        (features,),
        BUCKET_SHAPE,
        (UNITS, features + EMBEDDING),
        (HIDDEN, UNITS * PARTS),
        (LABEL_COUNT, HIDDEN),
        (LABEL_COUNT, UNITS),
    )


def _activated(values: Table, top: Table) -> Matrix:
    return np.rint(np.clip(values * (TOP / top), 0, TOP)).astype(np.float32)


def _sums(table: npt.NDArray[np.int8], buckets: Ints, counts: Ints) -> Table:
    rows = table.view(np.uint64).ravel()[buckets].view(np.int8).reshape(-1, EMBEDDING)
    sums = np.zeros((len(buckets) + 1, EMBEDDING), np.int32)
    np.cumsum(rows, axis=0, dtype=np.int32, out=sums[1:])
    ends = np.cumsum(counts)
    return np.asarray((sums[ends] - sums[ends - counts]).astype(np.float64))


class Surroundings:
    """What stands around each line of some pages: neighbours, stretches, the page."""

    def __init__(self, units: Matrix, lengths: Sequence[int]) -> None:
        self.units = units
        ends = np.cumsum(np.asarray(lengths, np.int64))
        starts = ends - lengths
        self._first = np.repeat(starts, lengths)
        self._end = np.repeat(ends, lengths)
        self._sums = np.zeros((len(units) + 1, units.shape[1]), np.float64)
        np.cumsum(units, axis=0, dtype=np.float64, out=self._sums[1:])
        lines = np.maximum(np.asarray(lengths), 1)[:, None]
        means = np.rint((self._sums[ends] - self._sums[starts]) / lines).astype(np.float32)
        self._page = np.repeat(np.arange(len(lengths)), lengths)
        self._means = means

    def of(self, rows: slice) -> Matrix:
        """Own units, near neighbours, stretches and page of these lines, side by side."""
        at = np.arange(rows.start, rows.stop)
        parts = [self.units[rows]]
        parts += [self._near(at, k) for k in range(-NEAR, NEAR + 1) if k]
        parts += [self._stretch(at, first, last) for first, last in STRETCHES]
        parts.append(self._means[self._page[rows]])
        return np.concatenate(parts, axis=1)

    def _near(self, at: npt.NDArray[np.int64], offset: int) -> Matrix:
        """The units of the line this far away; none beyond the page's ends."""
        other = at + offset
        inside = (other >= self._first[at]) & (other < self._end[at])
        found = self.units[np.where(inside, other, 0)]
        found[~inside] = 0
        return found

    def _stretch(self, at: npt.NDArray[np.int64], first: int, last: int) -> Matrix:
        """Mean units of a stretch, lines beyond the page's ends counted as none."""
        start = np.clip(at + first, self._first[at], self._end[at])
        end = np.clip(at + last + 1, self._first[at], self._end[at])
        sums = self._sums[end] - self._sums[start]
        return np.rint(sums / (last - first + 1)).astype(np.float32)
