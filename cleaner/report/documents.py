"""A record to the views of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from cleaner.model import Label
from cleaner.record import Record
from cleaner.report.parts import PIECE_CHARS, parts
from cleaner.report.rows import Stayed, clean_text, pieces, rows, runs
from cleaner.report.totals import LabelCount, Summary, Totals
from cleaner.report.views import DocumentView, Part, Row
from cleaner.report.visible import shortened
from cleaner.rows import RepairRow

# What stands in the head of a page, or in a line of the index, must not fill it.
_ID_CHARS, _TITLE_CHARS, _FACT_CHARS, _SITE_CHARS = 300, 160, 1_000, 100


def document_views(
    number: int, record: Record, stayed: Stayed = MappingProxyType({})
) -> tuple[DocumentView, ...]:
    """The pages of a record, the `number`th of its run: one, or more where it is very long.

    Raises:
        LedgerError: the spans do not account for the source.
    """
    source = record.restore()
    summary = summary_of(number, record)
    facts = tuple((name, shortened(value, _FACT_CHARS)) for name, value in _facts(record) if value)
    in_pieces = (
        piece for row in rows(record, source, stayed) for piece in pieces(row, PIECE_CHARS)
    )
    pages = list(parts(in_pieces))
    ends = [*(page[0].start for page in pages[1:]), record.length]
    places = tuple(_part(i, page) for i, page in enumerate(pages, 1))
    return tuple(
        DocumentView(summary, facts, tuple(runs(page)), _clean(page, source, end), place, places)
        for page, end, place in zip(pages, ends, places, strict=True)
    )


def _part(number: int, page: Sequence[Row]) -> Part:
    return Part(number, page[0].number, page[-1].number) if page else Part(number, 1, 1)


def _clean(page: Sequence[Row], source: str, end: int) -> str:
    text = clean_text(page, source, end)
    if end == len(source):
        text = text.rstrip()
    # HTML cannot hold NUL: browsers drop it without a trace.
    return text.replace("\0", "\ufffd")


def summary_of(number: int, record: Record) -> Summary:
    """A record in a line of the index."""
    return Summary(
        number=number,
        id=shortened(record.id, _ID_CHARS),
        title=shortened(record.title, _TITLE_CHARS) if record.title else None,
        language=record.language,
        site=_site(record),
        flags=record.flags,
        totals=Totals((*_kept(record), *_removed(record))),
        score=min((removal.score for removal in record.removed), default=None),
        undecided=len(record.undecided),
    )


def _site(record: Record) -> str | None:
    name = _host(record.url or record.source.url) or record.sitename
    return shortened(name, _SITE_CHARS) if name else None


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:  # an address out of a page may be anything
        return None


def _kept(record: Record) -> Iterator[LabelCount]:
    for label in Label:
        lengths = [end - start for start, end, kept in record.kept if kept is label]
        if lengths:
            yield LabelCount(label, kept=True, lines=len(lengths), chars=sum(lengths))


def _removed(record: Record) -> Iterator[LabelCount]:
    amounts = record.stats.removed
    for label in Label:
        if label in amounts:
            lines, chars = amounts[label].lines, amounts[label].chars
            yield LabelCount(label, kept=False, lines=lines, chars=chars)


def _facts(record: Record) -> Iterator[tuple[str, str | None]]:
    source = record.source
    yield "Id", record.id
    yield "Source", source.path
    yield "URL", record.url or source.url
    yield "Site", record.sitename
    yield "Type", source.media_type
    yield "Encoding", source.encoding
    yield "Repairs", "; ".join(map(_repair, source.repairs))
    yield "Date", record.date
    yield "Modified", record.modified
    yield "Authors", ", ".join(record.authors)
    yield "Language", record.language
    yield "SHA-256", source.sha256


def _repair(repair: RepairRow) -> str:
    detail = f" ({repair.detail})" if repair.detail else ""
    return f"{repair.kind} × {repair.count:,}{detail}"
