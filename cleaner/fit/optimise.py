"""Fits the network's parameters: shuffled batches of pages, Adam, a rate that falls to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cleaner.decide.network import Bag, joined_bags
from cleaner.fit.trainable import AnyInts, Batch, Dropout, Ints, Matrix, Parameters, Pass, initial

EPOCHS = 10
BATCH_LINES = 2_000
RATE = 0.003
WARM_UP_STEPS = 50
WEIGHT_DECAY = 0.01
LARGEST_GRADIENT = 5.0


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled page as the network reads it."""

    inputs: Matrix
    bags: tuple[Bag, ...]  # buckets are rows of the embeddings
    labels: Ints
    weights: Matrix


@dataclass(frozen=True, slots=True)
class Silence:
    """Which inputs come from voices, and what they are where nobody speaks."""

    columns: Ints
    values: Matrix


@dataclass(frozen=True, slots=True)
class Course:
    """How a fit goes: where chance begins, how often every page is seen, what is left out."""

    seed: int = 0
    epochs: int = EPOCHS
    drop: Dropout = field(default_factory=Dropout)
    silence: Silence | None = None
    """None where no input comes from a voice."""


def fitted(
    examples: Sequence[Example],
    rows: Sequence[int],
    course: Course,
    tell: Callable[[int, float], None] = lambda *_: None,
) -> Parameters:
    """Parameters that make the examples' labels likely; the same for the same course.

    `rows` is the number of rows of each embedding that buckets point into.
    """
    rng, epochs = np.random.default_rng(course.seed), course.epochs
    p = initial(examples[0].inputs.shape[1], rows, rng)
    steps = epochs * sum(1 for _ in _batches(examples, rng))
    adam, step = _Adam(p), 0
    for epoch in range(epochs):
        losses = []
        for pages in _batches(examples, rng):
            batch = joined([_with_less(page, course, rng) for page in pages])
            step += 1
            rate = RATE * min(1.0, step / WARM_UP_STEPS) * 0.5 * (1 + np.cos(np.pi * step / steps))
            forward = Pass(p, batch, course.drop, rng)
            loss, by_logits = forward.loss()
            adam.update(*forward.gradients(by_logits), rate=float(rate))
            losses.append(loss)
        tell(epoch, float(np.mean(losses)))
    return p


def _batches(examples: Sequence[Example], rng: np.random.Generator) -> Iterator[list[Example]]:
    order = rng.permutation(len(examples))
    some: list[Example] = []
    lines = 0
    for i in order:
        some.append(examples[i])
        lines += len(examples[i].labels)
        if lines >= BATCH_LINES:
            yield some
            some, lines = [], 0
    if some:
        yield some


def _with_less(page: Example, course: Course, rng: np.random.Generator) -> Example:
    """The page, sometimes without its wording, sometimes without a voice about it."""
    if rng.random() < course.drop.wording:
        page = replace(page, bags=tuple(_emptied(bag) for bag in page.bags))
    if rng.random() < course.drop.voices and course.silence is not None:
        inputs = page.inputs.copy()
        inputs[:, course.silence.columns] = course.silence.values
        page = replace(page, inputs=inputs)
    return page


def _emptied(bag: Bag) -> Bag:
    return Bag(bag.buckets[:0], np.zeros_like(bag.counts))


def joined(examples: Sequence[Example]) -> Batch:
    """Some examples as one batch."""
    return Batch(
        np.concatenate([e.inputs for e in examples]),
        joined_bags([e.bags for e in examples]),
        np.asarray([len(e.labels) for e in examples], np.int64),
        np.concatenate([e.labels for e in examples]),
        np.concatenate([e.weights for e in examples]),
    )


class _Adam:
    """Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019).

    Rows of the embedding are updated only in steps that saw them.
    """

    B1, B2, EPSILON = 0.9, 0.999, 1e-8

    def __init__(self, parameters: Parameters) -> None:
        self.p = parameters
        self.first = {n: np.zeros_like(v) for n, v in parameters.items()}
        self.second = {n: np.zeros_like(v) for n, v in parameters.items()}
        self.step = 0

    def update(
        self, gradients: Parameters, by_rows: Mapping[str, tuple[AnyInts, Matrix]], *, rate: float
    ) -> None:
        self.step += 1
        norm = np.sqrt(sum(float((g * g).sum()) for g in gradients.values()))
        shrink = min(1.0, LARGEST_GRADIENT / max(norm, 1e-9))
        for name, gradient in gradients.items():
            self.p[name] *= 1 - rate * WEIGHT_DECAY
            self._move(name, slice(None), gradient * shrink, rate)
        for name, (rows, gradient) in by_rows.items():
            if len(rows):
                self._move(name, rows, gradient, rate)

    def _move(self, name: str, rows: slice | AnyInts, gradient: Matrix, rate: float) -> None:
        first = self.first[name][rows] * self.B1 + gradient * (1 - self.B1)
        second = self.second[name][rows] * self.B2 + gradient**2 * (1 - self.B2)
        self.first[name][rows], self.second[name][rows] = first, second
        first = first / (1 - self.B1**self.step)
        second = second / (1 - self.B2**self.step)
        self.p[name][rows] -= (rate * first / (np.sqrt(second) + self.EPSILON)).astype(np.float32)
