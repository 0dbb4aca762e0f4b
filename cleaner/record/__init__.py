"""The validated row; `cut` makes it from decisions, `restore` proves that nothing was lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from pydantic import ConfigDict, PrivateAttr

from cleaner.comments import comments
from cleaner.decide.decisions import Decision, Decisions
from cleaner.markdown import markdown
from cleaner.model import LABELS, Bools, Document, Label, Repair
from cleaner.page.structure import runs
from cleaner.record.ledger import JsonRow, Ledger
from cleaner.record.sources import USUAL_GAP, kept_texts, restore, text_hash
from cleaner.rows import (
    Amount,
    Comment,
    Offset,
    Probability,
    Removal,
    RepairRow,
    Row,
    SourceRow,
    Stats,
)
from cleaner.settings import Settings

SCHEMA_VERSION = "1.2"
# Begins the name of a field of the input that is also one of a record.
_FROM_INPUT = "input_"


class Record(Row):
    """A cleaned document, one row of documents.jsonl; `removed` goes to a file of its own.

    `text` is the kept lines in order, each followed by the white space that followed it in the
    source; white space at both ends is left out. `white` lists [start, text] of every stretch of
    white space between spans that is not plain line feeds, so that the rows restore the source.
    `undecided` are the spans of `kept` that could as well have gone; `spared`, on a page that was
    kept whole, those that would have gone, by which label and how surely.

    What else the row of the source said stands beside these fields, see `passed`; a name that one
    of them has begins with `input_`.
    """

    model_config = ConfigDict(extra="allow")

    schema_version: str = SCHEMA_VERSION
    id: str
    source: SourceRow
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    modified: str | None = None
    sitename: str | None = None
    url: str | None = None
    text: str
    markdown: str | None = None
    comments: tuple[str, ...] | None = None
    comment_rows: tuple[Comment, ...] | None = None
    kept: tuple[tuple[Offset, Offset, Label], ...]
    undecided: tuple[tuple[Offset, Offset], ...] = ()
    spared: tuple[tuple[Offset, Offset, Label, Probability], ...] = ()
    flags: tuple[str, ...] = ()
    stats: Stats
    white: tuple[tuple[Offset, str], ...] = ()
    length: Offset
    source_text: str | None = None

    _ledger: Ledger | None = PrivateAttr(default=None)

    @property
    def passed(self) -> dict[str, Any]:
        """What the row of the source said beside what was read of it, by name."""
        return dict(self.model_extra or {})

    @property
    def body(self) -> str:
        """The kept lines that are body, without headlines: white space as in `text`."""
        pieces = (text for label, text in kept_texts(self) if label is Label.BODY)
        return "".join(pieces).rstrip()

    @cached_property
    def removed(self) -> tuple[Removal, ...]:
        """The removed spans in order; made when first asked for, or read from a file."""
        return tuple(self._ledger.rows()) if self._ledger else ()

    def with_removed(self, removed: Iterable[Removal]) -> Record:
        """The same with these removed spans, as they are read from a file."""
        record = self.model_copy()
        record.__dict__["removed"] = tuple(removed)
        return record

    def json_rows(self) -> Iterator[JsonRow]:
        """The rule and the JSON of each removed span, in order; cheaper than the spans."""
        if self._ledger and "removed" not in self.__dict__:
            return self._ledger.json_rows()
        return (JsonRow(removal.rule, removal.model_dump_json()) for removal in self.removed)

    def removed_json(self) -> Iterator[str]:
        """The JSON of each removed span, in order; cheaper than the spans themselves."""
        return (row.json for row in self.json_rows())

    def restore(self) -> str:
        """The source text, exactly as it was before anything was removed."""
        return restore(self)

    @property
    def decisions(self) -> Decisions | None:
        """What was decided about its lines, in order; None on a record read back from a file."""
        return self._ledger.decisions if self._ledger else None

    @property
    def explained(self) -> tuple[tuple[str, Decision], ...]:
        """Every line with its decision; empty on a record read back from a file."""
        return tuple(self._ledger.explained()) if self._ledger else ()

    def __eq__(self, other: object) -> bool:
        """Whether two records have the same rows, wherever they come from."""
        if not isinstance(other, Record):
            return NotImplemented
        # Asked for first: what was asked for is part of the dicts.
        return self.removed == other.removed and dict(self) == dict(other)

    __hash__ = None  # type: ignore[assignment]  # what counts by label is a dict


def cut(
    document: Document,
    decisions: Decisions,
    settings: Settings,
    *,
    instead_of: Decisions | None = None,
    **about: Any,
) -> Record:
    """The record of a document: lines whose label is in `settings.keep` stay, the rest is removed.

    `instead_of` are the decisions that were set aside for these, where they were, so that the page
    is not emptied. `about` holds title, date, authors, language, the site and flags.
    """
    stays = decisions.labelled(settings.keep)
    judged = instead_of or decisions
    record = Record(
        id=document.id,
        source=_source(document),
        text=_text(document, stays),
        **_on_demand(document, decisions, stays, settings),
        kept=_labelled(document, decisions, stays),
        undecided=tuple(_places(document, decisions.in_doubt(settings.keep))),
        spared=_judged(document, judged, stays & ~judged.labelled(settings.keep))
        if judged is not decisions
        else (),
        stats=_stats(document, decisions, settings.keep),
        white=tuple(_unusual_gaps(document)),
        length=len(document.text),
        source_text=document.text if settings.keep_source else None,
        **about,
        **_passed(document.fields),
    )
    record._ledger = Ledger(document, decisions, np.flatnonzero(~stays))  # noqa: SLF001  # our own
    return record


def _passed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields under names that a record does not have itself."""
    passed: dict[str, Any] = {}
    for key, value in fields.items():
        name = key
        while name in Record.model_fields or (name != key and name in fields):
            name = f"{_FROM_INPUT}{name}"
        passed[name] = value
    return passed


