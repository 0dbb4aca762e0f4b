"""From labelled pages to weights: the pages in all forms, the fit, the calibration."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

import numpy as np

import cleaner
from cleaner.decide.features import STRUCTURAL
from cleaner.decide.weights import Weights
from cleaner.errors import SourceError
from cleaner.evaluate.folds import groups_of
from cleaner.fit.calibrate import HELD_OUT, at_edge, hold_out, temperature
from cleaner.fit.learn import Options, learn
from cleaner.fit.read import Reading, read_forms, readings
from cleaner.fit.trial import scores_of
from cleaner.gold import GoldPage
from cleaner.pipeline import Pipeline

FEWEST_PAGES_TO_FIT = 2 * HELD_OUT


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
    chosen, hearing, sentences = options or Options(), pipeline or Pipeline(), foreign or {}
    _check(pages)

    def fitted_to(some: Sequence[GoldPage]) -> Weights:
        network = learn(read_forms(some, hearing, sentences, chosen.seed), chosen, tell)
        return Weights(network, 1.0, known_voices(hearing))

    about = _provenance(pages, hearing, chosen, sentences)
    if not chosen.calibrate:
        tell("fitting")
        return replace(fitted_to(pages), provenance=about)
    tell("fitting without every fifth page, to make scores honest")
    rest, held = hold_out(pages)
    trial = _calibrated(fitted_to(rest), list(readings(held, hearing)))
    edge = at_edge(trial.temperature)
    if edge:
        tell(edge)
    if chosen.score:
        about["scores"] = scores_of(trial, hearing, held, chosen.seed)
    tell("fitting")
    return replace(fitted_to(pages), temperature=trial.temperature, provenance=about)


def _calibrated(weights: Weights, held: Sequence[Reading]) -> Weights:
    return replace(weights, temperature=temperature(weights.network, held))


def known_voices(pipeline: Pipeline) -> frozenset[str]:
    """The voices that weights fitted through a pipeline have heard, by rule."""
    return frozenset([*STRUCTURAL, *(rule.id for rule in pipeline.rules.rules)])


def count_pages(pages: Sequence[GoldPage]) -> int:
    """How many pages there are, all forms of a page counted as one."""
    return len(set(groups_of(pages)))


def _check(pages: Sequence[GoldPage]) -> None:
    count = count_pages(pages)
    if count < FEWEST_PAGES_TO_FIT:
        raise SourceError(
            f"{count} pages (by id, all forms of a page as one) are too few to fit; label at least"
            f" {FEWEST_PAGES_TO_FIT}"
        )


def _provenance(
    pages: Sequence[GoldPage],
    pipeline: Pipeline,
    options: Options,
    foreign: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    return {
        "versions": {"cleaner": cleaner.__version__, "numpy": np.__version__},
        "pages": len(pages),
        "lines": sum(len(page.lines) for page in pages),
        "gold_sha256": _hash([page.model_dump(mode="json") for page in pages]),
        **about_foreign(foreign),
        "rules_sha256": pipeline.rules.digest,
        "stages": list(pipeline.active),
        "language": pipeline.settings.language.model_dump(mode="json"),
        "options": asdict(options),
    }


def about_foreign(foreign: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """How many sentences of which languages there are, and a hash of them, for JSON."""
    # Pairs in their order, for a fit draws languages by number.
    pairs = [[language, list(sentences)] for language, sentences in foreign.items()]
    counts = {language: len(sentences) for language, sentences in foreign.items()}
    return {"foreign": counts, "foreign_sha256": _hash(pairs)}


def _hash(values: list[Any]) -> str:
    text = json.dumps(values, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
