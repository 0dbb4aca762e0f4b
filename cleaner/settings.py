"""Settings, validated: flags over the environment over `cleaner.toml` over preset and defaults."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_serializer,
    model_validator,
)

from cleaner.errors import SettingsError
from cleaner.model import LABELS, Label

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Share = Annotated[float, Field(ge=0, le=1)]
# More than a factor of 150 in the odds is no shade of the same judgement any more.
LARGEST_MARGIN = 5.0
Margin = Annotated[float, Field(ge=-LARGEST_MARGIN, le=LARGEST_MARGIN)]

Preset = Literal["strict", "balanced", "gentle", "off"]
PRESETS: Mapping[Preset, Mapping[str, Any]] = MappingProxyType(
    {
        "strict": {"margin": -1.0},
        "balanced": {},
        "gentle": {"margin": 2.0},
        "off": {"keep": frozenset(LABELS)},
    }
)
"""What each preset says of the other settings, where those say nothing themselves."""

ENVIRONMENT_PREFIX = "CLEANER_"


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

    preset: Preset = "balanced"
    """How readily lines go, in a word: what other settings are where they say nothing."""
    margin: Margin = 0.0
    """How much more than usual must speak against the article for a line to go, in log odds."""
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
    reasons: Literal["full", "brief"] = "full"
    """What the ledger tells of a line: all that carried its label, or only what stages said."""
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
    repeats: Path | None = None
    """A file that `cleaner repeats` wrote: on how many pages of their site lines stand."""
    language: LanguageSettings = LanguageSettings()
    fields: Fields = Fields()

    @model_validator(mode="before")
    @classmethod
    def _with_preset(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        # By equality: a flag is an enumeration, with a hash of its own.
        preset = (values for name, values in PRESETS.items() if name == given.get("preset"))
        return {**next(preset, {}), **given}

    @property
    def needs_extents(self) -> bool:
        """Whether pages must be read with the places of their elements."""
        return self.comments or self.format == "markdown"

    @field_serializer("keep", "without", when_used="json")
    def _sorted(self, values: frozenset[str]) -> list[str]:
        return sorted(map(str, values))  # a set's order differs from run to run


_TABLES: Mapping[str, type[BaseModel]] = {"language": LanguageSettings, "fields": Fields}
_LISTS = ("keep", "without", "rules")


def load_settings(
    file: Path | None = None, environment: Mapping[str, str] = MappingProxyType({}), **flags: Any
) -> Settings:
    """Settings from a TOML file, variables such as CLEANER_KEEP over it, and flags over both.

    A flag that is None, or a variable that is empty, says nothing; a flag that is a mapping lies
    over the table of its name, key by key. Variables that name no setting are passed over: they may
    be somebody else's.

    Raises:
        SettingsError: the file cannot be read, or a key or value is wrong.
    """
    written = _from_file(file) if file else {}
    set_up = _from_environment(environment)
    try:
        return Settings.model_validate(_over(_over(written, set_up), flags))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        place = _place(first["loc"], file, set_up, flags)
        raise SettingsError(f"{place}: '{key}': {_complaint(first)}") from None


def _over(lower: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    given = {key: value for key, value in upper.items() if value is not None}
    both = {
        key: _over(lower[key], value)
        for key, value in given.items()
        if isinstance(value, Mapping) and isinstance(lower.get(key), Mapping)
    }
    return {**lower, **given, **both}


Key = tuple[int | str, ...]


def _place(key: Key, file: Path | None, set_up: Mapping[str, Any], flags: Mapping[str, Any]) -> str:
    """Where the value of a key is from: a flag or argument, the environment, or the file."""
    if _names(flags, key):
        return "settings"
    if _names(set_up, key):
        return _variable(*key[: 2 if key[0] in _TABLES else 1])
    return str(file or "settings")


def _names(given: Mapping[str, Any], key: Key) -> bool:
    """Whether the value of a key is given there; of a list, all is."""
    value = given.get(str(key[0]))
    if isinstance(value, Mapping) and len(key) > 1:
        return _names(value, key[1:])
    return value is not None


def _variable(*key: int | str) -> str:
    return ENVIRONMENT_PREFIX + "_".join(map(str, key)).upper()


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """What variables say; lists are parted by commas."""
    found: dict[str, Any] = {
        name: value.split(",") if name in _LISTS else value
        for name in Settings.model_fields.keys() - _TABLES.keys()
        if (value := environment.get(_variable(name)))
    }
    for table, model in _TABLES.items():
        said = {name: environment.get(_variable(table, name)) for name in model.model_fields}
        if any(said.values()):
            found[table] = {name: value for name, value in said.items() if value}
    return found


def _from_file(file: Path) -> dict[str, Any]:
    """What a file says; paths in it count from it."""
    written = _read(file)
    if _is_paths(written.get("rules")):
        written["rules"] = [file.parent / place for place in written["rules"]]
    for name in ("weights", "repeats"):
        if isinstance(written.get(name), str):
            written[name] = file.parent / written[name]
    return written


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
