"""Why a line has its label: what each stage and each kind of measurement added to its log odds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
import numpy.typing as npt

from cleaner.decide.contributions import (
    NEIGHBOURS,
    PAGE,
    PARTS_OF_REASON,
    Contributions,
    contributions,
    surroundings,
)
from cleaner.decide.decisions import Voice
from cleaner.decide.features import FEATURES, MARKUP, PLACE, SHAPE, SHARED, WORDING
from cleaner.decide.inputs import HTML, numbers_of_markup
from cleaner.decide.network import EMBEDDING, Steps
from cleaner.decide.phrases import AROUND, MEASURING, MOST_TOLD, phrase, wording
from cleaner.decide.spoken_words import SpokenWords
from cleaner.decide.strength import strength
from cleaner.decide.surroundings import NEAR_PARTS, PARTS, Surroundings
from cleaner.decide.weights import Weights
from cleaner.html.paths import path
from cleaner.model import ARTICLE, LABELS, Document, Label, Proposal

Table = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

TOGETHER, REST = "together", "rest"
# Of so many lines the reasons are worked out at once, in 25 kB a line.
LINES_AT_ONCE = 1_024
# Parts that add less to the log odds than this are told together, as the rest.
LEAST_TOLD = 0.5
DECIMALS = 2
# Numbers come in steps: what has been worked out for one comes back soon.
REMEMBERED = 4_096
# Those of a text come first among these.
_NAMES = np.asarray([feature.name for feature in HTML.features], np.object_)
# There are thousands a second: this leaves out the Python call that Voice(...) makes each time.
_voice = partial(tuple.__new__, Voice)
_IS_ARTICLE = np.asarray([label in ARTICLE for label in LABELS])
_RULES = {part: f"decide.{part}" for part in (*PARTS_OF_REASON, REST)}
_COLUMNS = {
    group: np.asarray([i for i, f in enumerate(HTML.features) if f.group == group])
    for group in (SHAPE, SHARED, PLACE, MARKUP)
}
_AROUND = {NEIGHBOURS: np.arange(NEAR_PARTS), PAGE: np.arange(NEAR_PARTS, PARTS)}
_NAMES_AROUND = np.asarray(AROUND)
# Elements of the markup that are named: the innermost.
NAMED_ELEMENTS = 3


@dataclass(frozen=True)
class Reasons:
    """What carried the decisions about a page; worked out when somebody asks.

    `features` are the first of them, which are told in words, as they were measured; `inputs` are
    all as the network reads them; `logits` are those decided by.
    """

    document: Document
    weights: Weights
    features: Matrix
    inputs: Steps
    logits: Table
    proposals: Sequence[Proposal]
    labels: npt.NDArray[np.integer]

    def __call__(self, index: int) -> tuple[Voice, ...]:
        """The voices about the line at this index, what weighed most first.

        At least one of them is for the line's label.
        """
        first = index - index % LINES_AT_ONCE
        if first not in self._last:
            # Lines are asked about in order: what is behind is not needed again.
            self._last.clear()
            self._last[first] = _Some(self, slice(first, first + LINES_AT_ONCE))
        return self._last[first](index - first)

    def brief(self, index: int) -> tuple[Voice, ...]:
        """What stages said about the line at this index, the loudest first: a tenth of the work.

        Where none spoke for its label, that all measurements together did.
        """
        label = LABELS[self.labels[index]]
        voices = [
            _voice((p.label, p.weight, p.stage, p.rule, p.reason, None))
            for p in self.spoken.get(index, ())
        ]
        if all(voice.label is not label for voice in voices):
            voices.append(self.together(index))
        return tuple(sorted(voices, key=_loudest_first))

    def together(self, index: int) -> Voice:
        """For a line whose label nothing speaks for by itself: it won as the least unlikely."""
        label = self.labels[index]
        ahead = float(self.logits[index, label] - self.logits[index, self.others[index]])
        rule = f"decide.{TOGETHER}"
        return Voice(LABELS[label], _weight(ahead), MEASURING, rule, phrase(TOGETHER), 0.0)

    @cached_property
    def _last(self) -> dict[int, _Some]:
        """The lines that were last asked about, by the first of them."""
        return {}

    @cached_property
    def others(self) -> npt.NDArray[np.intp]:
        """The strongest label of each line on the other side: kept or removed."""
        same = _IS_ARTICLE[self.labels][:, None] == _IS_ARTICLE
        return np.asarray(np.where(same, -np.inf, self.logits).argmax(axis=1))

    @cached_property
    def around(self) -> Surroundings:
        """What stands around each line."""
        return surroundings(self.weights.network, self.inputs)

    @cached_property
    def spoken(self) -> Mapping[int, Sequence[Proposal]]:
        """What stages proposed about each line that they spoke about."""
        found: dict[int, list[Proposal]] = defaultdict(list)
        for proposal in sorted(self.proposals):
            for i in range(proposal.first, proposal.last + 1):
                found[i].append(proposal)
        return found


class _Some:
    """The reasons of some lines of a page; lines are counted from the first of them."""

    def __init__(self, page: Reasons, rows: slice) -> None:
        self._page, self._rows = page, rows
        self._labels, self._others = page.labels[rows], page.others[rows]
        self._features, self._inputs = page.features[rows], page.inputs[rows]

    def __call__(self, index: int) -> tuple[Voice, ...]:
        """The voices about the line at this index, what weighed most first.

        At least one of them is for the line's label.
        """
        label, other = LABELS[self._labels[index]], LABELS[self._others[index]]
        added = dict(zip(PARTS_OF_REASON, self._contributions[index], strict=True))
        voices = [
            *self._stages(index, label, other, added),
            *self._measurements(index, label, other, added),
        ]
        if all(voice.label is not label for voice in voices):
            voices.append(self._page.together(self._rows.start + index))
        return tuple(sorted(voices, key=_loudest_first))

    @cached_property
    def _worked_out(self) -> Contributions:
        around = self._page.around.of(self._rows)
        network = self._page.weights.network
        return contributions(network, self._inputs, self._labels, self._others, around)

    @cached_property
    def _contributions(self) -> list[list[float]]:
        """What each part added about each line."""
        found: list[list[float]] = (
            self._worked_out.parts / self._page.weights.temperature
        ).tolist()
        return found

    def _stages(
        self, index: int, label: Label, other: Label, added: dict[str, float]
    ) -> Iterator[Voice]:
        """What stages said, and what came of it; takes it out of `added`.

        What a stage added counts for its loudest voice; voices the weights do not know count each
        by themselves.
        """
        spoken = self._page.spoken.get(self._rows.start + index, ())
        for p in sorted(spoken, key=_loudest_proposal) if len(spoken) > 1 else spoken:
            log_odds = (
                added.pop(p.stage, None)
                if p.rule in self._page.weights.voices
                else strength(p.weight) * ((p.label is label) - (p.label is other))
            )
            yield _voice((p.label, p.weight, p.stage, p.rule, p.reason, _told(log_odds)))

    def _measurements(
        self, index: int, label: Label, other: Label, added: Mapping[str, float]
    ) -> Iterator[Voice]:
        """The parts that added much, one by one, and the rest of them in one."""
        told = {part: x for part, x in added.items() if abs(x) >= LEAST_TOLD}
        rest = sum([x for x in added.values() if abs(x) < LEAST_TOLD])
        if round(rest, DECIMALS):
            told[REST] = rest
        for part, log_odds in told.items():
            value = round(log_odds, DECIMALS)
            speaks_for = label if value > 0 else other
            reason = self._said_of(index, part, log_odds)
            yield _voice((speaks_for, _weight(abs(value)), MEASURING, _RULES[part], reason, value))

    def _said_of(self, index: int, part: str, log_odds: float) -> str:
        """A part in words: with those of its numbers, or of the line's words, that added most."""
        if part == WORDING:
            return wording(self._words.strongest(index, adding=log_odds > 0))
        if part not in self._strongest:
            return phrase(part)
        names, values = self._strongest[part]
        three = slice(index * MOST_TOLD, (index + 1) * MOST_TOLD)
        said = phrase(part, tuple(zip(names[three], values[three], strict=True)))
        markup = self._page.document.markup
        if part == MARKUP and markup is not None:
            said += f" ({path(markup, self._rows.start + index, NAMED_ELEMENTS)})"
        return said

    @cached_property
    def _words(self) -> SpokenWords:
        numbers = len(self._page.weights.network.mean)
        by_step = self._worked_out.by_step[:, numbers : numbers + EMBEDDING]
        wording, *_ = self._page.weights.network.embeddings
        contents = self._page.document.contents()[self._rows]
        return SpokenWords(contents, wording.rows, by_step)

    @cached_property
    def _strongest(self) -> Mapping[str, tuple[list[str], list[float]]]:
        """Names and values of what added most, of each group and around; MOST_TOLD for each line.

        Line after line in one list: a list for each line would be work for the garbage collector.
        """
        by_input = self._worked_out.by_step * self._inputs
        around = self._worked_out.around
        at = np.arange(len(self._inputs))[:, None]
        found: dict[str, tuple[list[str], list[float]]] = {}
        for part, of_part in _COLUMNS.items():
            if of_part[-1] >= len(self._page.weights.network.mean):  # markup that is not read
                continue
            strongest = of_part[self._most_added(part, by_input[:, of_part])]
            values, first = self._measured(part)
            told = values[at, strongest - first]
            found[part] = _NAMES[strongest.ravel()].tolist(), told.ravel().tolist()
        for part, columns in _AROUND.items():
            strongest = columns[self._most_added(part, around[:, columns])]
            found[part] = _NAMES_AROUND[strongest.ravel()].tolist(), [0.0] * strongest.size
        return found

    def _measured(self, part: str) -> tuple[Matrix, int]:
        """The numbers among which those of a part are, and the column that the first of them is."""
        markup = self._page.document.markup
        if part != MARKUP or markup is None:
            return self._features, 0
        return numbers_of_markup(markup, self._rows), len(FEATURES)

    def _most_added(self, part: str, added: Table) -> npt.NDArray[np.intp]:
        """Of each line, the columns that added most in the direction of the part."""
        total = self._worked_out.parts[:, PARTS_OF_REASON.index(part)]
        return _greatest(added * np.sign(total)[:, None], MOST_TOLD)


def _greatest(values: Table, count: int) -> npt.NDArray[np.intp]:
    """Where the greatest of each row stand, the greatest first, of equals the first."""
    left, at = values.copy(), np.arange(len(values))
    found = np.empty((len(values), count), np.intp)
    for place in range(count):
        found[:, place] = left.argmax(axis=1)
        left[at, found[:, place]] = -np.inf
    return found


@lru_cache(REMEMBERED)
def _weight(log_odds: float) -> float:
    return round(1 / (1 + math.exp(-log_odds)), DECIMALS)


def _told(log_odds: float | None) -> float | None:
    # Plus nothing: -0.0 becomes 0.0.
    return None if log_odds is None else round(log_odds, DECIMALS) + 0.0


def _loudest_proposal(proposal: Proposal) -> tuple[float, tuple[object, ...]]:
    # Of equally loud ones in an order that no span decides: a run says the same of each line.
    _, _, *said = proposal
    return -proposal.weight, tuple(said)


def _loudest_first(voice: Voice) -> tuple[float, float, tuple[object, ...], bool]:
    # A voice may stand twice, once without log odds, and None is not less than 0.0.
    return -abs(voice.log_odds or 0.0), -voice.weight, voice[:-1], voice.log_odds is None
