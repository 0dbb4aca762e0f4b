"""Proposals to one label a line, neighbours included; the only place with thresholds.

Each voice adds the strength -3 log(1 - weight) to its label, as in a noisy or of logs. Labels of
neighbouring lines depend on each other through a table of transitions, as in a linear-chain
conditional random field; forward-backward gives the probability of every label of every line. A
line is removed only when article text is the less likely reading by a clear margin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.model import LABELS, Decision, Ints, Label, Proposal

Table = npt.NDArray[np.float64]

ARTICLE = (Label.TITLE, Label.BODY)
# Below this probability of being title or body a line is removed; losing article text is worse than
# keeping noise, so the scale tips at less than one half.
REMOVE_BELOW = 0.4
# Kept lines less probable than this, and removed lines more probable than its mirror, are flagged.
UNDECIDED_BELOW = 0.6
# 'sure' (weight 1.0) is not infinite: it counts as 0.995, and no label gathers more than this.
SURE = 0.995
STRONGEST = 10.0
# A line with one 'likely' phrase (0.6) amid article text is about even.
LOUDNESS = 3.0
# What a line is before anybody spoke (log odds): article text, unless somebody says otherwise.
PRIOR = {
    Label.TITLE: -1.0,
    Label.BODY: 0.8,
    Label.CAPTION: -1.5,
    Label.META: -1.0,
    Label.TICKER: -0.5,
    Label.COMMENT: -0.5,
    Label.SPAM: -0.8,
    Label.BOILERPLATE: -0.5,
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
    for proposal in proposals:
        for i in range(proposal.first, proposal.last + 1):
            voices[i].append(proposal)
    if not lines:
        return []
    probabilities = _marginals(_potentials(voices), _transitions())
    return [_decision(p, v) for p, v in zip(probabilities, voices, strict=True)]


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
            strengths[i, _INDEX[voice.label]] += -LOUDNESS * np.log1p(-min(voice.weight, SURE))
    prior = np.asarray([PRIOR[label] for label in LABELS])
    return np.asarray(np.minimum(strengths, STRONGEST) + prior)


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
    spoken = sorted(voices, key=lambda v: (-v.weight, v.label, v.rule))
    score = round(min(1.0, float(probabilities[_INDEX[label]])), 4)
    if label not in ARTICLE and not any(voice.label is label for voice in spoken):
        spoken.append(_neighbours(label, score))
    return Decision(label, score, REMOVE_BELOW <= article < UNDECIDED_BELOW, tuple(spoken))


def _neighbours(label: Label, weight: float) -> Proposal:
    return Proposal(
        0, 0, label, weight, "decide", "decide.neighbours", f"the lines around it are {label}"
    )
