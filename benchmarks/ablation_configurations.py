"""What a network is fitted without, to see what it brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cleaner.decide.features import FEATURES, PLACE, SHAPE, SHARED, SILENCE, STRUCTURAL
from cleaner.decide.network import Bag, Network
from cleaner.fit.read import Corpus, Reading
from cleaner.stages import STAGES

# Amounts of pages are told in parts of this many.
PARTS = 8


@dataclass(frozen=True)
class Configuration:
    """What a network is fitted without: some columns of features, the wording, some pages."""

    name: str
    columns: tuple[int, ...] = ()
    wordless: bool = False
    parts: int = PARTS

    def silenced(self, features: Any, bags: Sequence[Bag]) -> tuple[Any, Sequence[Bag]]:
        """Features and hashed words of lines, without what is left out."""
        found = features.copy()
        for column in self.columns:
            found[:, column] = SILENCE.get(column, 0.0)
        wordless = tuple(Bag(bag.buckets[:0], bag.counts * 0) for bag in bags)
        return found, wordless if self.wordless else bags


EVERYTHING = Configuration("everything")


@dataclass(frozen=True)
class _Deaf(Network):
    configuration: Configuration = EVERYTHING

    def read(self, features: Any, bags: Sequence[Bag]) -> Any:
        return super().read(*self.configuration.silenced(features, bags))


def deaf(network: Network, configuration: Configuration) -> Network:
    """The same network, not told what is left out."""
    own = {field.name: getattr(network, field.name) for field in fields(network)}
    return _Deaf(**own, configuration=configuration)


def without(corpus: Corpus, configuration: Configuration) -> Corpus:
    """The same corpus, but for what is left out."""
    return replace(corpus, forms=tuple(_without(form, configuration) for form in corpus.forms))


def _without(form: Reading, configuration: Configuration) -> Reading:
    features, bags = configuration.silenced(form.features, form.bags)
    return replace(form, features=features, bags=tuple(bags))


def configurations() -> Iterator[Configuration]:
    """What is tried, those with the same pages one after the other."""
    spoken = {stage: tuple(voiced(stage)) for stage in STAGES}
    unspoken = tuple(column for column in SILENCE if column not in sum(spoken.values(), ()))
    yield EVERYTHING
    for stage, columns in spoken.items():
        yield Configuration(f"without stage `{stage}`", columns)
    yield Configuration("without all stages", sum(spoken.values(), ()))
    yield Configuration("without section headings and foreign lines", unspoken)
    yield Configuration("without all stages, section headings, foreign lines", tuple(SILENCE))
    yield Configuration("without shape of lines", _group(SHAPE))
    yield Configuration("without words shared with the page", _group(SHARED))
    yield Configuration("without place on the page", _group(PLACE))
    yield Configuration("without wording", wordless=True)
    for parts, share in ((4, "half"), (2, "a quarter"), (1, "an eighth")):
        yield Configuration(f"{share} of the pages", parts=parts)


def voiced(stage: str) -> Iterator[int]:
    """The columns that a stage's proposals fill: silenced, they are as in `Pipeline.without`.

    Headings of sections and foreign lines are found without any stage; they are not among them.
    """
    for column, feature in enumerate(FEATURES):
        spoken = feature.name in STRUCTURAL or feature.name.startswith("rule.")
        if feature.group == stage and spoken:
            yield column


def _group(name: str) -> tuple[int, ...]:
    return tuple(column for column, feature in enumerate(FEATURES) if feature.group == name)
