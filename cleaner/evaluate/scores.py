"""Quality over many pages: what was kept and removed against what should have been.

Lines weigh their letters and digits; caption and meta are neither article nor noise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cleaner.evaluate.fate import Fate, Judged, judge
from cleaner.gold import GoldPage, weigh
from cleaner.model import ARTICLE, NOISE, Label
from cleaner.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Counts:
    """Weight of article kept and lost, and of noise kept; precision, recall and F1 follow."""

    kept: int = 0
    lost: int = 0
    noise: int = 0

    @property
    def wrong(self) -> int:
        """Weight of article lost and noise kept."""
        return self.lost + self.noise

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
    """Quality over many pages; counters are keyed by gold label, `confusion` by (gold, given)."""

    pages: dict[str, Counts] = field(default_factory=dict)
    quarantined: int = 0
    undecided: int = 0
    """Lines flagged on pages that are not quarantined: of those, every line is."""
    lines: Counter[Label] = field(default_factory=Counter)
    lines_removed: Counter[Label] = field(default_factory=Counter)
    weights: Counter[Label] = field(default_factory=Counter)
    removed: Counter[Label] = field(default_factory=Counter)
    typed: Counter[Label] = field(default_factory=Counter)
    """Weight removed under its own label."""
    confusion: Counter[tuple[Label, Label | None]] = field(default_factory=Counter)
    confusion_lines: Counter[tuple[Label, Label | None]] = field(default_factory=Counter)
    label_points: Counter[tuple[float, bool]] = field(default_factory=Counter)
    """Lines by the score of the label given, and whether that label is right."""
    article_points: Counter[tuple[float, bool]] = field(default_factory=Counter)
    """Lines by how surely they are title or body, and whether they are."""

    def add(self, page: str, fates: Iterable[Fate], *, quarantined: bool = False) -> None:
        """Count one more page."""
        counts = Counts()
        for fate in fates:
            self._count(fate)
            if not quarantined:
                self._calibrate(fate)
            counts += count(fate)
        self.quarantined += quarantined
        name = page if page not in self.pages else f"{page}#{len(self.pages) + 1}"
        self.pages[name] = counts

    def _count(self, fate: Fate) -> None:
        self.lines[fate.gold] += 1
        self.weights[fate.gold] += fate.weight
        self.confusion[fate.gold, fate.label] += fate.weight
        self.confusion_lines[fate.gold, fate.label] += 1
        if fate.removed:
            self.lines_removed[fate.gold] += 1
            self.removed[fate.gold] += fate.weight
            self.typed[fate.gold] += fate.weight * (fate.label is fate.gold)

    def _calibrate(self, fate: Fate) -> None:
        # Not on quarantined pages: their lines are kept as body with the score of another label.
        self.undecided += fate.undecided
        if fate.label is not None and fate.score is not None:
            self.label_points[fate.score, fate.label is fate.gold] += 1
        if fate.article is not None:
            self.article_points[fate.article, fate.gold in ARTICLE] += 1

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
        return _share(self.removed[label], self.weights[label])

    def typed_share(self, *labels: Label) -> float | None:
        """How much of the weight removed of these labels went under its own; None if none went."""
        return _share(sum(self.typed[x] for x in labels), sum(self.removed[x] for x in labels))

    @property
    def typed_micro(self) -> float | None:
        """How much of the noise that was removed carries its own label, by weight."""
        return self.typed_share(*NOISE)

    @property
    def typed_macro(self) -> float | None:
        """The mean of `typed_share` over the kinds of noise of which anything was removed."""
        shares = [
            s for label in Label if label in NOISE and (s := self.typed_share(label)) is not None
        ]
        return sum(shares) / len(shares) if shares else None

    @property
    def undecided_share(self) -> float | None:
        """How many of the labelled lines are flagged; None where there are none."""
        return _share(self.undecided, self.lines.total())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def count(*fates: Fate) -> Counts:
    """The weight of these lines as article kept, article lost and noise kept."""
    return Counts(
        kept=sum(fate.weight for fate in fates if fate.gold in ARTICLE and not fate.removed),
        lost=sum(fate.weight for fate in fates if fate.is_lost),
        noise=sum(fate.weight for fate in fates if fate.is_left),
    )


def score(pages: Iterable[Judged]) -> Scores:
    """The scores of pages that were judged."""
    scores = Scores()
    for judged in pages:
        scores.add(judged.page.id, judged.fates, quarantined=judged.quarantined)
    return scores


def score_by(pages: Iterable[Judged], key: Callable[[GoldPage], str]) -> dict[str, Scores]:
    """The scores of each group of pages, sorted by the group's name."""
    groups: dict[str, list[Judged]] = {}
    for judged in pages:
        groups.setdefault(key(judged.page), []).append(judged)
    return {name: score(group) for name, group in sorted(groups.items())}


def evaluate(pages: Iterable[GoldPage], pipeline: Pipeline) -> Scores:
    """The scores of a pipeline on gold pages."""
    return score(judge(pages, pipeline))


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
