"""Cleans documents in this process, in input order, into a folder."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cleaner
from cleaner.batches import batches, size
from cleaner.errors import CleanerError
from cleaner.model import Document, Failure, HtmlPage, Input
from cleaner.pipeline import Pipeline
from cleaner.record import Record
from cleaner.writers.jsonl import RunWriter

Source = Input | Failure
Outcome = Record | Failure


@dataclass
class Tally:
    """What a run has done so far."""

    documents: int = 0
    failed: int = 0
    chars: int = 0
    lines: int = 0
    kept_chars: int = 0
    lines_of: Counter[str] = field(default_factory=Counter)
    chars_of: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one more outcome, but for the rules that removed its lines."""
        if isinstance(outcome, Failure):
            self.failed += 1
            return
        self.documents += 1
        self.chars += outcome.stats.source.chars
        self.lines += outcome.stats.source.lines
        self.kept_chars += outcome.stats.kept.chars
        for label, amount in outcome.stats.removed.items():
            self.lines_of[str(label)] += amount.lines
            self.chars_of[str(label)] += amount.chars
        self.flags.update(outcome.flags)


def clean_into(
    folder: Path,
    sources: Iterable[Source],
    pipeline: Pipeline,
    tell: Callable[[Outcome], None] = lambda _: None,
) -> Tally:
    """Clean all sources into a run's folder; `tell` hears of every outcome. Returns the counts."""
    tally, started = Tally(), time.perf_counter()
    with RunWriter(folder) as writer:
        for outcome in outcomes(sources, pipeline):
            if isinstance(outcome, Failure):
                writer.failure(outcome)
            else:
                tally.rules += writer.record(outcome)
            tally.add(outcome)
            tell(outcome)
        writer.finish(_summary(tally, pipeline, time.perf_counter() - started))
    return tally


def outcomes(sources: Iterable[Source], pipeline: Pipeline) -> Iterator[Outcome]:
    """The record or the failure of each source, in order."""
    for batch in batches(sources, size):
        yield from _clean(batch, pipeline)


def _clean(batch: list[Source], pipeline: Pipeline) -> Iterator[Outcome]:
    cleaned = pipeline.outcomes(s for s in batch if isinstance(s, Document | HtmlPage))
    for source in batch:
        yield source if isinstance(source, Failure) else _named(source, next(cleaned))


def _named(document: Input, outcome: Record | CleanerError) -> Outcome:
    if isinstance(outcome, CleanerError):
        return Failure(document.id, type(outcome).__name__, str(outcome))
    return outcome


def _summary(tally: Tally, pipeline: Pipeline, seconds: float) -> dict[str, Any]:
    return {
        "version": cleaner.__version__,
        "settings": pipeline.settings.model_dump(mode="json"),
        "stages": list(pipeline.active),
        "rules_sha256": pipeline.rules.digest,
        "weights_sha256": pipeline.deciding.digest,
        "repeats_sha256": pipeline.counts.header.sha256 if pipeline.counts else None,
        "documents": tally.documents,
        "failed": tally.failed,
        "chars": {"source": tally.chars, "kept": tally.kept_chars},
        "lines": tally.lines,
        "removed": {
            label: {"chars": tally.chars_of[label], "lines": tally.lines_of[label]}
            for label in sorted(tally.lines_of)
        },
        "rules": dict(sorted(tally.rules.items(), key=lambda item: (-item[1], item[0]))),
        "flags": dict(sorted(tally.flags.items())),
        "seconds": round(seconds, 3),
        "lines_per_second": round(tally.lines / seconds) if seconds else 0,
    }
