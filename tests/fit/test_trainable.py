from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cleaner.decide.network import EMBEDDING, HIDDEN, LABEL_COUNT, UNITS
from cleaner.fit.optimise import joined
from cleaner.fit.trainable import Batch, Dropout, Pass, embedding, initial, softmax
from tests.fit import toys

FEATURES, BAGS = 10, 2
ROWS = [toys.ROWS] * BAGS
EMBEDDINGS = [embedding(i) for i in range(BAGS)]
# A step that few units switch on or off within.
STEP = 1e-5
NAMES = (
    "line", "line_bias", "summary", "summary_bias", "context", "context_bias", "out", "skip",
    "out_bias",
)  # fmt: skip


@pytest.fixture
def rng() -> np.random.Generator:
    """Chance, the same each time."""
    return np.random.default_rng(0)


@pytest.fixture
def batch() -> Batch:
    """Two small pages, and one line that is not scored."""
    found = joined(toys.examples(2, features=FEATURES, bags=BAGS))
    labels = found.labels.copy()
    labels[1] = -1
    return replace(found, labels=labels)


@pytest.fixture
def parameters(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Parameters large enough that every number matters, in double precision."""
    found = initial(FEATURES, ROWS, rng)
    found = {name: values.astype(np.float64) for name, values in found.items()}
    for name in EMBEDDINGS:
        found[name] *= 30
    return {
        n: v + rng.normal(0, 0.05, v.shape) if n.endswith("bias") else v for n, v in found.items()
    }


def loss(parameters: dict[str, np.ndarray], batch: Batch) -> float:
    forward = Pass(parameters, batch, None, np.random.default_rng(0))
    logits = forward.logits.astype(np.float64)
    scored = (batch.labels >= 0) * batch.weights.astype(np.float64)
    top = logits.max(axis=1, keepdims=True)
    logs = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    of_label = logs[np.arange(len(logs)), np.maximum(batch.labels, 0)]
    return float(-(of_label * scored).sum() / scored.sum())


def slope(
    parameters: dict[str, np.ndarray], name: str, direction: np.ndarray, batch: Batch
) -> float:
    """How much the loss grows along a direction, by two evaluations of it."""
    above, below = (
        loss({**parameters, name: parameters[name] + sign * STEP * direction}, batch)
        for sign in (1, -1)
    )
    return (above - below) / (2 * STEP)


def gradients(parameters: dict[str, np.ndarray], batch: Batch) -> dict[str, np.ndarray]:
    forward = Pass(parameters, batch, None, np.random.default_rng(0))
    found, of_rows = forward.gradients(forward.loss()[1])
    for name, (rows, by_rows) in of_rows.items():
        found[name] = np.zeros(parameters[name].shape)
        found[name][rows] = by_rows
    return found


@pytest.mark.parametrize("name", [*NAMES, *EMBEDDINGS])
def test_gradients_are_the_slopes_of_the_loss(
    name: str, parameters: dict[str, np.ndarray], batch: Batch, rng: np.random.Generator
) -> None:
    gradient = gradients(parameters, batch)[name]

    for _ in range(6):
        direction = rng.standard_normal(gradient.shape)
        direction /= np.linalg.norm(direction)
        expected = slope(parameters, name, direction, batch)
        assert expected == pytest.approx(float((gradient * direction).sum()), rel=0.03, abs=3e-4)


@pytest.mark.parametrize("name", [*NAMES, *EMBEDDINGS])
def test_a_step_against_the_gradient_lowers_the_loss_as_it_says(
    name: str, parameters: dict[str, np.ndarray], batch: Batch
) -> None:
    gradient = gradients(parameters, batch)[name]
    size = float(np.linalg.norm(gradient))

    found = slope(parameters, name, gradient / size, batch)

    assert size == pytest.approx(found, rel=0.02)


def test_the_loss_is_the_mean_of_what_is_scored(
    parameters: dict[str, np.ndarray], batch: Batch, rng: np.random.Generator
) -> None:
    found, by_logits = Pass(parameters, batch, None, rng).loss()

    assert loss(parameters, batch) == pytest.approx(found, rel=1e-4)
    assert not by_logits[1].any()


def test_a_page_is_read_as_alone(
    parameters: dict[str, np.ndarray], rng: np.random.Generator
) -> None:
    some = toys.examples(3, features=FEATURES, bags=BAGS)
    alone = np.concatenate([Pass(parameters, joined([e]), None, rng).logits for e in some])

    together = Pass(parameters, joined(some), None, rng).logits

    assert np.allclose(alone, together, atol=1e-4)


def test_dropout_leaves_out_about_its_share_and_keeps_the_mean(
    parameters: dict[str, np.ndarray], batch: Batch
) -> None:
    whole = Pass(parameters, batch, None, np.random.default_rng(0)).activations[1].mean()
    drop = Dropout(words=0, units=0.5, hidden=0)
    rng = np.random.default_rng(1)

    means = [Pass(parameters, batch, drop, rng).activations[1].mean() for _ in range(200)]

    assert float(whole) == pytest.approx(np.mean(means), rel=0.05)


def test_parameters_have_the_shapes_of_the_network(rng: np.random.Generator) -> None:
    found = initial(FEATURES, ROWS, rng)

    assert {(toys.ROWS, EMBEDDING)} == {found[name].shape for name in EMBEDDINGS}
    assert (UNITS, FEATURES + EMBEDDING * BAGS) == found["line"].shape
    assert (LABEL_COUNT, HIDDEN) == found["out"].shape


def test_probabilities_of_large_logits_are_finite() -> None:
    found = softmax(np.asarray([[1e4, 0, -1e4], [0, 0, 0]]))

    assert [[1, 0, 0], [1 / 3] * 3] == [pytest.approx(row) for row in found.tolist()]
