"""Hugging Face `datasets`: a dataset in, the dataset with more columns out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from cleaner import __version__
from cleaner.batches import BATCH_DOCUMENTS
from cleaner.integrations.extras import library
from cleaner.integrations.rows import LISTS, NAMES, Cleaner

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict, IterableDataset, IterableDatasetDict

    AnyDataset = TypeVar("AnyDataset", Dataset, DatasetDict, IterableDataset, IterableDatasetDict)


def clean(dataset: AnyDataset, cleaner: Cleaner | None = None, **options: Any) -> AnyDataset:
    """The dataset with the columns of a cleaner behind its own; a streamed one stays streamed.

    `options` go to `Dataset.map`, for example `num_proc`.

    Raises:
        MissingError: datasets is not installed.
    """
    chosen = cleaner or Cleaner()
    given = {"batch_size": BATCH_DOCUMENTS, "features": _features(dataset, chosen), **options}
    arguments = {"cleaner": chosen, "made_by": _made_by(chosen)}
    return dataset.map(_columns, batched=True, fn_kwargs=arguments, **given)


def _columns(batch: Mapping[str, list[Any]], cleaner: Cleaner, made_by: str) -> dict[str, Any]:
    del made_by  # tells what was made by another version apart in the cache of datasets
    return cleaner(batch)


def _made_by(chosen: Cleaner) -> str:
    return f"cleaner {__version__}, weights {chosen.pipeline.deciding.digest}"


def _features(dataset: Any, cleaner: Cleaner) -> Any:
    """The columns and their types, so that none is taken for null where a batch has nothing in it.

    None where the dataset does not know its own yet, as streamed ones may.
    """
    datasets = library("datasets", "datasets")
    # Those of all splits are the same.
    one = next(iter(dataset.values())) if isinstance(dataset, dict) else dataset
    if one.features is None:
        return None
    string = datasets.Value("string")
    made = {cleaner.column(name): [string] if name in LISTS else string for name in NAMES}
    return datasets.Features({**one.features, **made})