def _text(document: Document, stays: Bools) -> str:
    """The kept lines, run by run, each with the white space behind it."""
    text, starts = document.text, [*document.lines.starts.tolist(), len(document.text)]
    return "".join(text[starts[first] : starts[last + 1]] for first, last in runs(stays)).rstrip()


def _labelled(
    document: Document, decisions: Decisions, lines: Bools
) -> tuple[tuple[int, int, Label], ...]:
    """Place and label of these lines."""
    labels = map(LABELS.__getitem__, decisions.labels[lines].tolist())
    places = _places(document, lines)
    return tuple((start, end, label) for (start, end), label in zip(places, labels, strict=True))


def _judged(
    document: Document, decisions: Decisions, lines: Bools
) -> tuple[tuple[int, int, Label, float], ...]:
    """Place, label and score of these lines."""
    scores = decisions.scores[lines].tolist()
    labelled = _labelled(document, decisions, lines)
    return tuple((*line, score) for line, score in zip(labelled, scores, strict=True))


def _places(document: Document, lines: Bools) -> Iterator[tuple[int, int]]:
    starts, ends = document.lines.starts, document.lines.ends
    return zip(starts[lines].tolist(), ends[lines].tolist(), strict=True)


def _unusual_gaps(document: Document) -> Iterator[tuple[int, str]]:
    text, lines = document.text, document.lines
    white = len(text) - int((lines.ends - lines.starts).sum())
    if text.count(USUAL_GAP) == white:  # as nearly always: no line holds a line feed
        return
    starts = [0, *lines.ends.tolist()]
    ends = [*lines.starts.tolist(), len(text)]
    gaps = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    unusual = {gap for gap in set(gaps) if gap.strip(USUAL_GAP)}  # few gaps differ
    if unusual:
        yield from ((at, gap) for at, gap in zip(starts, gaps, strict=True) if gap in unusual)


def _on_demand(
    document: Document, decisions: Decisions, stays: Bools, settings: Settings
) -> dict[str, Any]:
    """The fields that only some settings ask for."""
    found: dict[str, Any] = {}
    if settings.comments:
        rows = comments(document, decisions)
        found |= {"comments": tuple(row.text for row in rows), "comment_rows": rows}
    if settings.format == "markdown":
        found["markdown"] = markdown(document, decisions, stays, links=settings.links)
    return found


def _stats(document: Document, decisions: Decisions, keep: Collection[Label]) -> Stats:
    lengths = document.lines.ends - document.lines.starts
    chars = np.bincount(decisions.labels, lengths, len(LABELS)).tolist()
    lines = np.bincount(decisions.labels, minlength=len(LABELS)).tolist()
    found = {label: (int(chars[i]), lines[i]) for i, label in enumerate(LABELS) if lines[i]}
    return Stats(
        source=_total(found.values()),
        kept=_total(amount for label, amount in found.items() if label in keep),
        removed={label: _total([found[label]]) for label in found if label not in keep},
    )


def _total(amounts: Iterable[tuple[int, int]]) -> Amount:
    """The sum of characters and lines."""
    total_chars = total_lines = 0
    for chars, lines in amounts:
        total_chars += chars
        total_lines += lines
    return Amount(chars=total_chars, lines=total_lines)


def _source(document: Document) -> SourceRow:
    return SourceRow(
        path=document.path,
        url=document.url,
        media_type=document.media_type,
        sha256=document.sha256,
        text_sha256=text_hash(document.text),
        encoding=document.encoding,
        repairs=tuple(_repair(repair) for repair in document.repairs),
    )


def _repair(repair: Repair) -> RepairRow:
    return RepairRow(kind=repair.kind, count=repair.count, detail=repair.detail)
