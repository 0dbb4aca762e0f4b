"""What a document lost: the rows of removed.jsonl, made when somebody asks for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pydantic_core import to_json

from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.model import LABELS, Document, Label, Offsets
from cleaner.rows import Evidence, Removal

# Voices repeat from line to line but for the line: 462 differ in 40,000 of 200 pages.
REMEMBERED_VOICES = 4_096
# Escapes as pydantic does: quotes, backslashes and control characters only.
_encoded = json.JSONEncoder(ensure_ascii=False).encode
# Scores have four decimals.
REMEMBERED_SCORES = 10_001


class JsonRow(NamedTuple):
    """The row of a removed line as JSON, and the rule that removed it."""

    rule: str
    json: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decisions about a document and which of its lines they removed."""

    document: Document
    decisions: Decisions
    gone: Offsets

    def rows(self) -> Iterator[Removal]:
        """The row of each removed line, in order."""
        return map(self._row, self._removed())

    def json_rows(self) -> Iterator[JsonRow]:
        """Each row as JSON, to the byte as pydantic would write it, in a third of the time."""
        doc = _encoded(self.document.id)
        return (self._json_row(line, doc) for line in self._removed())

    def explained(self) -> Iterator[tuple[str, Decision]]:
        """Every line with its decision."""
        return zip(self.document.contents(), self.decisions, strict=True)

    def _removed(self) -> Iterator[_Removed]:
        lines, decisions, gone = self.document.lines, self.decisions, self.gone
        return map(
            _Removed,
            lines.starts[gone].tolist(),
            lines.ends[gone].tolist(),
            map(LABELS.__getitem__, decisions.labels[gone].tolist()),
            decisions.scores[gone].tolist(),
            map(decisions.voices, gone.tolist()),
        )

    def _row(self, line: _Removed) -> Removal:
        winner = line.winner
        return Removal(
            doc=self.document.id,
            start=line.start,
            end=line.end,
            text=self.document.text[line.start : line.end],
            label=line.label,
            score=line.score,
            stage=winner.stage,
            rule=winner.rule,
            evidence=tuple(map(_evidence, line.voices)),
        )

    def _json_row(self, line: _Removed, doc: str) -> JsonRow:
        winner = line.winner
        text = _encoded(self.document.text[line.start : line.end])
        evidence = ",".join(map(_json_evidence, line.voices))
        return JsonRow(
            winner.rule,
            f'{{"doc":{doc},"start":{line.start},"end":{line.end}'
            f',"text":{text},"label":{_encoded(line.label)},"score":{_json_number(line.score)}'
            f',"stage":{_encoded(winner.stage)},"rule":{_encoded(winner.rule)},"evidence":[{evidence}]}}',
        )


class _Removed(NamedTuple):  # made for every removed line, in half the time of a dataclass
    start: int
    end: int
    label: Label
    score: float
    voices: tuple[Voice, ...]

    @property
    def winner(self) -> Voice:
        """The strongest voice for the label.

        Where several labels share what speaks against the article, none may speak for this one.
        """
        voices = (voice for voice in self.voices if voice.label is self.label)
        return next(voices, self.voices[0] if self.voices else _nobody(self.label))


def _nobody(label: Label) -> Voice:
    return Voice(label, 0.5, "decide", "decide.prior", "nothing speaks loudly for or against it")


@lru_cache(REMEMBERED_VOICES)
def _evidence(voice: Voice) -> Evidence:
    return Evidence(**voice._asdict())


def _json_evidence(voice: Voice) -> str:
    log_odds = "null" if voice.log_odds is None else _json_number(voice.log_odds)
    return f'{_json_said(voice[:5])},"log_odds":{log_odds}}}'


@lru_cache(REMEMBERED_VOICES)
def _json_said(said: tuple[Label, float, str, str, str]) -> str:
    """A voice as JSON up to its log odds, which differ from line to line."""
    label, weight, stage, rule, reason = said
    return (
        f'{{"stage":{_encoded(stage)},"rule":{_encoded(rule)},"label":{_encoded(label)}'
        f',"weight":{_json_number(float(weight))},"reason":{_encoded(reason)}'
    )


@lru_cache(REMEMBERED_SCORES)
def _json_number(number: float) -> str:
    return to_json(number).decode()
