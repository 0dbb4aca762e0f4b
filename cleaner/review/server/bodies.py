"""What pages send, validated."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from cleaner.model import Label
from cleaner.review.judge import Judgement
from cleaner.review.names import reviewer_name
from cleaner.review.values import Act, Kind, Scope

LONGEST_NOTE_CHARS = 2_000
# The greatest whole number of SQLite.
_Number = Annotated[int, Field(ge=0, le=2**63 - 1)]
_Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE_CHARS)]


class UndoBody(BaseModel):
    """Nothing: it is the last act that is taken back."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NameBody(BaseModel):
    """Who sits here from now on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, AfterValidator(reviewer_name)]


class VerdictBody(BaseModel):
    """A verdict, from the line it is given at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: _Number
    start: _Number
    kind: Kind
    scope: Scope = Scope.LINE
    label: Label | None = None
    note: _Note = ""

    def judgement(self, reviewer: str) -> Judgement:
        """The same as what a reviewer says."""
        act = Act(reviewer, self.kind, self.scope, self.note)
        return Judgement(self.document, self.start, act, self.label)
