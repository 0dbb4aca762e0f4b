"""Ray Data: a dataset in, the dataset with more columns out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.batches import BATCH_DOCUMENTS
from cleaner.integrations import arrow
from cleaner.integrations.rows import Cleaner

if TYPE_CHECKING:
    from ray.data import Dataset


def clean(dataset: Dataset, cleaner: Cleaner | None = None, **options: Any) -> Dataset:
    """The dataset with the columns of a cleaner behind its own.

    `options` go to `Dataset.map_batches`, for example `concurrency` and `num_cpus`.
    """
    cleaned: Any = arrow.clean
    return dataset.map_batches(
        cleaned,
        fn_kwargs={"cleaner": cleaner or Cleaner()},
        batch_format="pyarrow",
        **{"batch_size": BATCH_DOCUMENTS, **options},
    )
