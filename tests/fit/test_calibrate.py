from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from cleaner import Pipeline
from cleaner.decide.network import Network
from cleaner.fit.calibrate import at_edge, hold_out, temperature
from cleaner.fit.read import Reading, readings
from cleaner.gold import GoldPage
from tests.decide import networks
from tests.fit import toys

PAGES = toys.pages(25)


def names(pages: Sequence[object]) -> set[str]:
    return {page.id for page in pages}  # type: ignore[attr-defined]


def test_every_fifth_page_is_held_out_with_all_its_rows() -> None:
    rest, held = hold_out([*PAGES, *PAGES])

    assert (2 * 20, 2 * 5) == (len(rest), len(held))
    assert names(PAGES) == names(rest) | names(held)
    assert names(rest).isdisjoint(names(held))


def test_the_order_of_the_pages_does_not_matter() -> None:
    assert names(hold_out(PAGES)[1]) == names(hold_out(PAGES[::-1])[1])


def renamed(name: str) -> list[GoldPage]:
    return [page.model_copy(update={"id": name.format(page.id)}) for page in PAGES]


@pytest.mark.parametrize("form", ["{}#wrapped", "{}~2", "{}-extracted"])
def test_all_forms_of_a_page_are_held_out_with_it(form: str) -> None:
    forms = renamed(form)

    rest, held = hold_out([*forms, *PAGES])

    both = {page.id: other.id for page, other in zip(PAGES, forms, strict=True)}
    assert names(held) == {x for name in names(hold_out(PAGES)[1]) for x in (name, both[name])}
    assert (2 * 20, 2 * 5) == (len(rest), len(held))


def test_pages_held_out_are_those_of_yesterday() -> None:
    assert {f"page-{n}" for n in (1, 8, 12, 16, 21)} == names(hold_out(PAGES)[1])


@pytest.mark.parametrize(
    ("found", "told"),
    [(0.5, "too low"), (0.52, None), (1.34, None), (3.96, None), (3.98, "too high")],
)
def test_a_temperature_at_the_edge_says_what_it_means(found: float, told: str | None) -> None:
    said = at_edge(found)

    assert (told is None) == (said is None)
    assert (told or "") in (said or "")


def test_of_surest_labels_the_temperature_is_at_the_edge(pipeline: Pipeline) -> None:
    network = networks.network(1)
    held = [as_sure_as(0.01, network, r, 0) for r in readings(toys.pages(10), pipeline)]

    assert at_edge(temperature(network, held))


def as_sure_as(honest: float, network: Network, reading: Reading, seed: int) -> Reading:
    """The reading with labels drawn as this temperature says; every third is not scored."""
    inputs = network.read(reading.features, reading.bags)
    logits = network.logits(inputs, [len(reading)]) / honest
    noise = np.random.default_rng(seed).gumbel(size=logits.shape)
    labels = (logits + noise).argmax(axis=1)  # Gumbel-max: a draw from the softmax
    return replace(reading, labels=np.where(np.arange(len(labels)) % 3, labels, -1))


@pytest.mark.parametrize("honest", [0.8, 1.0, 2.0])
def test_the_temperature_is_the_one_that_labels_follow(honest: float, pipeline: Pipeline) -> None:
    network = networks.network(1)
    read = readings(toys.pages(100), pipeline)
    held = [as_sure_as(honest, network, reading, seed) for seed, reading in enumerate(read)]

    assert honest == pytest.approx(temperature(network, held), rel=0.15)
