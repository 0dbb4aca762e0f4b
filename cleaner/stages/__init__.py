"""The one table of stages: what each proposes lies in the file of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from cleaner.model import Page
from cleaner.page.pages import Pages
from cleaner.stages import article, boilerplate, comments, language, metadata, repeats, spam, ticker
from cleaner.stages.voices import Voices


@dataclass(frozen=True, slots=True)
class OwnStage:
    """A stage of ours, which reads pages laid end to end: many cost little more than one."""

    propose: Callable[[Pages], Iterable[Voices]]

    def __call__(self, page: Page) -> Voices:
        """What it proposes for one page."""
        [found] = proposed([self], [page])
        return found


def proposed(stages: Iterable[OwnStage], pages: Sequence[Page]) -> list[Voices]:
    """What some stages of ours propose for each of some pages, at least one."""
    together = Pages.of(pages)
    spoken = list(chain.from_iterable(stage.propose(together) for stage in stages))
    return Voices.joined(spoken).apart(together.places)


STAGES: Mapping[str, OwnStage] = MappingProxyType(
    {
        "article": OwnStage(article.propose),
        "metadata": OwnStage(metadata.propose),
        "ticker": OwnStage(ticker.propose),
        "comments": OwnStage(comments.propose),
        "language": OwnStage(language.propose),
        "spam": OwnStage(spam.propose),
        "boilerplate": OwnStage(boilerplate.propose),
        "repeats": OwnStage(repeats.propose),
    }
)
