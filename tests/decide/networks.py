"""Small random networks of the shipped shape, and pages to read by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.decide.inputs import TEXT, Inputs
from cleaner.decide.network import (
    EMBEDDING,
    EXACT,
    HIDDEN,
    LABEL_COUNT,
    SPREAD,
    STEPS,
    SUMMARY,
    SUMMED_TOP,
    TOP,
    UNITS,
    Embedding,
    Layer,
    Matrix,
    Network,
)
from cleaner.decide.surroundings import PARTS

LARGEST_ACTIVATIONS = {
    "summary": UNITS, "context": UNITS + SUMMARY * PARTS, "out": HIDDEN, "skip": UNITS,
}  # fmt: skip
WORD = 32_000


def largest_inputs(name: str, inputs: Inputs = TEXT) -> np.ndarray:
    """The largest input of each column of a layer, in steps."""
    if name != "line":
        return np.full(LARGEST_ACTIVATIONS[name], TOP)
    words = EMBEDDING * len(inputs.buckets)
    return np.repeat([SPREAD * STEPS, float(SUMMED_TOP)], [len(inputs.features), words])


def network(seed: int, inputs: Inputs = TEXT) -> Network:
    """A network of random whole numbers, as large as sums stay exact with."""
    rng = np.random.default_rng(seed)
    tables = (rng.integers(-127, 128, (n, EMBEDDING)).astype(np.int8) for n in inputs.buckets)
    features = len(inputs.features)
    return Network(
        mean=rng.normal(size=features),
        spread=rng.uniform(0.5, 2, features),
        embeddings=tuple(Embedding(rows, np.asarray([2.0])) for rows in tables),
        line=_random(UNITS, rng, largest_inputs("line", inputs)),
        line_top=np.asarray([2.0]),
        summary=_layer("summary", SUMMARY, rng),
        summary_top=np.asarray([2.0]),
        context=_layer("context", HIDDEN, rng),
        context_top=np.asarray([2.0]),
        out=_layer("out", LABEL_COUNT, rng),
        skip=_layer("skip", LABEL_COUNT, rng),
    )


def _layer(name: str, rows: int, rng: np.random.Generator) -> Layer:
    return _random(rows, rng, largest_inputs(name))


def _random(rows: int, rng: np.random.Generator, largest: np.ndarray) -> Layer:
    most = int(min(WORD, (EXACT - 1) / largest.sum()))
    weights = rng.integers(-most, most + 1, (rows, len(largest))).astype(np.int16)
    spread = most * np.sqrt((largest**2).sum())
    return Layer(weights, rng.uniform(1, 3, rows) / spread, rng.normal(size=rows))


@dataclass(frozen=True)
class Lines:
    """Pages in numbers, one after the other."""

    inputs: Matrix
    lengths: Sequence[int]

    def __add__(self, other: Lines) -> Lines:
        """These pages, and others below them."""
        inputs = np.concatenate([self.inputs, other.inputs])
        return Lines(inputs, [*self.lengths, *other.lengths])


def lines(seed: int, *lengths: int) -> Lines:
    """Random pages of these many lines, as a network reads them: whole numbers."""
    rng = np.random.default_rng(seed)
    largest = largest_inputs("line")
    shape = (sum(lengths), len(largest))
    inputs = np.rint(rng.uniform(-1, 1, shape) * largest).astype(np.float32)
    return Lines(inputs, lengths)
