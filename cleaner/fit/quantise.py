"""Fitted parameters as the whole numbers that cleaner.decide.network computes with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cleaner.decide.network import (
    EMBEDDING,
    EXACT,
    SPREAD,
    STEPS,
    SUMMARY,
    SUMMED_TOP,
    TOP,
    UNITS,
    Embedding,
    Layer,
    Network,
)
from cleaner.decide.surroundings import PARTS
from cleaner.fit.trainable import Batch, Parameters, Pass, embedding

Table = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

# Activations above all but this share of them count as the largest.
CUT_OFF_SHARE = 0.0005
BYTE_TOP = 127
WORD_TOP = 32_000
# What was fitted to nothing is divided by this instead of by zero.
SMALLEST = 1e-12


def quantised(
    p: Parameters,
    rows: Sequence[npt.NDArray[np.int64]],
    mean: Table,
    spread: Table,
    batches: Sequence[Batch],
) -> Network:
    """A network of whole numbers that does what these parameters do, as nearly as they can.

    `rows` names, of each embedding, the row for each bucket; `batches` show how large activations
    get.
    """
    rng = np.random.default_rng(0)
    seen = [Pass(p, batch, None, rng).activations for batch in batches]
    words = np.concatenate([np.abs(s[0]) for s in seen])
    tops = [_large(part.ravel()) / SUMMED_TOP for part in np.split(words, len(rows), axis=1)]
    line_top = _large(np.concatenate([s[1].ravel() for s in seen]))
    summary_top = _large(np.concatenate([s[2].ravel() for s in seen]))
    hidden_top = _large(np.concatenate([s[3].ravel() for s in seen]))
    embeddings = (p[embedding(i)] for i in range(len(rows)))
    inputs = np.concatenate([np.full(len(mean), 1 / STEPS), np.repeat(tops, EMBEDDING)])
    largest = np.full(len(inputs), SPREAD * STEPS)
    largest[len(mean) :] = SUMMED_TOP
    units = np.full(UNITS, line_top / TOP)
    around = np.full(SUMMARY * PARTS, summary_top / TOP)
    read = np.concatenate([units, around])
    hidden = np.full(p["out"].shape[1], hidden_top / TOP)
    return Network(
        mean=mean,
        spread=spread,
        embeddings=tuple(map(_embedding, embeddings, rows, tops)),
        line=_layer(p["line"], p["line_bias"], inputs, largest),
        line_top=np.asarray([line_top]),
        summary=_layer(p["summary"], p["summary_bias"], units, np.full(UNITS, TOP)),
        summary_top=np.asarray([summary_top]),
        context=_layer(p["context"], p["context_bias"], read, np.full(len(read), TOP)),
        context_top=np.asarray([hidden_top]),
        out=_layer(p["out"], p["out_bias"], hidden, np.full(len(hidden), TOP)),
        skip=_layer(p["skip"], np.zeros(len(p["skip"])), units, np.full(UNITS, TOP)),
    )


def _embedding(fitted: Matrix, rows: npt.NDArray[np.int64], top: float) -> Embedding:
    """An embedding in whole numbers; a step of the sum of a line's rows is worth `top`."""
    step = max(float(np.abs(fitted).max()), SMALLEST) / BYTE_TOP
    whole = np.rint(fitted.astype(np.float64)[rows] / step).astype(np.int8)
    return Embedding(np.ascontiguousarray(whole), np.asarray([top / step]))


def _large(values: Matrix) -> float:
    active = values[values > 0]
    return float(np.quantile(active, 1 - CUT_OFF_SHARE)) if len(active) else 1.0


def _layer(weights: Matrix, bias: Matrix | Table, units: Table, largest: Table) -> Layer:
    """Weights in whole numbers, such that no sum of products with the largest inputs is inexact.

    `units` is what one step of each input is worth, `largest` its largest value in steps.
    """
    per_step = weights.astype(np.float64) * units
    most = np.maximum(np.abs(per_step).max(axis=1), SMALLEST)
    total = np.maximum(np.abs(per_step) @ largest, SMALLEST)
    # Rounding adds at most half a step to each weight.
    room = EXACT - largest.sum() / 2
    steps = np.maximum(most / WORD_TOP, total / room)
    whole = np.rint(per_step / steps[:, None]).astype(np.int16)
    return Layer(whole, steps, bias.astype(np.float64))
