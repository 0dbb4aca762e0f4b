"""Gold pages as the network reads them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from cleaner.decide import Heard
from cleaner.features import features
from cleaner.gold import GoldPage
from cleaner.model import LABELS, Page
from cleaner.pipeline import BATCH_DOCUMENTS, Pipeline
from cleaner.segment import segment

NOT_SCORED = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """A labelled page in numbers."""

    id: str
    features: npt.NDArray[np.float32]  # (lines, features)
    buckets: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    labels: npt.NDArray[np.int64]  # index into LABELS, or NOT_SCORED
    weights: npt.NDArray[np.float32]  # letters and digits

    def __len__(self) -> int:
        return len(self.labels)


def readings(pages: Iterable[GoldPage], pipeline: Pipeline) -> Iterator[Reading]:
    """Each page that has lines, as measured and heard by a pipeline.

    Raises:
        CleanerError: a page cannot be read.
    """
    rest = iter(pages)
    while batch := list(islice(rest, BATCH_DOCUMENTS)):
        documents = [segment(page.text, page.id) for page in batch]
        for gold, heard in zip(batch, pipeline.hear(documents), strict=True):
            if not isinstance(heard, Heard):
                raise heard
            if len(heard.page):
                yield _reading(gold, heard)


def _reading(gold: GoldPage, heard: Heard) -> Reading:
    page = heard.page
    return Reading(
        gold.id,
        features(page, heard.proposals),
        page.measured.buckets,
        page.measured.buckets_of_line,
        _labels(gold, page),
        (page.measured.letters + page.measured.digits).astype(np.float32),
    )


def _labels(gold: GoldPage, page: Page) -> npt.NDArray[np.int64]:
    """The label of the gold line that each line of the page begins in."""
    starts = np.cumsum([0, *(len(line.text) + 1 for line in gold.lines)])[:-1].tolist()
    lines = (gold.lines[bisect_right(starts, at) - 1] for at in page.document.lines.starts.tolist())
    found = (LABELS.index(x.label) if x.label else NOT_SCORED for x in lines)
    return np.fromiter(found, np.int64, len(page))


def seen_on(readings: Sequence[Reading], size: int) -> npt.NDArray[np.int64]:
    """On how many pages each bucket of wording is seen."""
    found = np.zeros(size, np.int64)
    for reading in readings:
        found[np.unique(reading.buckets)] += 1
    return found
