"""What became of each labelled line of a page.

A line counts as removed when removed spans cover more than half of it, or one covers at least half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleaner.decide.decisions import Decision, Voice
from cleaner.gold import GoldLine, GoldPage, weigh
from cleaner.model import ARTICLE, NOISE, Label
from cleaner.pipeline import Pipeline
from cleaner.record import Record

QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a labelled line; `line` counts from 0, lines that are missing last."""

    line: int
    gold: Label
    weight: int
    removed: bool
    label: Label | None
    """None where no span covers any of it."""
    score: float | None = None
    """How surely it is `label`; None where nobody said, as in a record read back from a file."""
    undecided: bool = False
    article: float | None = None
    """How probably it is article, whatever its label."""
    voice: Voice | None = None
    """The strongest voice, whatever it spoke for."""

    @property
    def is_lost(self) -> bool:
        """Whether it is article that was removed."""
        return self.gold in ARTICLE and self.removed

    @property
    def is_left(self) -> bool:
        """Whether it is noise that was kept."""
        return self.gold in NOISE and not self.removed


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold page and the fates of its labelled lines."""

    page: GoldPage
    fates: tuple[Fate, ...]
    quarantined: bool = False

    def text(self, fate: Fate) -> str:
        """The labelled line that a fate is of."""
        return (*self.page.lines, *self.page.missing)[fate.line].text


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    label: Label
    removed: bool
    decision: Decision | None


def judge(pages: Iterable[GoldPage], pipeline: Pipeline) -> Iterator[Judged]:
    """Each page with what a pipeline does to its lines."""
    gold = list(pages)
    records = pipeline.map(page.document() for page in gold)
    for page, record in zip(gold, records, strict=True):
        yield Judged(page, tuple(fates(page, record)), QUARANTINED in record.flags)


def fates(page: GoldPage, record: Record) -> Iterator[Fate]:
    """What became of each labelled line of a page."""
    spans = _spans(record)
    first = 0
    for number, (line, start) in enumerate(zip(page.lines, page.starts(), strict=True)):
        end = start + len(line.text)
        while first < len(spans) and spans[first].end <= start:
            first += 1
        if line.label and line.text.strip():
            yield _fate(number, line, line.label, list(_overlaps(spans[first:], start, end)))
    for number, line in enumerate(page.missing, len(page.lines)):
        if line.label:
            yield Fate(number, line.label, weigh(line.text), removed=True, label=None)


def _spans(record: Record) -> list[_Span]:
    """Kept and removed spans in order; they are the lines of the document, one each."""
    places = sorted(
        [(start, end, label, False) for start, end, label in record.kept]
        + [(gone.start, gone.end, gone.label, True) for gone in record.removed]
    )
    decided: Sequence[Decision | None] = [decision for _, decision in record.explained]
    decisions = decided or [None] * len(places)  # none in a record read back from a file
    return [
        _Span(*place, decision=decision) for place, decision in zip(places, decisions, strict=True)
    ]


def _overlaps(spans: Sequence[_Span], start: int, end: int) -> Iterator[tuple[int, _Span]]:
    for span in spans:
        if span.start >= end:
            return
        yield min(span.end, end) - max(span.start, start), span


def _fate(number: int, line: GoldLine, gold: Label, overlaps: Sequence[tuple[int, _Span]]) -> Fate:
    gone = [chars for chars, span in overlaps if span.removed]
    removed = sum(gone) * 2 > len(line.text) or max(gone, default=-1) * 2 >= len(line.text)
    same = [overlap for overlap in overlaps if overlap[1].removed == removed]
    longest = max(same, key=lambda overlap: overlap[0])[1] if same else None
    decision = longest.decision if longest else None
    return Fate(
        line=number,
        gold=gold,
        weight=weigh(line.text),
        removed=removed,
        label=longest.label if longest else None,
        score=decision.score if decision else None,
        undecided=decision.undecided if decision else False,
        article=decision.article if decision else None,
        voice=decision.voices[0] if decision and decision.voices else None,
    )
