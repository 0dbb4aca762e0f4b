"""Small random networks of the shipped shape, and pages to read by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.features import FEATURES
from cleaner.network import (
    EMBEDDING,
    EXACT,
    HIDDEN,
    LABEL_COUNT,
    SPREAD,
    STEPS,
    SUMMARY,
    TOP,
    UNITS,
    WORDING_TOP,
    Layer,
    Matrix,
    Network,
)
from cleaner.surroundings import PARTS
from cleaner.words import BUCKETS

READ = len(FEATURES) + EMBEDDING
LARGEST_READ = np.asarray([SPREAD * STEPS] * len(FEATURES) + [float(WORDING_TOP)] * EMBEDDING)
LARGEST_ACTIVATIONS = {
    "summary": UNITS, "context": UNITS + SUMMARY * PARTS, "out": HIDDEN, "skip": UNITS,
}  # fmt: skip
WORD = 32_000


def largest_inputs(name: str) -> np.ndarray:
    """The largest input of each column of a layer, in steps."""
    return LARGEST_READ if name == "line" else np.full(LARGEST_ACTIVATIONS[name], TOP)


def network(seed: int) -> Network:
    """A network of random whole numbers, as large as sums stay exact with."""
    rng = np.random.default_rng(seed)
    buckets = rng.integers(-127, 128, (BUCKETS, EMBEDDING)).astype(np.int8)
    return Network(
        mean=rng.normal(size=len(FEATURES)),
        spread=rng.uniform(0.5, 2, len(FEATURES)),
        buckets=buckets,
        bucket_step=np.asarray([2.0]),
        line=_layer("line", UNITS, rng),
        line_top=np.asarray([2.0]),
        summary=_layer("summary", SUMMARY, rng),
        summary_top=np.asarray([2.0]),
        context=_layer("context", HIDDEN, rng),
        context_top=np.asarray([2.0]),
        out=_layer("out", LABEL_COUNT, rng),
        skip=_layer("skip", LABEL_COUNT, rng),
    )


def _layer(name: str, rows: int, rng: np.random.Generator) -> Layer:
    largest = largest_inputs(name)
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
    shape = (sum(lengths), READ)
    inputs = np.rint(rng.uniform(-1, 1, shape) * LARGEST_READ).astype(np.float32)
    return Lines(inputs, lengths)
