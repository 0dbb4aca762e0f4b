"""Scores that mean what they say: a temperature for the network, found on pages held out.

Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, ICML 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from cleaner.decide.network import Network, joined_bags
from cleaner.evaluate.folds import groups_of
from cleaner.fit.read import NOT_SCORED, Reading
from cleaner.gold import GoldPage

Table = npt.NDArray[np.float64]

# Of the pages, one in this many is held out.
HELD_OUT = 5
TEMPERATURES = np.arange(0.5, 4.0, 0.02)


def hold_out(pages: Sequence[GoldPage]) -> tuple[list[GoldPage], list[GoldPage]]:
    """The pages to fit to, and every fifth: in the order of a hash of ids, always the same.

    All forms of a page stay together, as in the folds of a cross-validation.
    """
    names = _names(pages)
    shuffled = sorted(set(names), key=lambda name: sha256(name.encode()).digest())
    held = frozenset(shuffled[::HELD_OUT])
    pairs = list(zip(pages, names, strict=True))
    return [p for p, name in pairs if name not in held], [p for p, name in pairs if name in held]


def _names(pages: Sequence[GoldPage]) -> list[str]:
    """The first id in each page's group: a page without other forms is hashed by its own."""
    groups = groups_of(pages)
    first: dict[str, str] = {}
    for page, group in zip(pages, groups, strict=True):
        first[group] = min(page.id, first.get(group, page.id))
    return [first[group] for group in groups]


def temperature(network: Network, held: Sequence[Reading]) -> float:
    """What to divide a network's log odds by, to make the labels of held-out pages likeliest."""
    inputs = network.read(
        np.concatenate([reading.features for reading in held]),
        joined_bags([reading.bags for reading in held]),
    )
    labels = np.concatenate([reading.labels for reading in held])
    scored = np.flatnonzero(labels != NOT_SCORED)
    logits = network.logits(inputs, [len(reading) for reading in held])[scored]
    losses = [_loss(logits / t, labels[scored]) for t in TEMPERATURES]
    return round(float(TEMPERATURES[int(np.argmin(losses))]), 2)


def at_edge(temperature: float) -> str | None:
    """What to know of a temperature at the edge of those tried; None of one between them.

    >>> at_edge(1.34)
    """
    low, high = round(float(TEMPERATURES[0]), 2), round(float(TEMPERATURES[-1]), 2)
    if low < temperature < high:
        return None
    return (
        f"the temperature {temperature:.2f} lies at the edge of those tried ({low:.2f} to"
        f" {high:.2f}): scores may be too {'low' if temperature <= low else 'high'}; label more"
        " pages, or look whether labels are wrong"
    )


def _loss(logits: Table, labels: npt.NDArray[np.int64]) -> float:
    """The mean negative log likelihood of the labels."""
    top = logits.max(axis=1)
    log_sum = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return float((log_sum - logits[np.arange(len(labels)), labels]).mean())
