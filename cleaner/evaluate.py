"""Quality on labelled lines: what was kept and removed against what should have been.

A gold page is cleaned as the text of its lines. A line counts as removed when removed spans cover
more than half of it, or one covers at least half. Lines weigh their letters and digits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from cleaner.errors import SourceError
from cleaner.model import NOISE, Label
from cleaner.pipeline import Pipeline
from cleaner.record import Record
from cleaner.segment import segment

ARTICLE = frozenset({Label.TITLE, Label.BODY})
_NO_WEIGHT_RE = re.compile(r"[\W_]")


class GoldLine(BaseModel):
    """A line and its label; a null or empty label is not scored."""

    model_config = ConfigDict(extra="allow", frozen=True)

    text: str
    label: Label | None = None

    @field_validator("label", mode="before")
    @classmethod
    def _empty_is_none(cls, label: object) -> object:
        return label or None


class GoldPage(BaseModel):
    """A page with a label on every line."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    url: str | None = None
    lang: str | None = None
    lines: tuple[GoldLine, ...]

    @property
    def text(self) -> str:
        """What is cleaned: the lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a labelled line."""

    line: int
    gold: Label
    weight: int
    removed: bool
    label: Label | None  # None where no span covers any of it


@dataclass(frozen=True, slots=True)
class Counts:
    """Weight of article kept and lost, and of noise kept; precision, recall and F1 follow."""

    kept: int = 0
    lost: int = 0
    noise: int = 0

    @property
    def precision(self) -> float:
        """Share of article in what was kept; 0 if nothing was kept."""
        return self.kept / (self.kept + self.noise) if self.kept + self.noise else 0.0

    @property
    def recall(self) -> float:
        """Share of the article that was kept; 1 where there was no article."""
        return self.kept / (self.kept + self.lost) if self.kept + self.lost else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.kept + other.kept, self.lost + other.lost, self.noise + other.noise)


@dataclass
class Scores:
    """Quality over many pages."""

    pages: dict[str, Counts] = field(default_factory=dict)
    weights: Counter[Label] = field(default_factory=Counter)
    removed: Counter[Label] = field(default_factory=Counter)
    lines_removed: Counter[Label] = field(default_factory=Counter)
    lines: Counter[Label] = field(default_factory=Counter)
    confusion: Counter[tuple[Label, Label | None]] = field(default_factory=Counter)

    def add(self, page: str, fates: Iterable[Fate]) -> None:
        """Count one more page."""
        counts = Counts()
        for fate in fates:
            self.lines[fate.gold] += 1
            self.weights[fate.gold] += fate.weight
            self.confusion[fate.gold, fate.label] += fate.weight
            if fate.removed:
                self.lines_removed[fate.gold] += 1
                self.removed[fate.gold] += fate.weight
            counts += _counts(fate)
        name = page if page not in self.pages else f"{page}#{len(self.pages) + 1}"
        self.pages[name] = counts

    @property
    def total(self) -> Counts:
        """All pages as one."""
        return sum(self.pages.values(), Counts())

    @property
    def macro_f1(self) -> float:
        """The mean of the pages' F1."""
        return sum(c.f1 for c in self.pages.values()) / max(1, len(self.pages))

    def removed_share(self, label: Label) -> float | None:
        """How much of a label's weight was removed; None where there is none of it."""
        return self.removed[label] / self.weights[label] if self.weights[label] else None


def _counts(fate: Fate) -> Counts:
    if fate.gold in ARTICLE:
        return Counts(lost=fate.weight) if fate.removed else Counts(kept=fate.weight)
    return Counts(noise=fate.weight) if fate.gold in NOISE and not fate.removed else Counts()


def read_gold(file: Path) -> Iterator[GoldPage]:
    """The pages of a gold file, one JSON row each.

    Raises:
        SourceError: the file cannot be read, or a row is no gold page; names file and line.
    """
    try:
        with file.open(encoding="utf-8", newline="\n") as rows:
            for number, row in enumerate(rows, 1):
                if row.strip():
                    yield _page(row, f"{file}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: cannot be read: {error}") from None


def _page(row: str, place: str) -> GoldPage:
    try:
        page = GoldPage.model_validate_json(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise SourceError(
            f"{place}: not a gold page: {where}: {first['msg']}; a row is"
            ' {"id", "lines": [{"text", "label"}]}'
        ) from None
    return page


def evaluate(pages: Iterable[GoldPage], pipeline: Pipeline) -> Scores:
    """The scores of a pipeline on gold pages."""
    scores = Scores()
    gold = list(pages)
    records = pipeline.map(segment(page.text, page.id) for page in gold)
    for page, record in zip(gold, records, strict=True):
        scores.add(page.id, fates(page, record))
    return scores


def doing_nothing(pages: Iterable[GoldPage]) -> Scores:
    """The scores of keeping every line: what any cleaner has to beat."""
    scores = Scores()
    for page in pages:
        kept = (
            Fate(i, line.label, weigh(line.text), removed=False, label=Label.BODY)
            for i, line in enumerate(page.lines)
            if line.label and line.text.strip()
        )
        scores.add(page.id, kept)
    return scores


def weigh(text: str) -> int:
    """The letters and digits of a text.

    >>> weigh("Ja - 3_4")
    4
    """
    return len(_NO_WEIGHT_RE.sub("", text))


def fates(page: GoldPage, record: Record) -> Iterator[Fate]:
    """What became of each labelled line of a page."""
    spans = sorted(
        [(start, end, label, False) for start, end, label in record.kept]
        + [(r.start, r.end, r.label, True) for r in record.removed]
    )
    first = start = 0
    for number, line in enumerate(page.lines):
        end = start + len(line.text)
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        if line.label and line.text.strip():
            yield _fate(number, line, (start, end), spans[first:])
        start = end + 1


def _fate(
    number: int,
    line: GoldLine,
    place: tuple[int, int],
    spans: Sequence[tuple[int, int, Label, bool]],
) -> Fate:
    start, end = place
    overlaps: list[tuple[int, Label, bool]] = []
    for span_start, span_end, label, removed in spans:
        if span_start >= end:
            break
        overlaps.append((min(span_end, end) - max(span_start, start), label, removed))
    gone = [chars for chars, _, removed in overlaps if removed]
    is_removed = sum(gone) * 2 > len(line.text) or max(gone, default=-1) * 2 >= len(line.text)
    same = [(chars, taken) for chars, taken, removed in overlaps if removed == is_removed]
    taken_for = max(same, key=lambda o: o[0])[1] if same else None
    assert line.label is not None  # noqa: S101  # the caller looked
    return Fate(number, line.label, weigh(line.text), is_removed, taken_for)
