"""A run's folder to a report: pages written one by one, then swapped in as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner.errors import CleanerError
from cleaner.record import Record
from cleaner.report.documents import document_views
from cleaner.report.pages import (
    GENERATOR,
    Frame,
    document_page,
    index_page,
    write_assets,
    write_page,
)
from cleaner.report.places import INDEX, page_name, root_of
from cleaner.report.tally import Tally
from cleaner.writers.runs import read_run, read_summary

_USUAL_NAME = "report"
# The mark stands in the head of the page; an index of many documents is long.
_HEAD_CHARS = 2_000


def write_report(run: Path, target: Path | None = None) -> Path:
    """The index page of a report on a run, written into `target` (default: `run`/report).

    A report that stood there is replaced once the new one is complete. Of all documents only
    a few are in memory at a time.

    Raises:
        LedgerError: the run's files are missing, or do not account for their sources.
        CleanerError: `target` holds something that is not a report.
    """
    target = (target or run / _USUAL_NAME).absolute()
    _refuse_foreign(target)
    records = read_run(run)
    # Raises here if there is no run: before any folder is made.
    records = chain(list(islice(records, 1)), records)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as scratch:
        fresh = Path(scratch, "new")
        _write_pages(run, records, fresh)
        _swap(fresh, target, Path(scratch, "old"))
    return target / INDEX


def _write_pages(run: Path, records: Iterable[Record], folder: Path) -> None:
    folder.mkdir()
    tally = Tally()
    for number, (record, last) in enumerate(_with_last(records), 1):
        following = None if last else number + 1
        for view in document_views(number, record):
            place = page_name(number, view.part.number)
            frame = Frame(root_of(place))
            page = document_page(view, frame, previous=number - 1 or None, following=following)
            write_page(folder / place, page)
            tally.add(view)
    index = tally.view(run.resolve().name, read_summary(run))
    write_page(folder / INDEX, index_page(index, Frame()))
    write_assets(folder)


def _with_last(records: Iterable[Record]) -> Iterator[tuple[Record, bool]]:
    """Each record, and whether it is the last one; reads ahead by one."""
    for record, following in pairwise(chain(records, [None])):
        if record is not None:
            yield record, following is None


def _refuse_foreign(target: Path) -> None:
    if target.is_dir() and (not any(target.iterdir()) or _is_report(target)):
        return
    if target.exists():
        raise CleanerError(
            f"{target}: exists and is not a report; remove it, or name another folder with -o"
        )


def _is_report(folder: Path) -> bool:
    index = folder / INDEX
    if not index.is_file():
        return False
    with index.open(encoding="utf-8", errors="replace") as page:
        return GENERATOR in page.read(_HEAD_CHARS)


def _swap(fresh: Path, target: Path, old: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
