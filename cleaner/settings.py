"""Settings, validated: flags over `cleaner.toml` over defaults."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_serializer

from cleaner.errors import SettingsError
from cleaner.model import Label

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Share = Annotated[float, Field(ge=0, le=1)]


class LanguageSettings(BaseModel):
    """How foreign lines are found."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: Literal["py3langid", "langdetect", "lingua", "fasttext", "off"] = "py3langid"
    """Asked about the page, and about lines whose script does not settle the matter."""
    min_letters: Annotated[int, Field(ge=1)] = 25
    """Shorter lines are not judged by the engine."""


FieldName = Annotated[str, Field(min_length=1)]


class Fields(BaseModel):
    """Which fields of JSONL rows and columns of Parquet files are read; `a.b` is `b` within `a`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: FieldName = "text"
    """The text to clean."""
    html: FieldName = "html"
    """The page to clean, where there is no text."""
    id: FieldName = "id"
    """What the document is called."""
    url: FieldName = "url"
    """Where it is from."""


class Settings(BaseModel):
    """All that may differ from run to run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keep: Annotated[frozenset[Label], Field(min_length=1)] = frozenset({Label.TITLE, Label.BODY})
    """The labels that make the clean text."""
    extractor: Literal["cleaner", "trafilatura"] = "cleaner"
    """What reads HTML pages: cleaner all of a page, trafilatura what it takes for the article."""
    comments: bool = False
    """Whether a record lists the reader comments apart."""
    format: Literal["text", "markdown"] = "text"
    """In what forms a record has the clean text: as plain text always, as Markdown beside it."""
    links: bool = False
    """Whether Markdown has the links of HTML pages; plain text never has."""
    keep_source: bool = False
    """Whether a record carries the decoded source text."""
    max_removed_share: Share = 0.99
    """A page that would lose more of its letters is kept whole and flagged 'quarantined'."""
    without: frozenset[str] = frozenset()
    """Names of stages to leave out."""
    rules: tuple[Path, ...] = ()
    """Rule packs, files or folders, beside the built-in ones."""
    weights: Path | None = None
    """A folder that `cleaner train` wrote, to decide by instead of the built-in weights."""
    language: LanguageSettings = LanguageSettings()
    fields: Fields = Fields()

    @property
    def needs_extents(self) -> bool:
        """Whether pages must be read with the places of their elements."""
        return self.comments or self.format == "markdown"

    @field_serializer("keep", "without", when_used="json")
    def _sorted(self, values: frozenset[str]) -> list[str]:
        return sorted(map(str, values))  # a set's order differs from run to run


_TABLES: Mapping[str, type[BaseModel]] = {"language": LanguageSettings, "fields": Fields}


def load_settings(file: Path | None = None, **flags: Any) -> Settings:
    """Settings from a TOML file, with flags over it; a flag that is None says nothing.

    A flag that is a mapping lies over the table of its name, key by key.

    Raises:
        SettingsError: the file cannot be read, or a key or value is wrong.
    """
    written = _read(file) if file else {}
    if file and _is_paths(written.get("rules")):
        written["rules"] = [file.parent / place for place in written["rules"]]
    if file and isinstance(written.get("weights"), str):
        written["weights"] = file.parent / written["weights"]
    try:
        return Settings.model_validate(_over(written, flags))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise SettingsError(f"{file or 'settings'}: '{key}': {_complaint(first)}") from None


def _over(written: Mapping[str, Any], flags: Mapping[str, Any]) -> dict[str, Any]:
    given = {key: value for key, value in flags.items() if value is not None}
    both = {
        key: _over(written[key], value)
        for key, value in given.items()
        if isinstance(value, Mapping) and isinstance(written.get(key), Mapping)
    }
    return {**written, **given, **both}


def _is_paths(places: Any) -> bool:
    return isinstance(places, list) and all(isinstance(place, str) for place in places)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"{file}: not valid TOML in UTF-8: {error}") from None


def _complaint(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        known = _TABLES.get(error["loc"][0], Settings)
        return f"unknown setting; known are {', '.join(known.model_fields)}"
    if error["type"] in {"tuple_type", "frozen_set_type"}:
        return f"must be a list, not {error['input']!r}; write [{error['input']!r}]"
    return f"{error['msg']}, not {error['input']!r}"
