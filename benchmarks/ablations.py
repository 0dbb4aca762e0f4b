"""What each stage, each group of measurements and the amount of labelled pages bring.

    python benchmarks/ablations.py whole=GOLD.jsonl extracted=OTHER.jsonl --foreign fr.txt ...

Cross-validates by page. For each fold and each configuration a network is fitted to the other
folds' pages in all forms, as `cleaner train` fits but without its calibration, and scored on the
held-out pages as `cleaner eval` scores. What a configuration leaves out is silenced both times. The
tables go between two marks in docs/ablations.md. What is done is kept in --results: killed and
started again, the run goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from ablation_configurations import PARTS, Configuration, configurations, deaf, without
from ablation_tables import Results, f1, language_of, load, markdown, merged, save
from marks import written

import cleaner
from cleaner import Pipeline
from cleaner.decide.weights import Weights
from cleaner.evaluate import GoldPage, assign_folds, judge, read_gold, score_by
from cleaner.fit import Options
from cleaner.fit.learn import learn
from cleaner.fit.read import Corpus, read_forms
from cleaner.fit.sources import read_foreign
from cleaner.fit.train import known_voices
from cleaner.fit.trial import derived

ROOT = Path(__file__).resolve().parent.parent
MARK = "ablations"


@dataclass(frozen=True)
class Study:
    """What is cross-validated: gold pages by file, and how a network is fitted to them."""

    gold: Mapping[str, Sequence[GoldPage]]
    foreign: Mapping[str, Sequence[str]]
    options: Options
    folds: int
    pipeline: Pipeline

    @property
    def digest(self) -> str:
        """A hash of all that results depend on, the program's code included."""
        found = sha256(repr((self.foreign, self.options, self.folds)).encode())
        found.update(self.pipeline.rules.digest.encode())
        for name, pages in self.gold.items():
            found.update(repr((name, [page.model_dump_json() for page in pages])).encode())
        code = [Path(__file__).parent, Path(cleaner.__file__).parent]
        for file in sorted(file for folder in code for file in folder.rglob("*.py")):
            found.update(file.read_bytes())
        return found.hexdigest()[:12]

    def split(self, fold: int) -> tuple[list[GoldPage], dict[str, list[GoldPage]]]:
        """The pages to fit to, and those held out, in each form."""
        pages = [(name, page) for name, some in self.gold.items() for page in some]
        fold_of = assign_folds([page for _, page in pages], self.folds)
        rest = [page for (_, page), own in zip(pages, fold_of, strict=True) if own != fold]
        held: dict[str, list[GoldPage]] = {name: [] for name in self.gold}
        for (name, page), own in zip(pages, fold_of, strict=True):
            if own == fold:
                held[name].append(page)
        return rest, {**held, **derived(next(iter(held.values())), self.options.seed)}

    def run(self, fold: int, todo: Iterable[Configuration]) -> Iterator[tuple[str, Results]]:
        """The results of configurations on a fold, by name; pages are read once for all."""
        rest, held = self.split(fold)
        for parts, some in groupby(todo, key=lambda each: each.parts):
            corpus = read_forms(
                _portion(rest, parts), self.pipeline, self.foreign, self.options.seed
            )
            for each in some:
                yield each.name, self._scored(self._fitted(corpus, each), held)

    def _fitted(self, corpus: Corpus, configuration: Configuration) -> Pipeline:
        network = deaf(learn(without(corpus, configuration), self.options), configuration)
        return replace(self.pipeline, weights=Weights(network, 1.0, known_voices(self.pipeline)))

    def _scored(self, pipeline: Pipeline, held: Mapping[str, Sequence[GoldPage]]) -> Results:
        return {form: score_by(judge(pages, pipeline), language_of) for form, pages in held.items()}


def _portion(pages: Sequence[GoldPage], parts: int) -> list[GoldPage]:
    """So many eighths of the pages; more of them hold all that fewer hold."""
    if parts == PARTS:
        return list(pages)
    dealt = assign_folds(pages, PARTS)
    return [page for page, part in zip(pages, dealt, strict=True) if part < parts]


def results_of(study: Study, folds: int, folder: Path) -> dict[str, list[Results]]:
    """The results of each configuration, fold by fold; what the folder has is not done again."""
    everything = list(configurations())
    for fold in range(folds):
        files = {each.name: folder / f"{fold}-{i:02}.json" for i, each in enumerate(everything)}
        todo = (each for each in everything if not files[each.name].exists())
        for name, results in study.run(fold, todo):
            save(results, files[name])
            total = merged(scores for groups in results.values() for scores in groups.values())
            _tell(f"fold {fold + 1} of {folds}, {name}: {f1(total)} over all forms")
    return {
        each.name: [load(folder / f"{fold}-{i:02}.json") for fold in range(folds)]
        for i, each in enumerate(everything)
    }


def _named(argument: str) -> tuple[str, Path]:
    """A gold file and the name of its form: `whole=gold.jsonl`, or else the file's own."""
    name, _, file = argument.rpartition("=")
    return name or Path(file).stem, Path(file)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("gold", nargs="+", type=_named, metavar="[NAME=]GOLD", help="first: the pages as they are")
    add("--foreign", nargs="*", type=Path, default=[], help="sentences by language, as for train")
    add("--folds", type=int, default=5)
    add("--test-folds", type=int, help="how many folds are tested; all unless given")
    add("--seed", type=int, default=Options().seed)
    add("--epochs", type=int, default=Options().epochs)
    add("--results", type=Path, default=ROOT / "out" / "ablations", help="what is done, by run")
    add("--docs", type=Path, default=ROOT / "docs" / "ablations.md")
    return parser.parse_args()


def _tell(said: str) -> None:
    print(said, file=sys.stderr, flush=True)


def main() -> None:
    """Fit, score, and write the tables into the page."""
    given = _arguments()
    study = Study(
        {name: list(read_gold(file)) for name, file in given.gold},
        read_foreign(given.foreign),
        Options(given.seed, given.epochs, calibrate=False),
        given.folds,
        Pipeline(),
    )
    page = given.docs.read_text(encoding="utf-8")
    written(page, MARK, "")  # before the long run: it may have no marks
    tested = min(given.test_folds or given.folds, given.folds)
    about = (
        f"{tested} of {study.folds} folds by page, {study.options.epochs} epochs, seed"
        f" {study.options.seed}; run `{study.digest}`."
    )
    results = results_of(study, tested, given.results / study.digest)
    tables = "\n".join([about, *markdown(results)])
    given.docs.write_text(written(page, MARK, tables), encoding="utf-8")


if __name__ == "__main__":
    main()
