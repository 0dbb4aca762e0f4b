"""A run's folder to a report: pages written one by one, then swapped in as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from cleaner.errors import CleanerError
from cleaner.record import Record
from cleaner.report.again import pipeline_of, with_stayed
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
from cleaner.report.rows import Stayed
from cleaner.report.tally import Tally
from cleaner.writers.runs import count_documents, read_run, read_summary

# A record and its number in the run, from 1.
_Numbered = tuple[int, Record]
_Each = tuple[int, Record, Stayed]
_USUAL_NAME = "report"
# The mark stands in the head of the page; an index of many documents is long.
_HEAD_CHARS = 2_000


def write_report(
    run: Path,
    target: Path | None = None,
    *,
    sample: int | None = None,
    stayed: bool = True,
    tell: Callable[[], None] = lambda: None,
) -> Path:
    """The index page of a report on a run, written into `target` (default: `run`/report).

    A report that stood there is replaced once the new one is complete. Of all documents only
    a few are in memory at a time, and of the others about a hundred bytes. With `sample`, the
    report is on so many documents, chosen by chance: the same ones every time. Where `stayed`,
    documents are decided once more, to tell why kept lines stayed. `tell` hears of every document.

    Raises:
        LedgerError: the run's files are missing, or do not account for their sources.
        CleanerError: `target` holds something that is not a report.
    """
    target = (target or run / _USUAL_NAME).absolute()
    _refuse_foreign(target)
    # Raises here if there is no run: before any folder is made.
    of = count_documents(run)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as scratch:
        fresh = Path(scratch, "new")
        fresh.mkdir()
        about = read_summary(run)
        chosen = _chosen(read_run(run), of, sample)
        with_reasons = with_stayed(chosen, pipeline_of(about) if stayed else None)
        tally = _write_documents(with_reasons, Tally(fresh), tell)
        view = tally.finish(run.resolve().name, about, of)
        write_page(fresh / INDEX, index_page(view, Frame()))
        write_assets(fresh)
        _swap(fresh, target, Path(scratch, "old"))
    return target / INDEX


def _chosen(records: Iterable[Record], of: int, sample: int | None) -> Iterator[_Numbered]:
    """Records with their numbers in the run: all, or so many of them."""
    numbered = enumerate(records, 1)
    if sample is None or sample >= of:
        return numbered
    # No secret, but the same ones every time.
    numbers = set(Random(0).sample(range(1, of + 1), sample))  # noqa: S311
    return ((number, record) for number, record in numbered if number in numbers)


def _write_documents(records: Iterable[_Each], tally: Tally, tell: Callable[[], None]) -> Tally:
    """Write the pages of all documents, each with the way to those around it."""
    previous = None
    for (number, record, stayed), following in _with_next(records):
        pages = document_views(number, record, stayed)
        for view in pages:
            place = page_name(number, view.part.number)
            frame = Frame(root_of(place))
            page = document_page(view, frame, previous=previous, following=following)
            write_page(tally.folder / place, page)
        tally.add(pages)
        previous = number
        tell()
    return tally


def _with_next(records: Iterable[_Each]) -> Iterator[tuple[_Each, int | None]]:
    """Each record, and the number of the one after; reads ahead by one."""
    for each, following in pairwise(chain(records, [None])):
        if each is not None:
            yield each, None if following is None else following[0]


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
