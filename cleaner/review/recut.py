"""A record cut anew by what reviewers say about its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.model import Document, Label, Line, Lines
from cleaner.record import Record, cut
from cleaner.record.describe import reflagged
from cleaner.review.lines import Decided, State
from cleaner.review.opinions import Opinion
from cleaner.review.values import Place, Verdict
from cleaner.rows import Evidence, Removal
from cleaner.settings import Settings

STAGE = "review"
# What a person says is taken for certain.
SURE = 1.0


class Recut(NamedTuple):
    """A record cut anew, a row for each line that was judged, and how many have another label."""

    record: Record
    reviewed: tuple[Removal, ...]
    changed: int


def recut(
    record: Record,
    lines: Sequence[Decided],
    opinions: Mapping[Place, Opinion],
    settings: Settings,
) -> Recut:
    """The record as these opinions have it; lines without one, or with several, stay as they were.

    All that follows from the labels of lines is made anew; the rest of the row stays.
    """
    before = _decisions(record, lines)
    after = [
        _judged(opinions[line.place], decision) if line.place in opinions else decision
        for line, decision in zip(lines, before, strict=True)
    ]
    new = cut(
        _document(record, lines),
        Decisions.of(after),
        settings,
        instead_of=Decisions.of(map(_unspared, lines, after)) if record.spared else None,
    )
    changed = [old.label is not new.label for old, new in zip(before, after, strict=True)]
    update = _update(record, new, before, after) if any(changed) else {}
    update |= {"undecided": new.undecided, "spared": new.spared}
    update["flags"] = reflagged(
        record.flags, undecided=bool(new.undecided), quarantined=bool(new.spared)
    )
    anew = record.model_copy(update=update)
    reviewed = [
        _row(line, decision)
        for line, decision in zip(lines, after, strict=True)
        if line.place in opinions and opinions[line.place].label is not None
    ]
    return Recut(anew.with_removed(new.removed), tuple(reviewed), sum(changed))


def _decisions(record: Record, lines: Sequence[Decided]) -> list[Decision]:
    """What was decided about each line, as far as the rows tell."""
    doubt = {start for start, _ in record.undecided}
    removed = {removal.start: removal for removal in record.removed}
    found = []
    for line in lines:
        start, row = line.place.start, removed.get(line.place.start)
        voices = tuple(map(_voice, row.evidence)) if row else ()
        score = row.score if row else SURE
        found.append(Decision(line.final, score, undecided=start in doubt, voices=voices))
    return found


def _judged(opinion: Opinion, decision: Decision) -> Decision:
    """The decision as reviewers have it, if they agree; what spoke before speaks after them."""
    if opinion.label is None:
        return decision
    others = (voice for voice in decision.voices if voice.stage != STAGE)
    voices = (*map(_said, opinion.verdicts), *others)
    return Decision(opinion.label, SURE, undecided=False, voices=voices)


def _said(verdict: Verdict) -> Voice:
    note = f": {verdict.act.note}" if verdict.act.note else ""
    reason = f"is {verdict.label}, says {verdict.act.reviewer}{note}"
    return Voice(verdict.label, SURE, STAGE, f"{STAGE}.{verdict.act.kind.value}", reason)


def _unspared(line: Decided, decision: Decision) -> Decision:
    """What would have been decided, had the page not been kept whole."""
    if line.state is not State.SPARED or line.score is None or not decision.undecided:
        return decision
    return replace(decision, label=line.label, score=line.score)


def _update(
    record: Record, new: Record, before: Sequence[Decision], after: Sequence[Decision]
) -> dict[str, Any]:
    """The fields that follow from the labels of lines."""
    found = {name: getattr(new, name) for name in ("text", "kept", "stats", "markdown")}
    if record.title in {None, _title(record)}:  # else the page itself told it
        found["title"] = _title(new)
    if _labelled(before, Label.COMMENT) != _labelled(after, Label.COMMENT):
        found |= {"comments": new.comments, "comment_rows": new.comment_rows}
    return found


def _title(record: Record) -> str | None:
    """The first line that is a title; None where there is none."""
    text = record.restore()
    titles = (
        (start, end)
        for start, end, label in [
            *record.kept,
            *((gone.start, gone.end, gone.label) for gone in record.removed),
        ]
        if label is Label.TITLE
    )
    first = min(titles, default=None)
    return text[slice(*first)] if first else None


def _labelled(decisions: Sequence[Decision], label: Label) -> list[bool]:
    return [decision.label is label for decision in decisions]


def _document(record: Record, lines: Sequence[Decided]) -> Document:
    """The document again, as far as a record tells: without its markup."""
    text = record.restore()
    return Document(
        id=record.id,
        text=text,
        lines=Lines.of(_numbered(text, lines)),
        media_type=record.source.media_type,
    )


def _numbered(text: str, lines: Sequence[Decided]) -> Iterator[Line]:
    ends = text.replace("\r\n", " \n").replace("\r", "\n")  # as `segment` counts lines
    number, position = 1, 0
    for line in lines:
        _, start, end = line.place
        number += ends.count("\n", position, start)
        position = start
        yield Line(number, start, end)


def _voice(evidence: Evidence) -> Voice:
    return Voice(**dict(evidence))


def _row(line: Decided, decision: Decision) -> Removal:
    first = decision.voices[0]
    return Removal(
        doc=line.place.doc,
        start=line.place.start,
        end=line.place.end,
        text=line.text,
        label=decision.label,
        score=decision.score,
        stage=first.stage,
        rule=first.rule,
        evidence=tuple(Evidence(**voice._asdict()) for voice in decision.voices),
    )
