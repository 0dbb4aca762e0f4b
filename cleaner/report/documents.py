"""A record to the view of its page."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.model import Label
from cleaner.record import Record
from cleaner.report.rows import blocks, rows
from cleaner.report.views import DocumentView, LabelCount, Summary, Totals
from cleaner.report.visible import shortened
from cleaner.rows import RepairRow

# The index is one page for all documents: a title that is a whole page must not fill it.
_TITLE_CHARS = 160


def document_view(number: int, record: Record) -> DocumentView:
    """The page of a record, the `number`th of its run.

    Raises:
        LedgerError: the spans do not account for the source.
    """
    return DocumentView(
        summary=_summary(number, record),
        facts=tuple((name, value) for name, value in _facts(record) if value),
        blocks=tuple(blocks(rows(record))),
        # HTML cannot hold NUL: browsers drop it without a trace.
        text=record.text.replace("\0", "\ufffd"),
    )


def _summary(number: int, record: Record) -> Summary:
    return Summary(
        number=number,
        id=record.id,
        title=shortened(record.title, _TITLE_CHARS) if record.title else None,
        language=record.language,
        flags=record.flags,
        totals=Totals((*_kept(record), *_removed(record))),
        undecided=len(record.undecided),
    )


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
    yield "Source", source.path
    yield "URL", source.url
    yield "Type", source.media_type
    yield "Encoding", source.encoding
    yield "Repairs", "; ".join(map(_repair, source.repairs))
    yield "Date", record.date
    yield "Authors", ", ".join(record.authors)
    yield "Language", record.language
    yield "SHA-256", source.sha256


def _repair(repair: RepairRow) -> str:
    detail = f" ({repair.detail})" if repair.detail else ""
    return f"{repair.kind} × {repair.count:,}{detail}"
