"""Verbs that read labelled pages: eval, train."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from cleaner.cli import options
from cleaner.cli.console import err, make_writable, out, pipeline_of, pipeline_to_fit
from cleaner.cli.options import Grouping, Packs, Preset, SettingsFile, WeightsFolder, Without
from cleaner.errors import SettingsError, SourceError

if TYPE_CHECKING:
    import cleaner
    from cleaner.decide.weights import Weights
    from cleaner.evaluate import Train
    from cleaner.evaluate.results import Result
    from cleaner.fit import Options
    from cleaner.gold import GoldPage
    from cleaner.gold.marked import MarkedPage

SHOWN_HASH_CHARS = 12
_LANGUAGE_RE = re.compile("[a-z]{2,3}")  # ISO 639; a folder may have a README.txt, too


def evaluate_gold(
    gold: options.Gold,
    html: options.Html = None,
    folds: options.Folds = None,
    group: options.Group = Grouping.PAGE,
    foreign: options.Foreign = None,
    languages: options.Languages = None,
    seed: options.Seed = None,
    epochs: options.Epochs = None,
    by: options.By = None,
    worst: options.Worst = 5,
    as_json: options.AsJson = False,
    output: options.EvalFolder = None,
    preset: Preset = None,
    without: Without = None,
    rules: Packs = None,
    weights: WeightsFolder = None,
    settings: SettingsFile = None,
) -> None:
    """Score the cleaner on labelled lines, beside doing nothing.

    With --html the pages are cleaned as HTML, and their lines found in it. With --folds the
    decision is fitted anew for each fold, on the pages of all GOLD outside it; --foreign, --seed
    and --epochs say how, as in `cleaner train`. With --languages only that is told. A GOLD may also
    be verdicts: the review.sqlite of a run.

    Example: cleaner eval seeds/seeds.gold.jsonl
    """
    from cleaner.evaluate import cross_evaluate, evaluate_files  # noqa: PLC0415
    from cleaner.review.gold import read_pages  # noqa: PLC0415

    _refuse_twice(gold)
    deciding = partial(pipeline_of, settings, preset=preset, without=without, rules=rules)
    if languages is not None:
        _refuse_folds(folds)
        pipeline = deciding(weights=weights)
        _print_languages(gold, languages, pipeline, as_json=as_json)
        return
    files: dict[str, Sequence[GoldPage]] = {str(file): read_pages(file) for file in gold}
    if html is not None:
        files = {name: _in_html(pages, html) for name, pages in files.items()}
    if folds is None:
        _refuse_fitting(group, foreign=foreign or None, seed=seed, epochs=epochs)
        pipeline = deciding(weights=weights)
        scored = partial(evaluate_files, files, pipeline, by=by)
    else:
        _refuse_weights(weights)
        by_site = group is Grouping.SITE
        _check_folds(files.values(), folds, by_site=by_site)
        pipeline = pipeline_to_fit(settings, preset=preset, without=without, rules=rules)
        training = _training(pipeline, _how(seed, epochs), foreign or [], folds)
        scored = partial(cross_evaluate, files, training, folds, by_site=by_site, by=by)
    _print_results(_written(scored, output, worst), worst, as_json=as_json)


def _written(
    scored: Callable[[], Sequence[Result]], folder: Path | None, worst: int
) -> Sequence[Result]:
    """The results, put into a folder where one is named: it is tried before the long work."""
    from cleaner.evaluate.listing import write_results  # noqa: PLC0415

    if folder is None:
        return scored()
    make_writable(folder)
    results = scored()
    write_results(folder, results, worst)
    return results


def _print_languages(
    gold: list[Path], folder: Path, pipeline: cleaner.Pipeline, *, as_json: bool
) -> None:
    from cleaner.evaluate.language_tables import language_tables  # noqa: PLC0415
    from cleaner.evaluate.languages import (  # noqa: PLC0415
        language_summary,
        measure_languages,
    )
    from cleaner.fit.sources import read_foreign  # noqa: PLC0415
    from cleaner.gold import read_labelled  # noqa: PLC0415

    pages = [page for file in gold for page in read_labelled(file)]
    if not folder.is_dir():
        raise SourceError(f"{folder}: is no folder; name one with sentences, as fr.txt and ja.txt")
    files = [file for file in sorted(folder.glob("*.txt")) if _LANGUAGE_RE.fullmatch(file.stem)]
    result = measure_languages(pages, read_foreign(files), pipeline)
    if as_json:
        print(json.dumps(language_summary(result)))  # noqa: T201  # stdout
    else:
        out.print(language_tables(result))


def _print_results(results: Sequence[Result], worst: int, *, as_json: bool) -> None:
    from cleaner.evaluate import summary  # noqa: PLC0415
    from cleaner.evaluate.tables import tables, worst_tables  # noqa: PLC0415

    for result in results:
        if as_json:
            print(json.dumps(summary(result)))  # noqa: T201  # stdout
        else:
            out.print(tables(result), *([worst_tables(result, worst)] if worst else []))


def train(
    gold: options.Gold,
    output: options.TrainFolder = Path("weights"),
    html: options.Html = None,
    foreign: options.Foreign = None,
    seed: options.Seed = 0,
    epochs: options.Epochs = None,
    without: Without = None,
    rules: Packs = None,
    settings: SettingsFile = None,
) -> None:
    """Fit the decision to labelled pages: decision.npz and decision.json in a folder.

    With --html it is fitted to the same pages with their markup, too: decision-html.npz and
    decision-html.json. Without, pages of HTML are decided on as text. A GOLD may also be verdicts:
    the review.sqlite of a run.

    Example: cleaner train gold.jsonl --foreign fr.txt -o weights
    """
    from cleaner.decide.weights import save  # noqa: PLC0415
    from cleaner.fit import fit  # noqa: PLC0415  # --help need not load numpy
    from cleaner.fit.sources import read_foreign, read_training  # noqa: PLC0415
    from cleaner.gold import distinct  # noqa: PLC0415
    from cleaner.review.gold import read_pages  # noqa: PLC0415

    pages, sentences = read_training(gold, read_pages), read_foreign(foreign or [])
    marked = None if html is None else _in_html(distinct(pages), html)
    pipeline = pipeline_to_fit(settings, without=without, rules=rules)
    make_writable(output)
    fitted = partial(
        fit, pipeline=pipeline, options=_how(seed, epochs), foreign=sentences, tell=_tell
    )
    found = fitted(pages)
    if marked is not None:
        _tell("fitting to markup")
        found = replace(found, html=fitted(marked))
    save(found, output)
    _tell_fitted(found, output)


def _in_html(pages: Sequence[GoldPage], folder: Path) -> list[MarkedPage]:
    from cleaner.gold.marked import read_marked  # noqa: PLC0415  # as above

    return list(read_marked(pages, folder))


def _how(seed: int | None, epochs: int | None) -> Options:
    from cleaner.fit import Options  # noqa: PLC0415

    given = Options(seed=seed or 0)
    return given if epochs is None else replace(given, epochs=epochs)


def _check_folds(files: Iterable[Iterable[GoldPage]], folds: int, *, by_site: bool) -> None:
    from cleaner.fit.sources import check_folds  # noqa: PLC0415

    check_folds([page for pages in files for page in pages], folds, by_site=by_site)


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


def _refuse_folds(folds: int | None) -> None:
    if folds is not None:
        raise SettingsError(
            "--folds: languages are told apart by weights that are fitted already; leave out"
            " --folds or --languages"
        )


def _refuse_fitting(group: Grouping, **flags: object) -> None:
    given = [f"--{name}" for name, value in flags.items() if value is not None]
    given += ["--group site"] if group is Grouping.SITE else []
    if given:
        raise SettingsError(
            f"{', '.join(given)}: of no use without --folds, for nothing is fitted; add --folds, or"
            f" leave out {'it' if len(given) == 1 else 'them'}"
        )


def _refuse_twice(files: list[Path]) -> None:
    seen: set[Path] = set()
    for file in files:
        if file.resolve() in seen:
            raise SettingsError(f"{file}: is given twice; name each gold file once")
        seen.add(file.resolve())


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
