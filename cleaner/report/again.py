"""Why kept lines stayed: no ledger says it, so their documents are decided once more.

That takes what the run was made with, and the source: a text is in the rows, a page of HTML must
lie where it lay, in a file of its own. What does not come out as it did then is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from cleaner.batches import batches
from cleaner.errors import CleanerError
from cleaner.model import HtmlPage, Input
from cleaner.pipeline import Pipeline
from cleaner.readers import read
from cleaner.record import Record
from cleaner.report.rows import Stayed, reasons
from cleaner.report.views import Reasons
from cleaner.runs.plan import about
from cleaner.settings import Settings
from cleaner.text.segment import segment

_HTML = "text/html"


def pipeline_of(run: Mapping[str, Any]) -> Pipeline | None:
    """What a run was made with, by its run.json; None where this is not to be had any more."""
    try:
        pipeline = Pipeline(Settings.model_validate(run["settings"]))
        same = all(run.get(name) == value for name, value in about(pipeline).items())
    except (CleanerError, ValidationError, KeyError):
        return None
    return pipeline if same else None


def with_stayed(
    records: Iterable[tuple[int, Record]], pipeline: Pipeline | None
) -> Iterator[tuple[int, Record, Stayed]]:
    """Each numbered record, and why its kept lines stayed; reads ahead by a batch at most."""
    if pipeline is None:
        yield from ((number, record, {}) for number, record in records)
        return
    for batch in batches(records, lambda numbered: numbered[1].length):
        again = stayed([record for _, record in batch], pipeline)
        yield from ((*numbered, found) for numbered, found in zip(batch, again, strict=True))


def stayed(batch: Sequence[Record], pipeline: Pipeline) -> Iterator[Stayed]:
    """Why the kept lines of each record stayed; empty where that is not known."""
    inputs = [_input(record) for record in batch]
    outcomes = pipeline.outcomes(each for each in inputs if each is not None)
    for record, given in zip(batch, inputs, strict=True):
        again = None if given is None else next(outcomes)
        yield dict(_stayed(record, again)) if isinstance(again, Record) else {}


def _input(record: Record) -> Input | None:
    """What was cleaned, as far as it can be had."""
    source = record.source
    if source.media_type != _HTML:
        return segment(record.restore(), record.id, url=source.url, media_type=source.media_type)
    return _page(source.path or "", source.sha256)


def _page(path: str, digest: str | None) -> HtmlPage | None:
    if not Path(path).is_file():  # addresses too: a report asks nothing of the network
        return None
    try:
        found = next(read([path]), None)
    except CleanerError:
        return None
    if not isinstance(found, HtmlPage) or isinstance(found.markup, str):
        return None
    return found if sha256(found.markup).hexdigest() == digest else None


def _stayed(record: Record, again: Record) -> Iterator[tuple[int, Reasons]]:
    """Where each kept line starts, and why it stayed; nothing where all did not come out alike."""
    decisions = again.decisions
    scores = {removal.start: removal.score for removal in record.removed}
    starts = sorted([*scores, *(start for start, _, _ in record.kept)])
    if decisions is None or len(decisions) != len(starts) or _told(record) != _told(again):
        return
    kept = [i for i, start in enumerate(starts) if start not in scores]
    if list(scores.values()) != np.delete(decisions.scores, kept).tolist():
        return
    for i in kept:
        decision = decisions[i]
        yield starts[i], reasons(decision.score, decision.voices[0].rule, decision.voices)


def _told(record: Record) -> tuple[object, ...]:
    return record.kept, record.spared, record.undecided
