"""From readings to a network: numbers scaled, wording numbered, parameters fitted and rounded."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.decide.features import SILENCE
from cleaner.decide.network import SPREAD, STEPS, Bag, Network
from cleaner.fit.forms import share_of
from cleaner.fit.optimise import EPOCHS, Course, Example, Silence, fitted, joined
from cleaner.fit.quantise import quantised
from cleaner.fit.read import Corpus, Reading, seen_on

Table = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

# Wording seen on fewer pages than this is not learnt by heart.
FEWEST_PAGES = 3
# A line counts as its letters and digits to this power: errors are weighed by letters, but a line
# is a line.
WEIGHT_POWER = 0.3
LEAST_SPREAD = 1e-3
# Pages that show how large activations get.
SHOWN_PAGES = 400


@dataclass(frozen=True, slots=True)
class Options:
    """How to fit; the same options, pages and versions give the same weights on the same machine.

    If BLAS has as many threads: their number changes the order of sums, and so the last digits.
    """

    seed: int = 0
    epochs: int = EPOCHS
    calibrate: bool = True
    score: bool = True
    """Whether the provenance tells how the pages held out to calibrate are scored."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How readings become what the network is fitted to."""

    mean: Table  # of each feature
    spread: Table  # its standard deviation
    rows: tuple[Ints, ...]  # of each embedding, the row of each bucket; row 0 is of all rare ones

    @classmethod
    def of(cls, corpus: Corpus) -> Scale:
        """The scale of all forms of some pages, and the wording that is common on the pages."""
        values = np.concatenate([form.features for form in corpus.forms]).astype(np.float64)
        return cls(values.mean(axis=0), values.std(axis=0) + LEAST_SPREAD, _rows(corpus))

    @property
    def silence(self) -> Silence:
        """Which inputs come from voices, and what they are where nobody speaks."""
        columns = np.asarray(sorted(SILENCE), np.int64)
        silent = np.asarray([SILENCE.get(i, 0.0) for i in range(len(self.mean))])
        return Silence(columns, self._scaled(silent)[columns])

    def example(self, reading: Reading) -> Example:
        """A reading as an example to fit to."""
        return Example(
            self._scaled(reading.features),
            tuple(
                Bag(rows[bag.buckets], bag.counts.astype(np.int64))
                for rows, bag in zip(self.rows, reading.bags, strict=True)
            ),
            reading.labels,
            (share_of(reading.id) * (1 + reading.weights) ** WEIGHT_POWER).astype(np.float32),
        )

    def _scaled(self, features: npt.NDArray[np.floating]) -> Matrix:
        """Features as the network reads them, in steps of a share of their spread."""
        scaled = np.clip((features - self.mean) / self.spread, -SPREAD, SPREAD)
        return (np.rint(scaled * STEPS) / STEPS).astype(np.float32)


def _rows(corpus: Corpus) -> tuple[Ints, ...]:
    pages, found = corpus.pages, []
    for bag, size in enumerate(corpus.inputs.buckets):
        rows = np.zeros(size, np.int64)
        common = np.flatnonzero(seen_on(pages, bag, size) >= FEWEST_PAGES)
        rows[common] = np.arange(1, len(common) + 1)
        found.append(rows)
    return tuple(found)


def learn(
    corpus: Corpus, options: Options, tell: Callable[[str], None] = lambda _: None
) -> Network:
    """A network that makes the labels of a corpus likely."""
    scale = Scale.of(corpus)
    examples = [scale.example(form) for form in corpus.forms]
    parameters = fitted(
        examples,
        [int(rows.max()) + 1 for rows in scale.rows],
        Course(options.seed, options.epochs, silence=scale.silence),
        tell=lambda epoch, loss: tell(f"epoch {epoch + 1} of {options.epochs}: loss {loss:.3f}"),
    )
    shown = random.Random(options.seed).sample(examples, min(SHOWN_PAGES, len(examples)))  # noqa: S311  # no secret
    return quantised(parameters, scale.rows, scale.mean, scale.spread, [joined([e]) for e in shown])
