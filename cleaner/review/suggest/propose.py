"""Verdicts to a pack of rules: which are worth taking, and what each would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleaner.gold import GoldPage
from cleaner.pipeline import Pipeline
from cleaner.review.gold import JudgedPage, gold_page
from cleaner.review.suggest.candidates import Candidate, candidates, sayings
from cleaner.review.suggest.effect import Effect, Scales
from cleaner.review.suggest.pack import pack_text
from cleaner.rules import Rule

# Each takes about a second to weigh.
MOST_CANDIDATES = 50
ON_VERDICTS = "verdicts"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule, and its effect on the verdicts and on each file of labelled pages, by name."""

    candidate: Candidate
    effects: Mapping[str, Effect]

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.candidate.rule

    @property
    def is_safe(self) -> bool:
        """Whether it sets some labelled line right and spoils none."""
        effects = self.effects.values()
        return any(each.gained for each in effects) and not any(each.lost for each in effects)


def suggest(
    pages: Sequence[JudgedPage],
    gold: Mapping[str, Sequence[GoldPage]],
    pipeline: Pipeline,
    tell: Callable[[], None] = lambda: None,
) -> list[Suggestion]:
    """Rules for what was decided wrongly more than once on judged pages, safe ones first.

    `gold` are labelled pages by the name of their file; `tell` hears of each rule that is weighed.
    """
    files = {ON_VERDICTS: [gold_page(page) for page in pages], **gold}
    scales = {name: Scales(labelled, pipeline) for name, labelled in files.items()}
    taken = {rule.id for rule in pipeline.rules.rules}
    found = []
    for candidate in candidates(list(sayings(pages)), taken)[:MOST_CANDIDATES]:
        effects = {name: each.effect(candidate.rule) for name, each in scales.items()}
        found.append(Suggestion(candidate, effects))
        tell()
    return sorted(found, key=lambda each: not each.is_safe)


def suggested_pack(suggestions: Sequence[Suggestion]) -> str:
    """The safe ones as a pack, each under its effect."""
    safe = [each for each in suggestions if each.is_safe]
    remarks = {each.rule.id: list(_remarks(each)) for each in safe}
    return pack_text([each.rule for each in safe], remarks)


def _remarks(suggestion: Suggestion) -> Iterator[str]:
    yield f"from {suggestion.candidate.lines} lines that were decided wrongly"
    for name, effect in suggestion.effects.items():
        yield f"{name}: {effect.gained} lines gained, {effect.lost} lost"
    if not suggestion.candidate.judged_misses:
        yield "nobody judged the miss examples: no line that was judged is something else"
