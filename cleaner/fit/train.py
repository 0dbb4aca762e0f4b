"""From labelled pages to weights: the pages in all forms, the fit, the calibration."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.errors import SourceError
from cleaner.features import FEATURES, SILENCE, STRUCTURAL
from cleaner.fit.forms import forms, share_of
from cleaner.fit.optimise import EPOCHS, Course, Example, Silence, fitted, joined
from cleaner.fit.quantise import quantised
from cleaner.fit.read import Reading, readings, seen_on
from cleaner.gold import GoldPage
from cleaner.network import SPREAD, STEPS, Network
from cleaner.pipeline import Pipeline
from cleaner.weights import Weights
from cleaner.words import BUCKETS

Table = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

# Wording seen on fewer pages than this is not learnt by heart.
FEWEST_PAGES = 3
# Of the pages, one in this many is held out to make scores honest.
HELD_OUT = 5
FEWEST_PAGES_TO_FIT = 2 * HELD_OUT
# A line counts as its letters and digits to this power: errors are weighed by letters, but a line
# is a line.
WEIGHT_POWER = 0.3
LEAST_SPREAD = 1e-3
TEMPERATURES = np.arange(0.5, 4.0, 0.02)
# Pages that show how large activations get.
SHOWN_PAGES = 400


@dataclass(frozen=True, slots=True)
class Options:
    """How to fit; the same options and pages give the same weights on the same machine."""

    seed: int = 0
    epochs: int = EPOCHS
    calibrate: bool = True


def fit(
    pages: Sequence[GoldPage],
    pipeline: Pipeline | None = None,
    *,
    options: Options | None = None,
    foreign: Mapping[str, Sequence[str]] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Weights:
    """Weights of the decision, fitted to labelled pages as this pipeline measures and hears them.

    `foreign` gives sentences by language, to wrap articles in beside the pages' own noise.

    Raises:
        SourceError: there are too few pages.
    """
    chosen, pipeline = options or Options(), pipeline or Pipeline()
    distinct = len({page.id for page in pages})
    if distinct < FEWEST_PAGES_TO_FIT:
        raise SourceError(
            f"{distinct} pages (by id) are too few to fit; label at least {FEWEST_PAGES_TO_FIT}"
        )
    temperature = 1.0
    if chosen.calibrate:
        tell("fitting without every fifth page, to make scores honest")
        temperature = _calibrated(pages, pipeline, chosen, foreign or {}, tell)
    tell("fitting")
    network = _fit(pages, pipeline, chosen, foreign or {}, tell)
    voices = frozenset([*STRUCTURAL, *(rule.id for rule in pipeline.rules.rules)])
    return Weights(network, temperature, voices, _provenance(pages, pipeline, chosen))


def _calibrated(
    pages: Sequence[GoldPage],
    pipeline: Pipeline,
    options: Options,
    foreign: Mapping[str, Sequence[str]],
    tell: Callable[[str], None],
) -> float:
    """The temperature that makes held-out labels likeliest."""
    names = sorted({page.id for page in pages}, key=lambda name: sha256(name.encode()).digest())
    held = frozenset(names[::HELD_OUT])
    network = _fit([p for p in pages if p.id not in held], pipeline, options, foreign, tell)
    found = list(readings((p for p in pages if p.id in held), pipeline))
    inputs = network.read(
        np.concatenate([r.features for r in found]),
        np.concatenate([r.buckets for r in found]),
        np.concatenate([r.counts for r in found]),
    )
    logits = network.logits(inputs, [len(r) for r in found])
    labels = np.concatenate([r.labels for r in found])
    scored = np.flatnonzero(labels >= 0)
    return _best_temperature(logits[scored], labels[scored])


def _best_temperature(logits: Table, labels: npt.NDArray[np.int64]) -> float:
    """Guo et al., On calibration of modern neural networks, ICML 2017."""
    losses = [_loss(logits / t, labels) for t in TEMPERATURES]
    return round(float(TEMPERATURES[int(np.argmin(losses))]), 2)


def _loss(logits: Table, labels: npt.NDArray[np.int64]) -> float:
    top = logits.max(axis=1)
    log_sum = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return float((log_sum - logits[np.arange(len(labels)), labels]).mean())


def _fit(
    pages: Sequence[GoldPage],
    pipeline: Pipeline,
    options: Options,
    foreign: Mapping[str, Sequence[str]],
    tell: Callable[[str], None],
) -> Network:
    read = list(readings(forms(pages, foreign, options.seed), pipeline))
    by_id = {reading.id: reading for reading in reversed(read)}
    rows = _rows([by_id[name] for name in {page.id for page in pages} if name in by_id])
    values = np.concatenate([reading.features for reading in read]).astype(np.float64)
    mean, spread = values.mean(axis=0), values.std(axis=0) + LEAST_SPREAD
    examples = [_example(reading, rows, mean, spread) for reading in read]
    columns = np.asarray(sorted(SILENCE), np.int64)
    silent = np.asarray([SILENCE.get(i, 0.0) for i in range(len(FEATURES))])
    silence = Silence(columns, _scaled(silent, mean, spread)[columns])
    parameters = fitted(
        examples,
        int(rows.max()) + 1,
        Course(options.seed, options.epochs, silence=silence),
        tell=lambda epoch, loss: tell(f"epoch {epoch + 1} of {options.epochs}: loss {loss:.3f}"),
    )
    some = random.Random(options.seed).sample(examples, min(SHOWN_PAGES, len(examples)))  # noqa: S311  # no secret
    return quantised(parameters, rows, mean, spread, [joined([e]) for e in some])


def _rows(read: Sequence[Reading]) -> npt.NDArray[np.int64]:
    """The row of the embedding for each bucket; row 0 stands for all that are rare."""
    found = np.zeros(BUCKETS, np.int64)
    common = np.flatnonzero(seen_on(read, BUCKETS) >= FEWEST_PAGES)
    found[common] = np.arange(1, len(common) + 1)
    return found


def _scaled(features: npt.NDArray[np.floating], mean: Table, spread: Table) -> Matrix:
    """Features as the network reads them, in steps of a share of their spread."""
    scaled = np.clip((features - mean) / spread, -SPREAD, SPREAD)
    return (np.rint(scaled * STEPS) / STEPS).astype(np.float32)


def _example(reading: Reading, rows: npt.NDArray[np.int64], mean: Table, spread: Table) -> Example:
    return Example(
        _scaled(reading.features, mean, spread),
        rows[reading.buckets],
        reading.counts.astype(np.int64),
        reading.labels,
        (share_of(reading.id) * (1 + reading.weights) ** WEIGHT_POWER).astype(np.float32),
    )


def _provenance(pages: Sequence[GoldPage], pipeline: Pipeline, options: Options) -> dict[str, Any]:
    content = json.dumps([page.model_dump(mode="json") for page in pages], sort_keys=True)
    return {
        "pages": len(pages),
        "lines": sum(len(page.lines) for page in pages),
        "gold_sha256": sha256(content.encode("utf-8", "surrogatepass")).hexdigest(),
        "rules_sha256": pipeline.rules.digest,
        "stages": list(pipeline.active),
        "language_engine": pipeline.settings.language.engine,
        "options": asdict(options),
    }
