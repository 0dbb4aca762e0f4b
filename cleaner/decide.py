"""Proposals to one label a line, neighbours included; the only place with thresholds.

A weight is how probable its label is to whoever hears that voice alone; voices add up as in naive
Bayes, by their log odds beyond those of a voice that says nothing. Labels of neighbouring lines
depend on each other through a table of transitions, as in a linear-chain conditional random field;
forward-backward gives the probability of every label of every line. A line is removed only when
article text is the less likely reading by a clear margin.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.model import ARTICLE, LABELS, WEIGHS_NOTHING, Decision, Ints, Label, Proposal

Table = npt.NDArray[np.float64]

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


def decide(proposals: Iterable[Proposal], lines: int) -> list[Decision]:
    """The decision for each of `lines` lines."""
    voices: list[list[Proposal]] = [[] for _ in range(lines)]
    # In one order, whatever the order of the stages: sums of floats depend on it.
    for proposal in sorted(proposals, key=_place):
        for i in range(proposal.first, proposal.last + 1):
            voices[i].append(proposal)
    if not lines:
        return []
    probabilities = _marginals(_potentials(voices), _transitions())
    return [_decision(p, v) for p, v in zip(probabilities, voices, strict=True)]


def _place(proposal: Proposal) -> tuple[object, ...]:
    p = proposal
    return p.first, p.last, p.label, p.stage, p.rule, p.weight, p.reason


def spare(
    decisions: Sequence[Decision], weights: Ints, keep: Collection[Label], max_removed_share: float
) -> list[Decision] | None:
    """Decisions that keep the whole page, where these would remove more than the limit; else None.

    `weights` are the letters and digits of each line. The voices stay, so a reviewer sees what
    would have been removed and why.
    """
    gone = np.asarray([decision.label not in keep for decision in decisions], dtype=np.bool_)
    total = int(weights.sum())
    if not total or int(weights[gone].sum()) <= max_removed_share * total:
        return None
    kept_label = next(label for label in (Label.BODY, *LABELS) if label in keep)
    return [
        Decision(
            d.label if d.label in keep else kept_label, d.score, undecided=True, voices=d.voices
        )
        for d in decisions
    ]


def _potentials(voices: Sequence[Sequence[Proposal]]) -> Table:
    strengths = np.zeros((len(voices), len(LABELS)))
    for i, spoken in enumerate(voices):
        for voice in spoken:
            strengths[i, _INDEX[voice.label]] += _strength(voice.weight)
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


def _decision(probabilities: Table, voices: Sequence[Proposal]) -> Decision:
    article = sum(float(probabilities[_INDEX[label]]) for label in ARTICLE)
    candidates = ARTICLE if article >= REMOVE_BELOW else [x for x in LABELS if x not in ARTICLE]
    label = max(candidates, key=lambda x: float(probabilities[_INDEX[x]]))
    score = round(min(1.0, float(probabilities[_INDEX[label]])), 4)
    spoken = list(voices)
    if not any(voice.label is label for voice in spoken):
        spoken.append(_silence(label, score))
    spoken.sort(key=lambda v: (-v.weight, v.label, v.stage, v.rule, v.reason))
    return Decision(label, score, REMOVE_BELOW <= article < UNDECIDED_BELOW, tuple(spoken))


def _silence(label: Label, weight: float) -> Proposal:
    """What speaks for a label that no stage proposed."""
    if label in ARTICLE:
        rule, reason = "decide.article", "is taken for article text unless enough speaks against it"
    else:
        rule, reason = "decide.neighbours", f"stands among lines that are {label}"
    return Proposal(0, 0, label, weight, "decide", rule, reason)
