"""Why a line has its label: what each stage and each kind of measurement added to its log odds.

A network of rectified units is linear in its inputs once it is known which units are active. So the
difference between two of its outputs falls apart, without remainder, into what each group of the
line's own numbers added, what its neighbours and the page added, and what is added before anything
is known (Montavon et al., Layer-wise relevance propagation, 2019, rule LRP-0).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cleaner.features import COLUMN, FEATURES, GROUPS, WORDING
from cleaner.model import ARTICLE, LABELS, Document, Label, Proposal, Voice
from cleaner.network import EMBEDDING, STEPS, UNITS, Layer, Network, Surroundings
from cleaner.phrases import phrase
from cleaner.strength import strength
from cleaner.weights import Weights

Table = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

NEIGHBOURS, PAGE, PRIOR = "neighbours", "page", "prior"
PARTS_OF_REASON = (*GROUPS, NEIGHBOURS, PAGE, PRIOR)
# What adds less to the log odds than this is not told.
LEAST_TOLD = 0.05
DECIMALS = 2
_IS_ARTICLE = np.asarray([label in ARTICLE for label in LABELS])
_GROUP = np.asarray([GROUPS.index(f.group) for f in FEATURES] + [GROUPS.index(WORDING)] * EMBEDDING)


@dataclass(frozen=True)
class Reasons:
    """What carried the decisions about a page; worked out when somebody asks."""

    document: Document
    weights: Weights
    inputs: Matrix
    logits: Table
    proposals: tuple[Proposal, ...]
    labels: npt.NDArray[np.integer]

    def __call__(self, index: int) -> tuple[Voice, ...]:
        """The voices about the line at this index, what weighed most first."""
        label, other = LABELS[self.labels[index]], LABELS[self._others[index]]
        added = dict(zip(PARTS_OF_REASON, self._contributions[index].tolist(), strict=True))
        voices = [
            *self._stages(index, label, other, added),
            *self._measurements(index, label, other, added),
        ]
        return tuple(sorted(voices, key=_loudest_first))

    @cached_property
    def _others(self) -> npt.NDArray[np.intp]:
        """The strongest label of each line on the other side: kept or removed."""
        same = _IS_ARTICLE[self.labels][:, None] == _IS_ARTICLE
        return np.where(same, -np.inf, self.logits).argmax(axis=1)

    @cached_property
    def _contributions(self) -> Table:
        network, scale = self.weights.network, self.weights.temperature
        return contributions(network, self.inputs, self.labels, self._others) / scale

    @cached_property
    def _spoken(self) -> Mapping[int, Sequence[Proposal]]:
        found: dict[int, list[Proposal]] = defaultdict(list)
        for proposal in sorted(self.proposals):
            for i in range(proposal.first, proposal.last + 1):
                found[i].append(proposal)
        return found

    def _stages(
        self, index: int, label: Label, other: Label, added: dict[str, float]
    ) -> Iterator[Voice]:
        """What stages said, and what came of it; takes what fitted stages added out of `added`."""
        told: set[str] = set()
        for p in sorted(self._spoken.get(index, ()), key=lambda p: (-p.weight, p)):
            log_odds: float | None = None
            if p.rule not in self.weights.voices:
                log_odds = strength(p.weight) * ((p.label is label) - (p.label is other))
            elif p.stage not in told:
                told.add(p.stage)
                log_odds = added.pop(p.stage, None)
            value = None if log_odds is None else round(log_odds, DECIMALS)
            yield Voice(p.label, p.weight, p.stage, p.rule, p.reason, value)

    def _measurements(
        self, index: int, label: Label, other: Label, added: Mapping[str, float]
    ) -> Iterator[Voice]:
        for part, log_odds in added.items():
            if abs(log_odds) >= LEAST_TOLD:
                speaks_for = label if log_odds > 0 else other
                weight = round(1 / (1 + math.exp(-min(abs(log_odds), 50.0))), DECIMALS)
                reason = phrase(part, self._told(index, part, log_odds))
                rule = f"decide.{part}"
                yield Voice(speaks_for, weight, "decide", rule, reason, round(log_odds, DECIMALS))

    def _told(self, index: int, part: str, log_odds: float) -> Mapping[str, float]:
        """The numbers of a group about a line, as measured."""
        network = self.weights.network
        spread = network.spread / STEPS
        row = self.inputs[index, : len(FEATURES)] * spread + network.mean
        return {f.name: float(row[COLUMN[f.name]]) for f in FEATURES if f.group == part}


def _loudest_first(voice: Voice) -> tuple[float, Voice]:
    return (-abs(voice.log_odds or 0.0), voice)


def contributions(
    network: Network,
    inputs: Matrix,
    labels: npt.NDArray[np.integer],
    others: npt.NDArray[np.integer],
) -> Table:
    """What each part added to the log odds of `labels` against `others`.

    One row a line of one page, one column for each of PARTS_OF_REASON; a row adds up to the
    difference of the network's outputs.
    """
    units = network.units(inputs)
    around = Surroundings(units, [len(inputs)]).of(slice(0, len(inputs)))
    reached = network.context(around)
    hidden = network.hidden(reached)
    out = _differences(network.out, labels, others)
    skip = _differences(network.skip, labels, others)
    # Per step of what the second layer reads: own units, neighbours, stretches, page.
    by_reached = out * _ratio(hidden, reached)
    by_around = by_reached @ network.context.real
    per_unit = (by_around[:, :UNITS] + skip) * _ratio(units, network.line(inputs))
    by_input = (per_unit @ network.line.real) * inputs
    groups = [by_input[:, g == _GROUP].sum(axis=1) for g in range(len(GROUPS))]
    beside = by_around[:, UNITS:] * around[:, UNITS:]
    page = beside[:, -UNITS:].sum(axis=1)
    near = beside[:, :-UNITS].sum(axis=1)
    logits = network.out(hidden) + network.skip(units)
    at = np.arange(len(inputs))
    total = logits[at, labels] - logits[at, others]
    known = np.column_stack([*groups, near, page])
    return np.column_stack([known, total - known.sum(axis=1)])


def _differences(
    layer: Layer, labels: npt.NDArray[np.integer], others: npt.NDArray[np.integer]
) -> Table:
    """What one step of each input adds to the one label against the other."""
    return np.asarray(layer.real[labels] - layer.real[others])


def _ratio(steps: Matrix, values: Table) -> Table:
    """Steps of an activation for each unit of what reached it: 0 where it is not active."""
    return np.where(steps > 0, steps / np.where(values > 0, values, 1.0), 0.0)
