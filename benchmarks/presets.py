"""What each preset keeps and loses: python benchmarks/presets.py GOLD... --foreign LANG.txt...

On every fifth page, by weights that are fitted to the others alone. With --weights FOLDER the
weights are kept there, and taken from there the next time.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cleaner import Pipeline, Settings
from cleaner.decide.weights import Weights, load, save
from cleaner.evaluate import GoldPage, evaluate, figures
from cleaner.fit import Options, fit
from cleaner.fit.calibrate import hold_out
from cleaner.fit.sources import read_foreign, read_training
from cleaner.gold import read_labelled
from cleaner.settings import PRESETS

LABELS = ("ticker", "comment", "spam", "boilerplate")


def main() -> None:
    """Print a Markdown table for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--foreign", nargs="*", type=Path, default=[])
    parser.add_argument("--weights", type=Path)
    asked = parser.parse_args()
    rest, held = hold_out(read_training(asked.gold))
    weights = _weights(rest, asked.foreign, asked.weights)
    names = {page.id for page in held}
    for file in asked.gold:
        pages = [page for page in read_labelled(file) if page.id in names]
        print(f"{file.name}: {len(pages)} pages\n")
        print(*_table(pages, weights), sep="\n", end="\n\n")


def _weights(pages: Sequence[GoldPage], foreign: Sequence[Path], kept: Path | None) -> Weights:
    if kept and kept.is_dir():
        return load(kept)
    found = fit(pages, options=Options(score=False), foreign=read_foreign(foreign), tell=print)
    if kept:
        save(found, kept)
    return found


def _table(pages: Sequence[GoldPage], weights: Weights) -> Iterator[str]:
    yield f"| preset | F1, micro / macro | body lost | title kept | {' | '.join(LABELS)} removed |"
    yield "|" + "---|" * (4 + len(LABELS))
    for preset in PRESETS:
        pipeline = Pipeline(Settings(preset=preset), weights=weights)
        yield _row(preset, figures(evaluate(pages, pipeline)))


def _row(preset: str, found: dict[str, Any]) -> str:
    removed = " | ".join(f"{found['removed'].get(label, 0):.0%}" for label in LABELS)
    return (
        f"| `{preset}` | {found['micro']:.3f} / {found['macro']:.3f} | {found['body_lost']:.1%}"
        f" | {found['title_kept']:.0%} | {removed} |"
    )


if __name__ == "__main__":
    main()
