"""What rules would do on labelled pages, before anybody takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner.evaluate import Fate, Judged, judge
from cleaner.gold import GoldPage
from cleaner.model import ARTICLE
from cleaner.pipeline import Pipeline
from cleaner.review.suggest.pack import pack_text
from cleaner.rules import Rule, RuleBook


@dataclass(frozen=True, slots=True)
class Effect:
    """How many labelled lines rules set right, and how many they spoil.

    Of those spoilt, `article` are article that goes.
    """

    gained: int = 0
    lost: int = 0
    article: int = 0

    def __add__(self, other: Effect) -> Effect:
        gained, lost = self.gained + other.gained, self.lost + other.lost
        return Effect(gained, lost, self.article + other.article)


class Scales:
    """Weighs rules on labelled pages; what becomes of a page without them is found out once."""

    def __init__(self, pages: Sequence[GoldPage], pipeline: Pipeline) -> None:
        self._pages = pages
        self._pipeline = pipeline
        self._before: dict[int, Judged] = {}

    def effect(self, *rules: Rule) -> Effect:
        """What these rules together do; only pages on which one of them matches are cleaned."""
        book = RuleBook(rules, "")
        lines = ([line.text.strip() for line in page.lines] for page in self._pages)
        touched = [number for number, own in enumerate(lines) if len(book.hits(own))]
        if not touched:
            return Effect()
        new = [number for number in touched if number not in self._before]
        self._before.update(zip(new, self._judged(new, self._pipeline), strict=True))
        with _with_rules(self._pipeline, rules) as pipeline:
            after = self._judged(touched, pipeline)
            pairs = zip((self._before[number] for number in touched), after, strict=True)
            return sum((_effect(old, now) for old, now in pairs), Effect())

    def _judged(self, numbers: Sequence[int], pipeline: Pipeline) -> Iterator[Judged]:
        return judge([self._pages[number] for number in numbers], pipeline)


def _effect(before: Judged, after: Judged) -> Effect:
    pairs = list(zip(before.fates, after.fates, strict=True))
    spoilt = [now for old, now in pairs if _is_right(old) and not _is_right(now)]
    return Effect(
        gained=sum(_is_right(now) and not _is_right(old) for old, now in pairs),
        lost=len(spoilt),
        article=sum(fate.is_lost for fate in spoilt),
    )


def _is_right(fate: Fate) -> bool:
    """Whether a line went under its own label, or stayed as article, be it title or body."""
    return fate.label is fate.gold or (fate.gold in ARTICLE and not fate.removed)


@contextmanager
def _with_rules(pipeline: Pipeline, rules: Sequence[Rule]) -> Iterator[Pipeline]:
    """The pipeline as it would be with a pack of these rules."""
    with TemporaryDirectory(prefix="cleaner-") as folder:
        pack = Path(folder, "suggested.toml")
        pack.write_text(pack_text(rules), encoding="utf-8", newline="\n")
        packs = (*pipeline.settings.rules, pack)
        settings = pipeline.settings.model_copy(update={"rules": packs})
        yield replace(pipeline, settings=settings)
