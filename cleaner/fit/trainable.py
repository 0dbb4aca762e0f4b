"""The network as it is fitted: forward and backward passes in plain arrays.

Same shape as cleaner.decide.network, in floating point, with dropout. The gradients are worked out
by hand, so that fitting needs nothing beyond NumPy (a deep-learning framework costs hundreds of
MB).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.decide.network import EMBEDDING, HIDDEN, LABEL_COUNT, SUMMARY, UNITS, Bag
from cleaner.decide.surroundings import OFFSETS, PARTS, STRETCHES, Surroundings, sums_before

Matrix = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
AnyInts = npt.NDArray[np.integer]
Parameters = dict[str, Matrix]


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages laid end to end."""

    inputs: Matrix  # (lines, features)
    bags: tuple[Bag, ...]  # buckets are rows of the embeddings
    lengths: Ints  # lines a page
    labels: Ints  # -1: not scored
    weights: Matrix  # how much each line counts


@dataclass(frozen=True, slots=True)
class Dropout:
    """How much is left out at random while fitting.

    Of a line's words, of the units of both layers; of the pages, how many lose all their wording,
    and how many all voices of stages. (A page without wording is what a page in words never seen
    before is like: leaving it out on one page in four took the F1 of unseen pages from .964 to
    .968.)
    """

    words: float = 0.6
    units: float = 0.45
    hidden: float = 0.3
    wording: float = 0.3
    voices: float = 0.1


def initial(features: int, rows: Sequence[int], rng: np.random.Generator) -> Parameters:
    """Random parameters for this many features and rows of each embedding."""

    def layer(n: int, m: int) -> Matrix:
        bound = 1 / np.sqrt(m)
        return rng.uniform(-bound, bound, (n, m)).astype(np.float32)

    return {
        **{
            embedding(i): (rng.standard_normal((count, EMBEDDING)) * 0.01).astype(np.float32)
            for i, count in enumerate(rows)
        },
        "line": layer(UNITS, features + EMBEDDING * len(rows)),
        "line_bias": np.zeros(UNITS, np.float32),
        "summary": layer(SUMMARY, UNITS),
        "summary_bias": np.zeros(SUMMARY, np.float32),
        "context": layer(HIDDEN, UNITS + SUMMARY * PARTS),
        "context_bias": np.zeros(HIDDEN, np.float32),
        "out": layer(LABEL_COUNT, HIDDEN),
        "skip": layer(LABEL_COUNT, UNITS),
        "out_bias": np.zeros(LABEL_COUNT, np.float32),
    }


def embedding(bag: int) -> str:
    """The name of the parameters that the words of a bag are read as."""
    return f"embedding_{bag}"


class Pass:
    """One forward pass over a batch, and the gradients of its loss."""

    def __init__(
        self, p: Parameters, batch: Batch, drop: Dropout | None, rng: np.random.Generator
    ) -> None:
        self.p, self.batch = p, batch
        self._words = [
            _Words.of(p[embedding(i)], bag, _kept(rng, len(bag.buckets), drop.words if drop else 0))
            for i, bag in enumerate(batch.bags)
        ]
        self._inputs = np.concatenate([batch.inputs, *(w.sums for w in self._words)], axis=1)
        lines = len(batch.inputs)
        mask = _kept(rng, (lines, UNITS), drop.units if drop else 0)
        units = self._inputs @ p["line"].T + p["line_bias"]
        self._unit_mask = mask * (units > 0)
        self._units = units * self._unit_mask
        summaries = np.maximum(self._units @ p["summary"].T + p["summary_bias"], 0)
        self._summaries = summaries
        self._around = _Around(summaries, batch.lengths)
        self._read = np.concatenate([self._units, self._around.values], axis=1)
        mask = _kept(rng, (lines, HIDDEN), drop.hidden if drop else 0)
        hidden = self._read @ p["context"].T + p["context_bias"]
        self._hidden_mask = mask * (hidden > 0)
        self._hidden = hidden * self._hidden_mask
        self.logits = self._hidden @ p["out"].T + self._units @ p["skip"].T + p["out_bias"]

    @property
    def activations(self) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """Words, units, summaries and hidden units; for choosing the steps of whole numbers.

        The words of all bags stand side by side.
        """
        words = self._inputs[:, self.batch.inputs.shape[1] :]
        return words, self._units, self._summaries, self._hidden

    def loss(self) -> tuple[float, Matrix]:
        """Mean cross-entropy by weight, and its gradient by logits."""
        batch = self.batch
        scored = (batch.labels >= 0).astype(np.float32) * batch.weights
        p = softmax(self.logits)
        at = np.arange(len(p)), np.maximum(batch.labels, 0)
        total = max(float(scored.sum()), 1e-6)
        value = float(-(np.log(p[at] + 1e-9) * scored).sum()) / total
        p[at] -= 1
        return value, p * (scored / total)[:, None]

    def gradients(self, by_logits: Matrix) -> tuple[Parameters, dict[str, tuple[AnyInts, Matrix]]]:
        """Gradients of all but the embeddings, and rows of each embedding with theirs."""
        p = self.p
        by_hidden = (by_logits @ p["out"]) * self._hidden_mask
        by_read = by_hidden @ p["context"]
        by_summaries = self._around.back(by_read[:, UNITS:]) * (self._summaries > 0)
        by_units = by_logits @ p["skip"] + by_read[:, :UNITS] + by_summaries @ p["summary"]
        by_units *= self._unit_mask
        by_words = by_units @ p["line"][:, self.batch.inputs.shape[1] :]
        found = {
            "out": by_logits.T @ self._hidden,
            "out_bias": by_logits.sum(axis=0),
            "skip": by_logits.T @ self._units,
            "summary": by_summaries.T @ self._units,
            "summary_bias": by_summaries.sum(axis=0),
            "context": by_hidden.T @ self._read,
            "context_bias": by_hidden.sum(axis=0),
            "line": by_units.T @ self._inputs,
            "line_bias": by_units.sum(axis=0),
        }
        parts = np.split(by_words, len(self._words), axis=1)
        return found, {
            embedding(i): words.back(part)
            for i, (words, part) in enumerate(zip(self._words, parts, strict=True))
        }


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a bag as a pass reads them, and back again."""

    bag: Bag
    keep: Matrix  # by what each word is multiplied
    scale: Matrix  # and each line
    sums: Matrix

    @classmethod
    def of(cls, rows: Matrix, bag: Bag, keep: Matrix) -> _Words:
        scale = (1 / np.sqrt(np.maximum(bag.counts, 1))).astype(np.float32)[:, None]
        sums = _ragged_sums(rows[bag.buckets] * keep[:, None], bag.counts)
        return cls(bag, keep, scale, sums * scale)

    def back(self, by_sums: Matrix) -> tuple[AnyInts, Matrix]:
        """Rows, and their gradients from those by the sums."""
        per_word: Matrix = np.repeat(by_sums * self.scale, self.bag.counts, axis=0)
        per_word *= self.keep[:, None]
        return _summed_by_row(self.bag.buckets, per_word)


def softmax(logits: npt.NDArray[np.floating]) -> Matrix:
    """Probabilities of each row."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True), np.float32)


