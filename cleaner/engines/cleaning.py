"""One shard cleaned: the same rows in this process, in a worker, or on another machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from cleaner.batches import batches, size
from cleaner.engines.care import Care
from cleaner.errors import CleanerError, is_of_system
from cleaner.model import Document, Failure, HtmlPage, Input
from cleaner.pipeline import Pipeline
from cleaner.readers import distinct, parsed
from cleaner.readers.raw import Raw
from cleaner.record import Record
from cleaner.runs.tally import Outcome, Tally
from cleaner.settings import Fields
from cleaner.writers.rows import Rows, failed_row

Source = Input | Failure
Beat = Callable[[int], None]


def cleaned(
    raws: Sequence[Raw | Failure],
    pipeline: Pipeline,
    care: Care = Care(),  # noqa: B008  # frozen
    beat: Beat = lambda _: None,
) -> tuple[Rows, Tally]:
    """The rows of a shard, and their counts.

    A document that makes a stage raise is a failure; the others are cleaned all the same. `beat`
    hears the place of every batch before it is begun, and at last how many documents there are.

    Raises:
        CleanerError, OSError: what concerns them all, such as weights that cannot be read.
    """
    rows, tally = Rows([], [], []), Tally()
    started = time.perf_counter()
    for batch in _batches(raws, pipeline.settings.fields, care, beat):
        outcomes = [add(rows, tally, outcome) for outcome in _outcomes(batch, pipeline)]
        now = time.perf_counter()
        tally.time(outcomes, now - started)
        started = now
    return rows, tally


def _batches(
    raws: Sequence[Raw | Failure], fields: Fields, care: Care, beat: Beat
) -> Iterator[list[Source]]:
    found = (care.given_up.get(place) or _parsed(raw, fields) for place, raw in enumerate(raws))
    sources = distinct(found)
    place = 0
    beat(place)
    for count in _runs(len(raws), care.alone):
        # Of each run exactly as many are read: none is read before its place is told.
        for batch in batches(islice(sources, count), size):
            yield batch
            place += len(batch)
            beat(place)


def _runs(count: int, alone: frozenset[int]) -> Iterator[int]:
    """How many documents each run has: 1 of those that are to be alone, else all up to the next."""
    start = 0
    for place in sorted(alone):
        if place > start:
            yield place - start
        yield 1
        start = place + 1
    if count > start:
        yield count - start


def _parsed(raw: Raw | Failure, fields: Fields) -> Source:
    try:
        return parsed(raw, fields)
    except Exception as error:
        if is_of_system(error):
            raise
        return _failure(raw.source if isinstance(raw, Failure) else raw.name, error)


def _outcomes(batch: Sequence[Source], pipeline: Pipeline) -> Iterator[Outcome]:
    found = pipeline.outcomes(s for s in batch if isinstance(s, Document | HtmlPage))
    for source in batch:
        yield source if isinstance(source, Failure) else _named(source, next(found))


def _named(document: Input, outcome: Record | CleanerError) -> Outcome:
    if isinstance(outcome, CleanerError):
        return Failure(document.id, type(outcome).__name__, str(outcome))
    return outcome


def _failure(name: str, error: Exception) -> Failure:
    message = f"{name}: {error!r}; please report it with the document"
    return Failure(name, type(error).__name__, message)


def add(rows: Rows, tally: Tally, outcome: Outcome) -> Outcome:
    """Add the rows of an outcome and count it; the failure instead, where rows cannot be made.

    Both at once: to work out what carried a line takes longer than all else about it.
    """
    if isinstance(outcome, Record):
        try:
            document, removed = outcome.model_dump_json(), list(outcome.json_rows())
        except Exception as error:  # noqa: BLE001  # of one document; it is told
            return add(rows, tally, _failure(outcome.id, error))
        rows.documents.append(document)
        rows.removed.extend(row.json for row in removed)
        tally.add(outcome, [row.rule for row in removed])
    else:
        rows.failed.append(failed_row(outcome))
        tally.add(outcome)
    return outcome
