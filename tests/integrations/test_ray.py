from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integrations.hosts import ROWS, cleaner, expected, needed, told

needed("ray.data")

import ray  # noqa: E402

from cleaner.integrations.ray import clean  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]  # of its own


@pytest.fixture(scope="module", autouse=True)
def _cluster() -> Iterator[None]:
    # The folder of the tests is no package of the workers' environment.
    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False, configure_logging=False)
    yield
    ray.shutdown()


@pytest.fixture
def dataset() -> Any:
    return ray.data.from_items([dict(row) for row in ROWS])


def test_a_dataset_gets_the_bytes_of_the_command_line(dataset: Any) -> None:
    cleaned = clean(dataset, cleaner())

    assert expected() == told(cleaned.take_all())


def test_small_batches_give_the_same(dataset: Any) -> None:
    cleaned = clean(dataset, cleaner(), batch_size=1)

    assert expected() == told(cleaned.take_all())
