"""What goes into the files of a run, validated: removed spans, sources, counts, failures."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from cleaner.model import Label

Offset = Annotated[int, Field(ge=0)]
Probability = Annotated[float, Field(ge=0, le=1)]


class Row(BaseModel):
    """A row, or a part of one: frozen, and without unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Row):
    """One voice about a line.

    `log_odds` is what the voice's stage, or the kind of measurement, added to the log odds of the
    line's label; null where a louder voice of the stage counted for both. All of them add up
    to the log odds of the label against the strongest one on the other side: title and body are the
    one side, all others the other, whichever of them are kept.
    """

    stage: str
    rule: str
    label: Label
    weight: Probability
    reason: str
    log_odds: float | None = None


class Removal(Row):
    """A removed span, one row of removed.jsonl; offsets are code points of the source text."""

    doc: str
    start: Offset
    end: Offset
    text: str
    label: Label
    score: Probability
    stage: str
    rule: str
    evidence: tuple[Evidence, ...]


class Comment(Row):
    """A reader's comment.

    `text` is without the lines that say who wrote it and when. `date` is ISO 8601, with the time of
    day where it is given, null where it cannot be told; `date_text` is what the page shows.
    `parent` is the place in the list of the comment that this one replies to. `start` and `end` are
    code points of the source text: between them lies the text, and may lie more.
    """

    text: str
    author: str | None = None
    date: str | None = None
    date_text: str | None = None
    parent: Offset | None = None
    start: Offset
    end: Offset


class RepairRow(Row):
    """What decoding repaired, or met."""

    kind: str
    count: int
    detail: str = ""


class SourceRow(Row):
    """Where a document came from.

    `sha256` is of the raw bytes, `text_sha256` of the decoded text in UTF-8: what `restore` gives.
    """

    path: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    sha256: str | None = None
    text_sha256: str
    encoding: str | None = None
    repairs: tuple[RepairRow, ...] = ()


class Amount(Row):
    """How much text."""

    chars: Offset = 0
    lines: Offset = 0


class Stats(Row):
    """Characters and lines (white space around lines left out) that came in, stayed and went."""

    source: Amount
    kept: Amount
    removed: dict[Label, Amount]


class FailedRow(Row):
    """One row of failed.jsonl."""

    source: str
    error: str
    message: str
