from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.decide import network as network_module
from cleaner.decide.features import FEATURES
from cleaner.decide.network import EMBEDDING, EXACT, TOP, Bag
from cleaner.decide.weights import builtin_weights
from tests.decide import networks
from tests.decide.networks import Lines, largest_inputs

LAYERS = ("line", "summary", "context", "out", "skip")
NETWORKS = {"shipped": builtin_weights().network, "random": networks.network(0)}
RANDOM = NETWORKS["random"]
[WORDING] = RANDOM.embeddings
# By name: hypothesis prints what it is given.
every_network = pytest.mark.parametrize("which", NETWORKS)
every_layer = pytest.mark.parametrize("name", LAYERS)
seeds = st.integers(0, 2**32 - 1)
lengths = st.lists(st.integers(0, 30), min_size=1, max_size=5)


def logits(network: network_module.Network, of: Lines) -> np.ndarray:
    return network.logits(of.inputs, of.lengths)


@every_network
@every_layer
def test_sums_of_products_stay_exact_with_the_largest_inputs(which: str, name: str) -> None:
    weights = getattr(NETWORKS[which], name).weights.astype(np.float64)

    assert (np.abs(weights) @ largest_inputs(name) < EXACT).all()


@every_network
@every_layer
@given(seed=seeds)
def test_a_layer_is_exact(which: str, name: str, seed: int) -> None:
    layer, largest = getattr(NETWORKS[which], name), largest_inputs(name)
    rng = np.random.default_rng(seed)
    inputs = np.rint(rng.uniform(-1, 1, (7, len(largest))) * largest)
    inputs[0] = np.sign(layer.weights[0]) * largest  # the largest sum there is
    whole = inputs.astype(np.int64) @ layer.weights.T.astype(np.int64)

    found = layer(inputs.astype(np.float32))

    assert np.array_equal(whole * layer.steps + layer.bias, found)


@every_network
@given(seed=seeds, several=lengths)
def test_logits_are_the_same_bits_in_double_precision(
    which: str, seed: int, several: list[int]
) -> None:
    of = networks.lines(seed, *several)

    double = NETWORKS[which].logits(of.inputs.astype(np.float64), of.lengths)  # type: ignore[arg-type]

    assert np.array_equal(double, logits(NETWORKS[which], of))


@every_network
@given(seed=seeds, several=lengths)
def test_a_page_has_the_same_logits_alone_as_in_a_batch(
    which: str, seed: int, several: list[int]
) -> None:
    pages = [networks.lines(seed + i, n) for i, n in enumerate(several)]
    alone = np.concatenate([logits(NETWORKS[which], page) for page in pages])

    together = logits(NETWORKS[which], sum(pages[1:], pages[0]))

    assert np.array_equal(alone, together)


@every_network
@given(seed=seeds, before=lengths, after=lengths)
def test_a_page_has_the_same_logits_among_others(
    which: str, seed: int, before: list[int], after: list[int]
) -> None:
    page = networks.lines(seed, 9)
    above, below = networks.lines(seed + 1, *before), networks.lines(seed + 2, *after)

    found = logits(NETWORKS[which], above + page + below)[sum(before) :][:9]

    assert np.array_equal(logits(NETWORKS[which], page), found)


@pytest.mark.parametrize("block", [1, 7, 40])
def test_lines_read_some_at_a_time_have_the_same_logits(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = networks.lines(1, 30, 0, 50, 3)
    expected = logits(RANDOM, of)

    monkeypatch.setattr(network_module, "BLOCK_LINES", block)

    assert np.array_equal(expected, logits(RANDOM, of))


@every_network
def test_what_is_read_are_whole_numbers_within_their_bounds(
    which: str,
) -> None:
    rng = np.random.default_rng(0)
    features = (rng.standard_normal((20, len(FEATURES))) * 1_000).astype(np.float32)
    counts = rng.integers(0, 50, 20).astype(np.int32)
    buckets = rng.integers(0, len(NETWORKS[which].embeddings[0].rows), counts.sum()).astype(
        np.int32
    )

    read = NETWORKS[which].read(features, [Bag(buckets, counts)])

    assert (20, len(FEATURES) + EMBEDDING) == read.shape
    assert np.array_equal(np.rint(read), read)
    assert (np.abs(read) <= largest_inputs("line")).all()


@pytest.mark.parametrize("most", [7, 257, 258, 700])
def test_the_wording_of_a_line_is_the_sum_of_its_buckets_by_the_root_of_their_count(
    most: int,
) -> None:
    rng = np.random.default_rng(0)
    counts = np.asarray([3, 0, 1, most, 0], np.int32)
    buckets = rng.integers(0, len(WORDING.rows), counts.sum()).astype(np.int32)
    of_lines = np.split(WORDING.rows[buckets].astype(int), np.cumsum(counts)[:-1])
    sums = np.asarray([rows.sum(axis=0) for rows in of_lines])
    scaled = sums / np.sqrt(np.maximum(counts, 1))[:, None] / WORDING.step

    read = RANDOM.read(np.zeros((5, len(FEATURES)), np.float32), [Bag(buckets, counts)])

    assert np.array_equal(np.rint(np.clip(scaled, -127, 127)), read[:, -EMBEDDING:])


@pytest.mark.parametrize("most", [256, 257, 258])
@pytest.mark.parametrize("value", [-128, 127])
def test_sums_of_the_largest_buckets_do_not_run_into_each_other(most: int, value: int) -> None:
    rows = np.full((1, EMBEDDING), value, np.int8)
    counts = np.asarray([1, most])

    found = network_module._sums(rows, Bag(np.zeros(1 + most, np.int32), counts))  # noqa: SLF001

    assert np.array_equal(np.repeat(counts[:, None] * value, EMBEDDING, axis=1), found)


def test_a_line_without_wording_reads_as_none() -> None:
    features = np.zeros((2, len(FEATURES)), np.float32)

    read = RANDOM.read(features, [Bag(np.asarray([5], np.int32), np.asarray([0, 1], np.int32))])

    assert not read[0, -EMBEDDING:].any()
    assert read[1, -EMBEDDING:].any()


@every_network
def test_activations_are_whole_numbers_up_to_the_top(which: str) -> None:
    units = NETWORKS[which].units(networks.lines(3, 40).inputs)

    assert np.array_equal(np.rint(units), units)
    assert units.min() >= 0
    assert units.max() <= TOP


def test_no_lines_have_no_logits() -> None:
    assert (0, 8) == logits(RANDOM, networks.lines(0, 0, 0)).shape
