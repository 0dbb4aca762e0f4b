"""Verbs that read labelled pages: eval, train."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from cleaner.cli import options
from cleaner.cli.console import err, out, pipeline_of, pipeline_to_fit
from cleaner.cli.options import Grouping, Packs, SettingsFile, WeightsFolder, Without
from cleaner.errors import SettingsError

if TYPE_CHECKING:
    import cleaner
    from cleaner.evaluate import Train
    from cleaner.fit import Options
    from cleaner.weights import Weights

SHOWN_HASH_CHARS = 12


def evaluate_gold(
    gold: options.Gold,
    folds: options.Folds = None,
    group: options.Group = Grouping.PAGE,
    foreign: options.Foreign = None,
    seed: options.Seed = 0,
    epochs: options.Epochs = None,
    by: options.By = None,
    worst: options.Worst = 5,
    as_json: options.AsJson = False,
    output: options.EvalFolder = None,
    without: Without = None,
    rules: Packs = None,
    weights: WeightsFolder = None,
    settings: SettingsFile = None,
) -> None:
    """Score the cleaner on labelled lines, beside doing nothing.

    With --folds the decision is fitted anew for each fold, on the pages of all GOLD outside it;
    --foreign, --seed and --epochs say how, as in `cleaner train`.

    Example: cleaner eval seeds/seeds.gold.jsonl
    """
    from cleaner.evaluate import cross_evaluate, evaluate_files, read_gold, summary  # noqa: PLC0415
    from cleaner.evaluate.listing import write_results  # noqa: PLC0415
    from cleaner.evaluate.tables import tables, worst_tables  # noqa: PLC0415

    files = {str(file): list(read_gold(file)) for file in gold}
    if folds is None:
        pipeline = pipeline_of(settings, without=without, rules=rules, weights=weights)
        results = evaluate_files(files, pipeline, by=by)
    else:
        _refuse_weights(weights)
        pipeline = pipeline_to_fit(settings, without=without, rules=rules)
        training = _training(pipeline, _how(seed, epochs), foreign or [], folds)
        results = cross_evaluate(files, training, folds, by_site=group is Grouping.SITE, by=by)
    if output is not None:
        write_results(output, results, worst)
    for result in results:
        if as_json:
            print(json.dumps(summary(result)))  # noqa: T201  # stdout
        else:
            out.print(tables(result), *([worst_tables(result, worst)] if worst else []))


def train(
    gold: options.Gold,
    output: options.TrainFolder = Path("weights"),
    foreign: options.Foreign = None,
    seed: options.Seed = 0,
    epochs: options.Epochs = None,
    without: Without = None,
    rules: Packs = None,
    settings: SettingsFile = None,
) -> None:
    """Fit the decision to labelled pages: decision.npz and decision.json in a folder.

    Example: cleaner train gold.jsonl --foreign fr.txt -o weights
    """
    from cleaner.fit import fit  # noqa: PLC0415  # --help need not load numpy
    from cleaner.fit.sources import read_foreign, read_training  # noqa: PLC0415
    from cleaner.weights import save  # noqa: PLC0415

    pages, sentences = read_training(gold), read_foreign(foreign or [])
    pipeline = pipeline_to_fit(settings, without=without, rules=rules)
    output.mkdir(parents=True, exist_ok=True)  # before the long fit: it may be impossible
    found = fit(pages, pipeline, options=_how(seed, epochs), foreign=sentences, tell=_tell)
    save(found, output)
    _tell_fitted(found, output)


def _how(seed: int, epochs: int | None) -> Options:
    from cleaner.fit import Options  # noqa: PLC0415

    return Options(seed=seed) if epochs is None else Options(seed=seed, epochs=epochs)


def _training(pipeline: cleaner.Pipeline, how: Options, foreign: list[Path], folds: int) -> Train:
    """Fits a pipeline like this one on the gold pages of one fold after the other."""
    from cleaner.fit import fit  # noqa: PLC0415
    from cleaner.fit.sources import read_foreign  # noqa: PLC0415

    sentences, fitted, numbers = read_foreign(foreign), fit, count(1)
    # Nobody reads their provenance: the fold itself tells the scores.
    unscored = replace(how, score=False)

    def fitted_on(pages: Any) -> cleaner.Pipeline:
        _tell(f"fold {next(numbers)} of {folds}")
        weights = fitted(pages, pipeline, options=unscored, foreign=sentences, tell=_tell)
        return replace(pipeline, weights=weights)

    return fitted_on


def _refuse_weights(weights: Path | None) -> None:
    if weights is not None:
        raise SettingsError(
            f"--weights {weights}: with --folds the weights are fitted anew; leave out one of both"
        )


def _tell(said: str) -> None:
    err.print(said, highlight=False, markup=False)


def _tell_fitted(weights: Weights, folder: Path) -> None:
    known = weights.provenance
    place = escape(str(folder))
    err.print(
        f"fitted to {known['pages']:,} pages, {known['lines']:,} lines: {place}"
        f" (temperature {weights.temperature:.2f}, sha256 {weights.digest[:SHOWN_HASH_CHARS]}…)",
        highlight=False,
    )
    err.print(
        f"to use it: cleaner run SRC... -o OUT --weights {place}, or in cleaner.toml:"
        f" weights = {escape(json.dumps(str(folder), ensure_ascii=False))}",
        highlight=False,
    )
