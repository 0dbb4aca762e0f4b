"""HTML tools side by side on labelled pages: quality, speed and memory.

    python benchmarks/html_pages.py GOLD_FOLDER [--folds 5] [-o docs]

The folder has `dev.jsonl`, gold pages, and `html/ID.html.gz`, each as it was fetched. Every tool
that is installed gets the same pages. Prints a table; with -o it goes between two marks of
benchmarks.md in that folder, and a plot into benchmarks.svg. Peers: pip install --group benchmarks.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from html_measure import Measured, groups, measure, spread, tell
from html_report import Row, markdown, plot
from html_scores import Quality
from html_tools import OURS, TEXT_ALONE, TOOLS
from html_worker import fetched
from marks import written

import cleaner
from cleaner import Pipeline
from cleaner.evaluate import GoldPage, Train, assign_folds, read_gold
from cleaner.fit import Options, fit
from cleaner.fit.sources import read_foreign
from cleaner.gold.marked import read_marked

MARK = "benchmarks"


def fitted(pages: Sequence[GoldPage], given: Given) -> Pipeline:
    """The pipeline fitted to the pages outside a fold, with their markup, and as text if asked for.

    Its text is asked for where a tool of ours leaves the markup out.
    """
    fitted_to = partial(
        fit, pipeline=Pipeline(), options=given.options, foreign=given.foreign, tell=tell
    )
    of_markup = fitted_to(list(read_marked(pages, given.folder / "html")))
    if TEXT_ALONE not in given.tools:
        return Pipeline(weights=of_markup)
    return Pipeline(weights=replace(fitted_to(pages), html=of_markup))


def cross_validated(
    pages: Sequence[GoldPage], folder: Path, train: Train, folds: int, tools: Collection[str]
) -> dict[str, Quality]:
    """The quality of our own tools, each page extracted by a pipeline that saw none of its group.

    Of those, the ones among `tools`.
    """
    fold_of = assign_folds(pages, folds)
    ours = {name: how for name, how in OURS.items() if name in tools}
    found = {name: Quality() for name in ours}
    for fold in range(folds):
        tell(f"fold {fold + 1} of {folds}")
        held = [page for page, own in zip(pages, fold_of, strict=True) if own == fold]
        pipeline = train([page for page, own in zip(pages, fold_of, strict=True) if own != fold])
        for some in groups(held):
            files = [fetched(str(folder), page.id, page.lang) for page in some]
            for name, how in ours.items():
                for page, kept in zip(some, how(pipeline)(files), strict=True):
                    found[name].add(page, kept)
    return found


def rows(measured: Mapping[str, Measured], timed: int) -> Iterator[Row]:
    """A row of the table for each tool."""
    for name, found in measured.items():
        seconds = sum(found.seconds.values())
        speed = timed / seconds if seconds else None
        known = cleaner.__version__ if name in OURS else TOOLS[name].version or ""
        yield Row(name, known, found.quality, speed, found.peak_bytes)


@dataclass(frozen=True)
class Given:
    """What was asked for."""

    folder: Path
    tools: Sequence[str]
    repeats: int
    timed: int
    pages: int | None
    folds: int | None
    options: Options
    foreign: Mapping[str, Sequence[str]]
    output: Path | None


def _given() -> Given:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add("folder", type=Path, metavar="GOLD_FOLDER")
    add("-o", "--output", type=Path, metavar="DIR", help="writes benchmarks.md and benchmarks.svg")
    add("--tools", nargs="+", choices=TOOLS, default=list(TOOLS), metavar="TOOL")
    add("--pages", type=int, help="so many of the pages instead of all, spread evenly")
    add("--timed", type=int, default=128, metavar="PAGES", help="pages to time on (%(default)s)")
    add("--repeats", type=int, default=5, help="how often each is timed; the best counts")
    add("--folds", type=int, help="fit cleaner anew for each fold; else it has seen the pages")
    add("--foreign", type=Path, nargs="+", default=[], metavar="LANG.txt", help="see cleaner train")
    add("--seed", type=int, default=0)
    add("--epochs", type=int, default=Options().epochs)
    asked = vars(parser.parse_args())
    # Nobody reads the scores of a fit: the fold itself tells them.
    options = Options(asked.pop("seed"), asked.pop("epochs"), score=False)
    return Given(**{**asked, "options": options, "foreign": read_foreign(asked["foreign"])})


def _installed(tools: Iterable[str]) -> Iterator[str]:
    for name in tools:
        if name in OURS or TOOLS[name].version:
            yield name
        else:
            tell(f"{name}: left out, {TOOLS[name].distribution} is not installed")


def _page(output: Path) -> str:
    """The page that the table goes into; one of marks alone where there is none yet."""
    file = output / "benchmarks.md"
    if file.exists():
        return file.read_text(encoding="utf-8")
    return f"<!-- {MARK}: begin -->\n<!-- {MARK}: end -->\n"


def main() -> None:
    """Measure, print the table, and write it and the plot if asked to."""
    given = _given()
    pages = list(read_gold(given.folder / "dev.jsonl"))
    pages = spread(pages, given.pages or len(pages))
    timed = spread(pages, given.timed)
    page = _page(given.output) if given.output else ""
    if page:
        written(page, MARK, "")  # before the long run: it may have no marks
    tools = list(_installed(given.tools))
    measured = measure(tools, given.folder, pages, timed, given.repeats)
    if given.folds:
        train = partial(fitted, given=given)
        fitted_anew = cross_validated(pages, given.folder, train, given.folds, tools)
        for name in measured.keys() & fitted_anew.keys():
            measured[name].quality = fitted_anew[name]
    found = list(rows(measured, len(timed)))
    about = (
        f"{len(pages)} pages; speed on {len(timed)} of them, the best of {given.repeats} times;"
        f" Python {sys.version_info.major}.{sys.version_info.minor}."
    )
    table = "\n".join(markdown(found, about, given.folds))
    print(table)
    if given.output:
        given.output.mkdir(parents=True, exist_ok=True)
        (given.output / "benchmarks.md").write_text(written(page, MARK, table), encoding="utf-8")
        plot(found, given.output / "benchmarks.svg", seen=not given.folds)


if __name__ == "__main__":
    main()
