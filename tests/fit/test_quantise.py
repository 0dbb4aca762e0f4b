from __future__ import annotations

import numpy as np
import pytest

from cleaner.decide.features import FEATURES
from cleaner.decide.network import EXACT, Network
from cleaner.fit.optimise import joined
from cleaner.fit.quantise import quantised
from cleaner.fit.trainable import Parameters, Pass
from cleaner.measure.words import BUCKETS
from tests.decide.networks import largest_inputs
from tests.fit import toys

# The toys' words are the first buckets; all others share the first row.
ROWS_OF_BUCKETS = np.where(np.arange(BUCKETS) < toys.ROWS, np.arange(BUCKETS), 0)
NOT_SCALED = np.zeros(len(FEATURES)), np.ones(len(FEATURES))


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    """What a short fit on toys finds."""
    return toys.learnt()[0]


@pytest.fixture(scope="module")
def network(parameters: Parameters) -> Network:
    """The same in whole numbers."""
    shown = [joined([e]) for e in toys.examples(60)]
    return quantised(parameters, [ROWS_OF_BUCKETS], *NOT_SCALED, shown)


def test_whole_numbers_give_the_labels_of_the_fit(parameters: Parameters, network: Network) -> None:
    batch = joined(toys.examples(200, seed=1))
    expected = Pass(parameters, batch, None, np.random.default_rng(0)).logits

    inputs = network.read(batch.inputs, batch.bags)
    found = network.logits(inputs, batch.lengths.tolist())

    assert (expected.argmax(axis=1) == found.argmax(axis=1)).mean() > 0.99
    assert np.abs(expected - found).mean() < 0.1


@pytest.mark.parametrize("name", ["line", "summary", "context", "out", "skip"])
def test_sums_of_products_stay_exact(network: Network, name: str) -> None:
    weights = np.abs(getattr(network, name).weights.astype(np.float64))

    assert (weights @ largest_inputs(name) <= EXACT).all()


def test_parameters_of_any_size_stay_exact(parameters: Parameters) -> None:
    rng = np.random.default_rng(0)
    wild = {
        n: v * np.exp(rng.normal(0, 4, v.shape)).astype(np.float32) for n, v in parameters.items()
    }

    found = quantised(wild, [ROWS_OF_BUCKETS], *NOT_SCALED, [joined(toys.examples(9))])

    for name in ("line", "summary", "context", "out", "skip"):
        weights = np.abs(getattr(found, name).weights.astype(np.float64))
        assert (weights @ largest_inputs(name) <= EXACT).all()


def test_a_network_that_learnt_nothing_is_quiet(parameters: Parameters) -> None:
    nothing = {name: values * 0 for name, values in parameters.items()}

    found = quantised(nothing, [ROWS_OF_BUCKETS], *NOT_SCALED, [joined(toys.examples(3))])

    batch = joined(toys.examples(2))
    inputs = found.read(batch.inputs, batch.bags)
    assert not found.logits(inputs, batch.lengths.tolist()).any()
