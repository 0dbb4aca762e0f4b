"""What becomes of lines in other languages, and of article lines that are taken for some.

Two bars: of foreign lines placed in and below articles, how much is removed, and as spam; and of
real articles, how much is removed for its language alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import TypeVar

import numpy as np

from cleaner.batches import BATCH_DOCUMENTS
from cleaner.decide import Heard, decide
from cleaner.errors import CleanerError
from cleaner.evaluate.fate import Fate, judge
from cleaner.evaluate.mixed import article_of, mixed_articles
from cleaner.gold import GoldPage
from cleaner.model import ARTICLE, NOISE, Bools, Ints, Label, Page
from cleaner.pipeline import Pipeline
from cleaner.stages.hearing import hear

ALL = "all"
Sums = TypeVar("Sums", "Mixed", "OnlyForeign")


@dataclass(frozen=True, slots=True)
class Mixed:
    """Of some articles with foreign lines: how many, and letters and digits."""

    articles: int = 0
    foreign: int = 0
    removed: int = 0
    as_spam: int = 0
    article: int = 0
    lost: int = 0
    lost_alone: int = 0
    """What the same articles lose where nothing foreign stands on the page."""

    def __add__(self, other: Mixed) -> Mixed:
        """Both together."""
        return _sum(self, other)


@dataclass(frozen=True, slots=True)
class OnlyForeign:
    """Of some pages: the article's letters and digits, those removed for their language alone."""

    article: int = 0
    removed: int = 0
    lines: int = 0

    def __add__(self, other: OnlyForeign) -> OnlyForeign:
        """Both together."""
        return _sum(self, other)


def _sum(one: Sums, other: Sums) -> Sums:
    names = [field.name for field in fields(one)]
    return replace(one, **{name: getattr(one, name) + getattr(other, name) for name in names})


def judge_mixed(
    pages: Sequence[GoldPage], sentences: Mapping[str, Sequence[str]], pipeline: Pipeline
) -> dict[str, Mixed]:
    """What becomes of foreign lines in and below articles: of all, by form, by page language."""
    made, lost = list(mixed_articles(pages, sentences)), _lost_alone(pages, pipeline)
    found: dict[str, Mixed] = defaultdict(Mixed)
    for judged in judge(made, pipeline):
        name, _, form = judged.page.id.rpartition("~")
        of_page = _mixed(judged.fates, lost[name])
        for group in (ALL, form, str(judged.page.lang)):
            found[group] += of_page
    return dict(found)


def _lost_alone(pages: Sequence[GoldPage], pipeline: Pipeline) -> dict[str, int]:
    """What each page's article loses where nothing else stands on the page."""
    alone = [page.model_copy(update={"lines": tuple(article_of(page))}) for page in pages]
    return {
        judged.page.id: sum(fate.weight for fate in judged.fates if fate.is_lost)
        for judged in judge([page for page in alone if page.lines], pipeline)
    }


def _mixed(fates: Sequence[Fate], lost_alone: int) -> Mixed:
    foreign = [fate for fate in fates if fate.gold in NOISE]
    return Mixed(
        articles=1,
        foreign=sum(fate.weight for fate in foreign),
        removed=sum(fate.weight for fate in foreign if fate.removed),
        as_spam=sum(f.weight for f in foreign if f.removed and f.label is Label.SPAM),
        article=sum(fate.weight for fate in fates if fate.gold in ARTICLE),
        lost=sum(fate.weight for fate in fates if fate.is_lost),
        lost_alone=lost_alone,
    )


def judge_articles(pages: Iterable[GoldPage], pipeline: Pipeline) -> dict[str, OnlyForeign]:
    """What of the pages' articles is removed for its language alone: of all, by page language.

    That is what goes, and would stay if nobody had told of any line that it is foreign.
    """
    found: dict[str, OnlyForeign] = defaultdict(OnlyForeign)
    rest = iter(pages)
    while some := list(islice(rest, BATCH_DOCUMENTS)):
        read = pipeline.pages([page.document() for page in some])
        sound = [page for page in read if isinstance(page, Page)]
        gone = zip(_removed(sound, pipeline), _removed(map(_silent, sound), pipeline), strict=True)
        for gold, page in zip(some, read, strict=True):
            if isinstance(page, CleanerError):
                raise page
            heard, unheard = next(gone)
            of_page = _only_foreign(gold.labels_of(page.document), page, heard & ~unheard)
            for group in (ALL, str(gold.lang)):
                found[group] += of_page
    return dict(found)


def _silent(page: Page) -> Page:
    """The page as if all of its lines were in its language."""
    nothing = np.zeros_like(page.foreign)
    return replace(page, foreign=nothing, leaning=nothing)


def _removed(pages: Iterable[Page], pipeline: Pipeline) -> list[Bools]:
    """Which lines of each page are removed."""
    some = list(pages)
    heard = []
    for page, voices in zip(some, hear(pipeline.active, some), strict=True):
        if isinstance(voices, CleanerError):
            raise voices
        heard.append(Heard(page, voices))
    keep, margin = pipeline.settings.keep, pipeline.settings.margin
    return [~found.labelled(keep) for found in decide(heard, pipeline.deciding, margin)]


def _only_foreign(labels: Sequence[Label | None], page: Page, gone: Bools) -> OnlyForeign:
    article = np.fromiter((label in ARTICLE for label in labels), np.bool_, len(labels))
    weights: Ints = page.measured.letters + page.measured.digits
    return OnlyForeign(
        int(weights[article].sum()),
        int(weights[article & gone].sum()),
        int(np.count_nonzero(article & gone)),
    )
