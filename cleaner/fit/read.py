"""Gold pages as the network reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from cleaner.batches import BATCH_DOCUMENTS
from cleaner.decide import Heard
from cleaner.decide.inputs import HTML, TEXT, Inputs, bags_of_pages, inputs_of, numbers_of_pages
from cleaner.decide.network import Bag
from cleaner.fit.forms import forms
from cleaner.fit.marked_forms import marked_forms
from cleaner.gold import GoldPage
from cleaner.gold.marked import MarkedPage
from cleaner.model import LABELS, Page
from cleaner.pipeline import Pipeline

NOT_SCORED = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """A labelled page in numbers."""

    id: str
    features: npt.NDArray[np.float32]  # (lines, features)
    bags: tuple[Bag, ...]
    labels: npt.NDArray[np.int64]  # index into LABELS, or NOT_SCORED
    weights: npt.NDArray[np.float32]  # letters and digits

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled pages in numbers, in all their forms; what a network is fitted to."""

    forms: tuple[Reading, ...]
    names: frozenset[str]
    """The ids of the pages as they were given."""

    @property
    def inputs(self) -> Inputs:
        """What was read of all of them."""
        return HTML if len(self.forms[0].bags) > len(TEXT.buckets) else TEXT

    @property
    def pages(self) -> list[Reading]:
        """The pages as they were given; of those with the same id the first."""
        first = {form.id: form for form in reversed(self.forms)}
        return [first[name] for name in sorted(self.names & first.keys())]


def read_forms(
    pages: Sequence[GoldPage],
    pipeline: Pipeline,
    foreign: Mapping[str, Sequence[str]],
    seed: int = 0,
) -> Corpus:
    """Some pages in all the forms that a fit is given, as read; all have markup, or none has.

    See `cleaner.fit.forms` and `cleaner.fit.marked_forms`.

    Raises:
        CleanerError: a page cannot be read.
    """
    marked = [page for page in pages if isinstance(page, MarkedPage)]
    all_forms = marked_forms(marked, foreign, seed) if marked else forms(pages, foreign, seed)
    read = tuple(readings(all_forms, pipeline))
    return Corpus(read, frozenset(page.id for page in pages))


def readings(pages: Iterable[GoldPage], pipeline: Pipeline) -> Iterator[Reading]:
    """Each page that has lines, as measured and heard by a pipeline.

    Raises:
        CleanerError: a page cannot be read.
    """
    rest = iter(pages)
    while batch := list(islice(rest, BATCH_DOCUMENTS)):
        documents = [page.document() for page in batch]
        for gold, heard in zip(batch, pipeline.hear(documents), strict=True):
            if not isinstance(heard, Heard):
                raise heard
            if len(heard.page):
                yield _reading(gold, heard)


def _reading(gold: GoldPage, heard: Heard) -> Reading:
    page = heard.page
    inputs = inputs_of(page)
    return Reading(
        gold.id,
        numbers_of_pages([page], [heard.proposals], inputs),
        bags_of_pages([page], inputs),
        _labels(gold, page),
        (page.measured.letters + page.measured.digits).astype(np.float32),
    )


def _labels(gold: GoldPage, page: Page) -> npt.NDArray[np.int64]:
    """The label of the gold line that each line of the page begins in."""
    labels = gold.labels_of(page.document)
    found = (LABELS.index(label) if label else NOT_SCORED for label in labels)
    return np.fromiter(found, np.int64, len(page))


def seen_on(readings: Sequence[Reading], bag: int, size: int) -> npt.NDArray[np.int64]:
    """On how many pages each bucket of a bag is seen."""
    found = np.zeros(size, np.int64)
    for reading in readings:
        found[np.unique(reading.bags[bag].buckets)] += 1
    return found
