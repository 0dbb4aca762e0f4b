"""Rows in, rows out: what all adapters do, whatever form their library has rows in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from cleaner.batches import batches, size
from cleaner.errors import CleanerError, SourceError
from cleaner.model import Failure, Input
from cleaner.pipeline import Outcome, Pipeline
from cleaner.readers.mapping import document

PREFIX = "cleaned_"
# What is read of a row beside what `Settings.fields` names.
_FACTS = ("title", "date", "language", "authors", "author")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of a row; where it could not be cleaned, `error` says why and the rest is empty.

    `document` is its row of documents.jsonl, `removed` its rows of removed.jsonl, to the byte.
    """

    text: str | None = None
    title: str | None = None
    date: str | None = None
    language: str | None = None
    flags: list[str] = field(default_factory=list)
    document: str | None = None
    removed: list[str] = field(default_factory=list)
    error: str | None = None

    @classmethod
    def of(cls, outcome: Outcome | Failure) -> Cleaned:
        """What is told of a record, or of the error that kept a row from having one."""
        if isinstance(outcome, Failure):
            return cls(error=f"{outcome.error}: {outcome.message}")
        if isinstance(outcome, CleanerError):
            return cls(error=f"{type(outcome).__name__}: {outcome}")
        return cls(
            text=outcome.text,
            title=outcome.title,
            date=outcome.date,
            language=outcome.language,
            flags=list(outcome.flags),
            document=outcome.model_dump_json(),
            removed=list(outcome.removed_json()),
        )


NAMES: tuple[str, ...] = tuple(each.name for each in fields(Cleaned))
"""The names of the columns, before the prefix."""
LISTS = frozenset({"flags", "removed"})
"""Those that hold lists of strings; all others hold strings."""


@dataclass(frozen=True)
class Cleaner:
    """Cleans rows by a pipeline; holds no state, and can be pickled and shared.

    The columns that it makes begin with `prefix`, so that none of yours is replaced.
    """

    pipeline: Pipeline = field(default_factory=Pipeline)
    prefix: str = PREFIX

    def rows(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Cleaned]:
        """What becomes of each row, in order; reads ahead by one batch at most."""
        for batch in batches(map(self._input, rows), size):
            sound = (each for each in batch if not isinstance(each, Failure))
            outcomes = self.pipeline.outcomes(sound)
            for each in batch:
                yield Cleaned.of(each if isinstance(each, Failure) else next(outcomes))

    def __call__(self, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        """New columns for a batch of columns, by name.

        Raises:
            SourceError: there is no column of texts or pages.
        """
        read = {name: columns[name] for name in self.read_of(columns)}
        rows = (dict(zip(read, row, strict=True)) for row in zip(*read.values(), strict=True))
        found = list(self.rows(rows))
        return {self.column(name): [getattr(row, name) for row in found] for name in NAMES}

    def column(self, name: str) -> str:
        """What a column of this name is called."""
        return f"{self.prefix}{name}"

    @property
    def columns(self) -> tuple[str, ...]:
        """What all columns are called."""
        return tuple(map(self.column, NAMES))

    def read_of(self, columns: Iterable[str]) -> list[str]:
        """Those of these columns that are read.

        Raises:
            SourceError: there is no column of texts or pages among them.
        """
        given, names = list(columns), self.pipeline.settings.fields
        if not any(_holder(name, given) for name in (names.text, names.html)):
            raise SourceError(
                f"no column '{names.text}' and no column '{names.html}' among"
                f" {', '.join(given) or 'none'}; rename one, or name it in the setting fields"
            )
        asked = (names.text, names.html, names.id, names.url, *_FACTS)
        found = (_holder(name, given) for name in asked)
        return list(dict.fromkeys(name for name in found if name))

    def _input(self, row: Mapping[str, Any]) -> Input | Failure:
        """The document of a row; one without an id has an empty one."""
        try:
            found = document(row, self.pipeline.settings.fields, "")
        except SourceError as error:
            return Failure("", SourceError.__name__, str(error))
        # What else the row says stays where it is, beside the new columns.
        return replace(found, fields={})


def _holder(name: str, columns: Collection[str]) -> str | None:
    """The column that has a field: `a` has `a.b`, where no column is called so."""
    top = name.partition(".")[0]
    return next((each for each in (name, top) if each in columns), None)
