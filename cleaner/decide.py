"""Proposals to one label a line, neighbours included; the only place with thresholds.

A weight is how probable its label is to whoever hears that voice alone; voices add up as in naive
Bayes, by their log odds beyond those of a voice that says nothing. Labels of neighbouring lines
depend on each other through a table of transitions, as in a linear-chain conditional random field;
forward-backward gives the probability of every label of every line. A line is removed only when
article text is the less likely reading by a clear margin.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cleaner.model import (
    LABELS,
    WEIGHS_NOTHING,
    Decisions,
    Ints,
    Label,
    LabelIndices,
    Proposal,
    Scores,
)

Table = npt.NDArray[np.float64]

ARTICLE = (Label.TITLE, Label.BODY)
# Below this probability of being title or body a line is removed; losing article text is worse than
# keeping noise, so the scale tips at less than one half.
REMOVE_BELOW = 0.4
# Kept lines less probable than this are flagged.
UNDECIDED_BELOW = 0.6
# 'sure' (weight 1.0) is not infinite: it counts as 0.99, and no label gathers more than this.
SURE = 0.99
STRONGEST = 12.0
# How far the log odds of single voices are to be trusted: with 2, one likely phrase (0.6) amid
# article text is about even.
TRUST = 2.0
# What a line is before anybody spoke (log odds): article text, unless somebody says otherwise.
PRIOR = {
    Label.TITLE: -1.0,
    Label.BODY: 0.4,
    Label.CAPTION: -1.5,
    Label.META: -1.6,
    Label.TICKER: -2.6,
    Label.COMMENT: -1.6,
    Label.SPAM: -1.6,
    Label.BOILERPLATE: -1.7,
}
# Labels come in runs: what a change of label costs (log odds).
CHANGE = 1.6
# Cheaper changes, where one label usually follows another.
USUAL_CHANGES = {
    (Label.TITLE, Label.BODY): 0.2,
    (Label.TITLE, Label.META): 0.2,
    (Label.META, Label.BODY): 0.4,
    (Label.META, Label.TITLE): 0.6,
    (Label.META, Label.CAPTION): 0.6,
    (Label.CAPTION, Label.BODY): 0.6,
    (Label.BODY, Label.CAPTION): 1.2,
}
_INDEX = {label: i for i, label in enumerate(LABELS)}
_IS_ARTICLE = np.asarray([label in ARTICLE for label in LABELS])


def decide(proposals: Iterable[Proposal], lines: int) -> Decisions:
    """The decisions about `lines` lines."""
    # In one order, whatever the order of the stages: sums of floats depend on it.
    voices = sorted(proposals, key=_place)
    probabilities = _marginals(_potentials(voices, lines), _transitions())
    article = probabilities[:, _IS_ARTICLE].sum(axis=1)
    stays = article >= REMOVE_BELOW
    allowed = stays[:, None] == _IS_ARTICLE
    labels = np.where(allowed, probabilities, -1.0).argmax(axis=1).astype(np.int8)
    scores = np.round(np.minimum(probabilities[np.arange(lines), labels], 1.0), 4)
    return Decisions(
        labels=labels,
        scores=scores,
        undecided=stays & (article < UNDECIDED_BELOW),
        evidence=_Spoken(tuple(voices), labels, scores),
    )


def _place(proposal: Proposal) -> tuple[object, ...]:
    p = proposal
    return p.first, p.last, p.label, p.stage, p.rule, p.weight, p.reason


def spare(
    decisions: Decisions, weights: Ints, keep: Collection[Label], max_removed_share: float
) -> Decisions | None:
    """Decisions that keep the whole page, where these would remove more than the limit; else None.

    `weights` are the letters and digits of each line. The voices stay, so a reviewer sees what
    would have been removed and why.
    """
    stays = decisions.labelled(keep)
    total = int(weights.sum())
    if not total or int(weights[~stays].sum()) <= max_removed_share * total:
        return None
    kept_label = next(label for label in (Label.BODY, *LABELS) if label in keep)
    labels = np.where(stays, decisions.labels, _INDEX[kept_label]).astype(np.int8)
    return replace(decisions, labels=labels, undecided=np.ones(len(labels), np.bool_))


def _potentials(voices: Iterable[Proposal], lines: int) -> Table:
    strengths = np.zeros((lines, len(LABELS)))
    for voice in voices:
        strengths[voice.first : voice.last + 1, _INDEX[voice.label]] += _strength(voice.weight)
    prior = np.asarray([PRIOR[label] for label in LABELS])
    return np.asarray(np.minimum(strengths, STRONGEST) + prior)


def _strength(weight: float) -> float:
    said = _log_odds(min(weight, SURE)) - _log_odds(WEIGHS_NOTHING)
    return TRUST * max(0.0, said)


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _transitions() -> Table:
    table: Table = np.full((len(LABELS), len(LABELS)), -CHANGE)
    np.fill_diagonal(table, 0.0)
    for (before, after), cost in USUAL_CHANGES.items():
        table[_INDEX[before], _INDEX[after]] = -cost
    return table


def _marginals(potentials: Table, transitions: Table) -> Table:
    """The probability of each label of each line, by forward-backward; shape as potentials."""
    emission = np.exp(potentials - potentials.max(axis=1, keepdims=True))
    if not len(emission):
        return np.empty_like(potentials)
    step = np.exp(transitions)
    forward = np.empty_like(emission)
    backward = np.ones_like(emission)
    forward[0] = emission[0] / emission[0].sum()
    for i in range(1, len(emission)):
        row = (forward[i - 1] @ step) * emission[i]
        forward[i] = row / row.sum()
    for i in range(len(emission) - 2, -1, -1):
        row = step @ (emission[i + 1] * backward[i + 1])
        backward[i] = row / row.sum()
    both = forward * backward
    return np.asarray(both / both.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class _Spoken:
    """The voices about each line, and what speaks for its label where no stage did."""

    proposals: tuple[Proposal, ...]
    labels: LabelIndices
    scores: Scores

    def __call__(self, line: int) -> list[Proposal]:
        spoken, label = self._of_lines[line], LABELS[self.labels[line]]
        if any(voice.label is label for voice in spoken):
            return spoken
        return [*spoken, _silence(label, float(self.scores[line]))]

    @cached_property
    def _of_lines(self) -> list[list[Proposal]]:
        voices: list[list[Proposal]] = [[] for _ in self.labels]
        for proposal in self.proposals:
            for line in range(proposal.first, proposal.last + 1):
                voices[line].append(proposal)
        return voices


def _silence(label: Label, weight: float) -> Proposal:
    """What speaks for a label that no stage proposed."""
    if label in ARTICLE:
        rule, reason = "decide.article", "is taken for article text unless enough speaks against it"
    else:
        rule, reason = "decide.neighbours", f"stands among lines that are {label}"
    return Proposal(0, 0, label, weight, "decide", rule, reason)