def _kept(rng: np.random.Generator, shape: int | tuple[int, int], share: float) -> Matrix:
    if not share:
        return np.ones(shape, np.float32)
    kept = rng.random(shape, np.float32) >= share
    return np.asarray(kept / np.float32(1 - share), np.float32)


def _ragged_sums(rows: Matrix, counts: AnyInts) -> Matrix:
    found: Matrix = np.zeros((len(counts), rows.shape[1]), rows.dtype)
    some = np.flatnonzero(counts)
    if len(some):
        found[some] = np.add.reduceat(rows, (np.cumsum(counts) - counts)[some], axis=0)
    return found


def _summed_by_row(rows: AnyInts, values: Matrix) -> tuple[AnyInts, Matrix]:
    order = np.argsort(rows, kind="stable")
    unique, starts = np.unique(rows[order], return_index=True)
    if not len(unique):
        return unique, values[:0]
    return unique, np.add.reduceat(values[order], starts, axis=0)


class _Around:
    """What stands around lines, of their summaries, and back again."""

    def __init__(self, summaries: Matrix, lengths: Ints) -> None:
        self._around = Surroundings(summaries, lengths, whole=False)
        self.values = self._around.of(slice(None))

    def back(self, by_values: npt.NDArray[Any]) -> Matrix:
        """Gradients by summaries from those by what stands around."""
        around, places = self._around, self._around.places
        at = np.arange(len(by_values))
        parts = iter(np.split(by_values, PARTS, axis=1))
        found = np.zeros_like(around.values)
        for offset in OFFSETS:
            found += places.shifted(next(parts), at, -offset)
        far = len(at)
        counts = [np.asarray(last - first + 1) for first, last in STRETCHES]
        counts += [at - places.first, places.end - at - 1]
        stretches = [*STRETCHES, (-far, -1), (1, far)]
        for (first, last), count in zip(stretches, counts, strict=True):
            shares = sums_before(next(parts) / np.maximum(count, 1).reshape(-1, 1))
            found += places.stretch(shares, at, -last, -first)
        by_above, by_below = (places.shifted(next(parts), at, step) for step in (1, -1))
        found += _to_sources(by_above, around.most_above, places.first == at)
        ends = (places.end - 1 == at)[::-1]
        found += _to_sources(by_below[::-1], around.most_below[::-1], ends)[::-1]
        return found


def _to_sources(by_most: Matrix, most: Matrix, starts: npt.NDArray[np.bool_]) -> Matrix:
    """Gradients by values from those by the most of them so far, which starts anew at `starts`."""
    lines, columns = most.shape
    risen = np.diff(most, axis=0, prepend=most[:1]) > 0
    new = np.where(risen | starts[:, None], np.arange(lines)[:, None], 0)
    source = np.maximum.accumulate(new, axis=0) * columns + np.arange(columns)
    found = np.bincount(source.ravel(), by_most.ravel(), minlength=most.size)
    return np.asarray(found.reshape(most.shape), most.dtype)
