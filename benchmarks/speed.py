"""Speed of each step, and of other text tools: python benchmarks/speed.py GOLD.jsonl.

Times are of this machine and this run; read the ratios. Reads at most PAGES pages.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from quality import c4, justext

from cleaner import Pipeline, Settings
from cleaner.batches import BATCH_DOCUMENTS
from cleaner.decide import Heard, decide
from cleaner.decide.weights import builtin_weights
from cleaner.evaluate import GoldPage, read_gold
from cleaner.measure import measure
from cleaner.model import Page, Structure
from cleaner.page.structure import structures
from cleaner.settings import LanguageSettings
from cleaner.stages.hearing import hear
from cleaner.stages.voices import Voices
from cleaner.text.segment import segment

Item = TypeVar("Item")
PAGES = 200
MANY_LINES = 500


def seconds(work: Callable[[], object]) -> float:
    """The processor time a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def steps(pages: list[GoldPage], pipeline: Pipeline) -> Iterable[tuple[str, float]]:
    """Each step of the flow with its seconds, over all pages."""
    weights = builtin_weights()
    documents = [segment(page.text, page.id) for page in pages]
    yield "segment", seconds(lambda: [segment(page.text, page.id) for page in pages])
    on_measures = seconds(lambda: [measure(some) for some in _batches(documents)])
    yield "measure", on_measures
    made: list[Page] = []
    spent = seconds(lambda: [made.extend(pipeline.pages(some)) for some in _batches(documents)])
    on_structure = seconds(lambda: [_structures(some) for some in _batches(made)])
    yield "rules and language", spent - on_structure - on_measures
    yield "structure", on_structure
    heard: list[Heard] = []
    spent = seconds(lambda: [heard.extend(_heard(some, pipeline)) for some in _batches(made)])
    yield "stages", spent
    yield "decide", seconds(lambda: [list(decide(some, weights)) for some in _batches(heard)])


def _structures(pages: Sequence[Page]) -> list[Structure]:
    documents, measured = [page.document for page in pages], [page.measured for page in pages]
    return structures(
        documents, measured, [page.hits for page in pages], [page.foreign for page in pages]
    )


def _heard(pages: Sequence[Page], pipeline: Pipeline) -> list[Heard]:
    voices = hear(pipeline.active, pages)
    return [Heard(p, v) for p, v in zip(pages, voices, strict=True) if isinstance(v, Voices)]


def _batches(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[i : i + BATCH_DOCUMENTS] for i in range(0, len(items), BATCH_DOCUMENTS))


def slowest(pages: Sequence[GoldPage], pipeline: Pipeline) -> float:
    """The most milliseconds that a page of up to MANY_LINES lines takes by itself, best of two."""
    short = [page.text for page in pages if len(page.lines) <= MANY_LINES]
    return 1000 * max(
        min(seconds(lambda: pipeline.run(text)) for _ in range(2))  # noqa: B023  # called at once
        for text in short
    )


def main() -> None:
    """Print lines a second, and ratios to jusText."""
    pages = list(islice(read_gold(Path(sys.argv[1])), PAGES))
    lines = sum(len(page.lines) for page in pages)
    pipeline = Pipeline()
    silent = Pipeline(Settings(language=LanguageSettings(engine="off")))
    # What is made once in a process (rules of each language, tables) is no cost of a line.
    for warm in (pipeline, silent):
        list(warm.map(page.text for page in pages))
    rows = {
        "jusText on lines": seconds(lambda: [justext(page) for page in pages]),
        "C4 line rules": seconds(lambda: [c4(page) for page in pages]),
        "cleaner": seconds(lambda: list(pipeline.map(page.text for page in pages))),
        "cleaner, no engine": seconds(lambda: list(silent.map(page.text for page in pages))),
    }
    print(f"{len(pages)} pages, {lines} lines")
    base = rows["jusText on lines"]
    for name, spent in rows.items():
        print(f"{name:20}{lines / spent:>12,.0f} lines/s{base / spent:>8.2f} x jusText")
    print(f"slowest page of up to {MANY_LINES} lines: {slowest(pages, pipeline):.0f} ms")
    for name, spent in steps(pages, Pipeline()):
        print(f"  {name:18}{spent / lines * 1e6:>12.1f} µs/line")


if __name__ == "__main__":
    main()
