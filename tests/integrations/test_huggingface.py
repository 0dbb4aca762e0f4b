from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integrations.hosts import ROWS, cleaner, expected, needed, told

needed("datasets")

import datasets  # noqa: E402

from cleaner import Pipeline, Settings  # noqa: E402
from cleaner.integrations.huggingface import clean  # noqa: E402
from cleaner.integrations.rows import Cleaner  # noqa: E402


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


@pytest.fixture
def dataset() -> Any:
    return datasets.Dataset.from_list([dict(row) for row in ROWS])


def test_a_dataset_gets_the_bytes_of_the_command_line(dataset: Any) -> None:
    cleaned = clean(dataset, cleaner())

    assert expected() == told(cleaned)
    assert list(dataset["text"]) == list(cleaned["text"])


def test_a_streamed_dataset_stays_streamed(dataset: Any) -> None:
    cleaned = clean(dataset.to_iterable_dataset(), cleaner())

    assert isinstance(cleaned, datasets.IterableDataset)
    assert expected() == told(cleaned)


def test_all_splits_are_cleaned(dataset: Any) -> None:
    cleaned = clean(datasets.DatasetDict({"train": dataset, "test": dataset}), cleaner())

    assert [expected()] * 2 == [told(cleaned[name]) for name in ("train", "test")]


def test_batches_without_any_error_have_the_same_types(dataset: Any) -> None:
    cleaned = clean(dataset, cleaner(), batch_size=1)

    assert datasets.Value("string") == cleaned.features["cleaned_error"]


def test_processes_give_the_same(dataset: Any) -> None:
    assert expected() == told(clean(dataset, cleaner(), num_proc=2))


def test_the_cache_knows_settings_apart(dataset: Any) -> None:
    usual, same, off = (
        clean(dataset, Cleaner(Pipeline(Settings(preset=preset))))._fingerprint  # noqa: SLF001
        for preset in ("balanced", "balanced", "off")
    )

    assert usual == same != off
