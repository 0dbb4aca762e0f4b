"""The validated row; `cut` makes it from decisions, `restore` proves that nothing was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, Field, PrivateAttr

from cleaner.errors import LedgerError
from cleaner.model import Decision, Document, Label, Proposal, Repair
from cleaner.rows import (
    Amount,
    Evidence,
    FailedRow,
    Offset,
    Removal,
    RepairRow,
    Row,
    SourceRow,
    Stats,
)
from cleaner.settings import Settings

SCHEMA_VERSION = "1.0"
# White space between spans is taken for line feeds unless `Record.white` says otherwise.
_USUAL_GAP = "\n"


class Record(Row):
    """A cleaned document, one row of documents.jsonl; `removed` goes to a file of its own.

    `text` is the kept lines in order, each followed by the white space that followed it in the
    source; white space at both ends is left out. `white` lists [start, text] of every stretch of
    white space between spans that is not plain line feeds, so that the rows restore the source.
    """

    schema_version: str = SCHEMA_VERSION
    id: str
    source: SourceRow
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    text: str
    comments: tuple[str, ...] | None = None
    kept: tuple[tuple[Offset, Offset, Label], ...]
    flags: tuple[str, ...] = ()
    stats: Stats
    white: tuple[tuple[Offset, str], ...] = ()
    length: Offset
    source_text: str | None = None
    removed: tuple[Removal, ...] = Field(default=(), exclude=True)

    _document: Document | None = PrivateAttr(default=None)
    _decisions: tuple[Decision, ...] = PrivateAttr(default=())

    def restore(self) -> str:
        """The source text, exactly as it was before anything was removed."""
        return restore(self)

    @property
    def explained(self) -> tuple[tuple[str, Decision], ...]:
        """Every line with its decision; empty on a record read back from a file."""
        if self._document is None:
            return ()
        return tuple((self._document.content(i), d) for i, d in enumerate(self._decisions))


def cut(
    document: Document,
    decisions: Sequence[Decision],
    settings: Settings,
    **about: Any,
) -> Record:
    """The record of a document: lines whose label is in `settings.keep` stay, the rest is removed.

    `about` holds title, date, authors, language and flags.
    """
    kept = [i for i, d in enumerate(decisions) if d.label in settings.keep]
    stays = frozenset(kept)
    gone = [i for i in range(len(decisions)) if i not in stays]
    lines = document.lines
    record = Record(
        id=document.id,
        source=_source(document),
        text=_text(document, kept),
        comments=_comments(document, decisions) if settings.comments else None,
        kept=tuple((lines[i].start, lines[i].end, decisions[i].label) for i in kept),
        stats=_stats(document, decisions, settings),
        white=tuple(_unusual_gaps(document)),
        length=len(document.text),
        source_text=document.text if settings.keep_source else None,
        removed=tuple(_removal(document, i, decisions[i]) for i in gone),
        **about,
    )
    record._document, record._decisions = document, tuple(decisions)  # noqa: SLF001  # our own
    return record


def _text(document: Document, kept: Sequence[int]) -> str:
    gaps = _gap_ends(document)
    return "".join(document.text[document.lines[i].start : gaps[i]] for i in kept).rstrip()


def _gap_ends(document: Document) -> list[int]:
    return [line.start for line in document.lines[1:]] + [len(document.text)]


def _unusual_gaps(document: Document) -> Iterator[tuple[int, str]]:
    starts = [0] + [line.end for line in document.lines]
    ends = [line.start for line in document.lines] + [len(document.text)]
    for start, end in zip(starts, ends, strict=True):
        gap = document.text[start:end]
        if gap != _USUAL_GAP * len(gap):
            yield start, gap


def _comments(document: Document, decisions: Sequence[Decision]) -> tuple[str, ...]:
    return tuple(document.content(i) for i, d in enumerate(decisions) if d.label is Label.COMMENT)


def _stats(document: Document, decisions: Sequence[Decision], settings: Settings) -> Stats:
    chars: Counter[Label] = Counter()
    lines: Counter[Label] = Counter(d.label for d in decisions)
    for line, decision in zip(document.lines, decisions, strict=True):
        chars[decision.label] += line.end - line.start
    kept = [label for label in lines if label in settings.keep]
    return Stats(
        source=Amount(chars=sum(chars.values()), lines=len(decisions)),
        kept=Amount(chars=sum(chars[x] for x in kept), lines=sum(lines[x] for x in kept)),
        removed={
            label: Amount(chars=chars[label], lines=lines[label])
            for label in Label
            if lines[label] and label not in settings.keep
        },
    )


def _source(document: Document) -> SourceRow:
    return SourceRow(
        path=document.path,
        url=document.url,
        media_type=document.media_type,
        sha256=document.sha256,
        text_sha256=_hash(document.text),
        encoding=document.encoding,
        repairs=tuple(_repair(repair) for repair in document.repairs),
    )


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def _repair(repair: Repair) -> RepairRow:
    return RepairRow(kind=repair.kind, count=repair.count, detail=repair.detail)


def _removal(document: Document, index: int, decision: Decision) -> Removal:
    line = document.lines[index]
    # The voice that won; all others stand behind it, also those that spoke for keeping the line.
    first = next(voice for voice in decision.voices if voice.label is decision.label)
    return Removal(
        doc=document.id,
        start=line.start,
        end=line.end,
        text=document.content(index),
        label=decision.label,
        score=decision.score,
        stage=first.stage,
        rule=first.rule,
        evidence=tuple(_evidence(voice) for voice in decision.voices),
    )


def _evidence(voice: Proposal) -> Evidence:
    return Evidence(
        stage=voice.stage,
        rule=voice.rule,
        label=voice.label,
        weight=voice.weight,
        reason=voice.reason,
    )


def restore(record: Record) -> str:
    """The source text from a record's kept lines, removed spans and white space.

    Raises:
        LedgerError: the rows do not account for every character of the source.
    """
    white = dict(record.white)
    pieces, end = [], 0
    for start, text in _spans(record):
        pieces += [white.get(end, _USUAL_GAP * (start - end)), text]
        end = start + len(text)
    pieces.append(white.get(end, _USUAL_GAP * (record.length - end)))
    restored = "".join(pieces)
    if _hash(restored) != record.source.text_sha256 or not _agrees(record, restored):
        raise LedgerError(
            f"{record.id}: its rows do not add up to its source; rows of removed.jsonl are missing"
            " or altered: clean the source again"
        )
    return restored


def _agrees(record: Record, restored: str) -> bool:
    """Whether text and removed spans say what stands at their places in the source."""
    starts = [start for start, _, _ in record.kept] + [gone.start for gone in record.removed]
    following = dict(pairwise([*sorted(starts), record.length]))
    kept = "".join(restored[start : following[start]] for start, _, _ in record.kept).rstrip()
    removed = all(restored[gone.start : gone.end] == gone.text for gone in record.removed)
    return kept == record.text and removed


def _spans(record: Record) -> list[tuple[int, str]]:
    spans = [(removal.start, removal.text) for removal in record.removed]
    starts = sorted([s for s, _, _ in record.kept] + [s for s, _ in spans] + [record.length])
    following = dict(pairwise(starts))
    position = 0
    for start, end, _ in record.kept:
        spans.append((start, record.text[position : position + end - start]))
        position += following[start] - start
    return sorted(spans)


def row_schemas() -> dict[str, Any]:
    """The JSON Schema of each kind of row, by file name."""
    rows: dict[str, type[BaseModel]] = {
        "documents.jsonl": Record,
        "removed.jsonl": Removal,
        "failed.jsonl": FailedRow,
    }
    return {name: row.model_json_schema(mode="serialization") for name, row in rows.items()}
