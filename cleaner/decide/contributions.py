"""What the numbers of lines, and what stands around them, added to the log odds of their labels.

A network of rectified units is linear in its inputs once it is known which units are active. So the
difference between two of its outputs falls apart, without remainder, into what each group of the
line's own numbers added, what its neighbours and the page added, and what is added before anything
is known (Montavon et al., Layer-wise relevance propagation, 2019, rule LRP-0).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.decide.features import GROUPS, MARKUP, WORDING
from cleaner.decide.inputs import HTML
from cleaner.decide.network import EMBEDDING, SUMMARY, UNITS, Layer, Network, Steps, blocks
from cleaner.decide.surroundings import NEAR_PARTS, PARTS, Surroundings

Table = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

NEIGHBOURS, PAGE, PRIOR = "neighbours", "page", "prior"
PARTS_OF_REASON = (*GROUPS, NEIGHBOURS, PAGE, PRIOR)
_GROUPS = [GROUPS.index(f.group) for f in HTML.features]
_BAG_GROUPS = [GROUPS.index(group) for group in (WORDING, MARKUP) for _ in range(EMBEDDING)]


@dataclass(frozen=True, slots=True)
class Contributions:
    """What was added to the log odds of lines' labels; one row a line of one page.

    The columns of `parts` are PARTS_OF_REASON; `by_step` is what a step of each of the line's own
    inputs added, `around` what each part of what stands around it did.
    """

    parts: Table
    by_step: Table
    around: Table


def contributions(
    network: Network,
    inputs: Matrix | Steps,
    labels: npt.NDArray[np.integer],
    others: npt.NDArray[np.integer],
    around: Matrix | None = None,
) -> Contributions:
    """What carried `labels` against `others`, before any temperature.

    `inputs` are of all lines of a page; or of some, with what stands `around` them. The parts of a
    line add up to the difference of the network's outputs for the two.
    """
    units = network.units(inputs)
    if around is None:
        around = surroundings(network, inputs).of(slice(None))
    reached = network.context(np.concatenate([units, around], axis=1))
    hidden = network.hidden(reached)
    out = _differences(network.out, labels, others)
    skip = _differences(network.skip, labels, others)
    # Per step of what the context layer reads: own units, neighbours and stretches, the page.
    by_read = (out * _ratio(hidden, reached)) @ network.context.real
    per_unit = (by_read[:, :UNITS] + skip) * _ratio(units, network.line(inputs))
    by_step = per_unit @ network.line.real
    by_input = by_step * inputs
    group = np.asarray((_GROUPS[: len(network.mean)] + _BAG_GROUPS)[: inputs.shape[1]])
    groups = [by_input[:, g == group].sum(axis=1) for g in range(len(GROUPS))]
    beside = (by_read[:, UNITS:] * around).reshape(len(inputs), PARTS, SUMMARY).sum(axis=2)
    near, page = beside[:, :NEAR_PARTS].sum(axis=1), beside[:, NEAR_PARTS:].sum(axis=1)
    logits = network.out(hidden) + network.skip(units)
    at = np.arange(len(inputs))
    total = logits[at, labels] - logits[at, others]
    known = np.column_stack([*groups, near, page])
    parts = np.column_stack([known, total - known.sum(axis=1)])
    return Contributions(parts, by_step, beside)


def surroundings(network: Network, inputs: Matrix | Steps) -> Surroundings:
    """What stands around each line of a page, as the network sees it."""
    summaries = np.empty((len(inputs), SUMMARY), np.uint8)
    for rows in blocks(len(inputs)):
        summaries[rows] = network.summaries(network.units(inputs[rows]))
    return Surroundings(summaries, [len(inputs)], whole=True)


def _differences(
    layer: Layer, labels: npt.NDArray[np.integer], others: npt.NDArray[np.integer]
) -> Table:
    """What one step of each input adds to the one label against the other."""
    return np.asarray(layer.real[labels] - layer.real[others])


def _ratio(steps: Matrix, values: Table) -> Table:
    """Steps of an activation for each unit of what reached it: 0 where it is not active."""
    return np.where(steps > 0, steps / np.where(values > 0, values, 1.0), 0.0)
