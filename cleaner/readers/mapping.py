"""A row of named values to a document: what is read of it, and what goes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cleaner.errors import SourceError
from cleaner.html.people import authors
from cleaner.model import HtmlPage, Input, Metadata, Repair
from cleaner.settings import Fields
from cleaner.text.decode import nul_repairs, without_surrogates
from cleaner.text.iso import iso_date
from cleaner.text.segment import segment

_FACTS = ("title", "date", "language")


def document(
    row: Mapping[str, Any],
    fields: Fields,
    name: str,
    *,
    repairs: tuple[Repair, ...] = (),
    **about: Any,
) -> Input:
    """The document of a row, called by its id or else `name`; `about` holds further fields of it.

    Raises:
        SourceError: the row has no text and no page.
    """
    text, markup = field(row, fields.text), field(row, fields.html)
    own, url, metadata = _id(field(row, fields.id)), _told(field(row, fields.url)), _metadata(row)
    about |= {"url": url, "metadata": metadata}
    read = {name for name, found in ((fields.id, own), (fields.url, url)) if found}
    if isinstance(text, str):
        about["fields"] = _rest(row, {*read, fields.text}, fields, metadata)
        return segment(text, own or name, repairs=(*repairs, *nul_repairs(text)), **about)
    if isinstance(markup, str | bytes):
        about["fields"] = _rest(row, {*read, fields.html}, fields, metadata)
        return HtmlPage(own or name, markup, repairs=repairs, **about)
    raise SourceError(
        f"row has no string '{fields.text}' and no string '{fields.html}'; rename or add the field,"
        " or name the one to read with --text-field or --html-field"
    )


def field(row: Mapping[str, Any], name: str) -> Any:
    """The value of a field; `a.b` is `b` within `a` where no field is called so; None if missing.

    >>> field({"a": {"b": 1}}, "a.b"), field({"a.b": 2, "a": {"b": 1}}, "a.b"), field({}, "a")
    (1, 2, None)
    """
    if name in row or "." not in name:
        return row.get(name)
    value: Any = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _rest(
    row: Mapping[str, Any], read: set[str], fields: Fields, metadata: Metadata
) -> dict[str, Any]:
    """What of a row is not read, or will not be told as it is."""
    rest = row.keys() - read
    if rest:  # often there is none
        rest -= {*_told_as_they_are(row, metadata), *_nulls(row, fields)}
    return {key: value for key, value in row.items() if key in rest}


def _nulls(row: Mapping[str, Any], fields: Fields) -> Iterator[str]:
    """The fields that would be read, and hold nothing."""
    named = (fields.text, fields.html, fields.id, fields.url)
    return (name for name in named if row.get(name) is None)


def _id(name: Any) -> str | None:
    if isinstance(name, (int, float)) and not isinstance(name, bool):
        return str(name)
    return _told(name)


def _told(value: Any) -> str | None:
    """A string fit to be written as UTF-8; None if it is empty or no string."""
    return without_surrogates(value)[0] if value and isinstance(value, str) else None


def _metadata(row: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    facts = ((key, _told(row.get(key))) for key in _FACTS)
    found: dict[str, str | tuple[str, ...]] = {key: value for key, value in facts if value}
    names = _authors(row.get("authors")) or _authors(row.get("author"))
    return {**found, "authors": names} if names else found


def _told_as_they_are(row: Mapping[str, Any], metadata: Metadata) -> Iterator[str]:
    """The facts that a record will have as the row does, and those that are null."""
    for key in (*_FACTS, "authors"):
        value = row.get(key)
        fact = iso_date(metadata.get(key)) if key == "date" else metadata.get(key)
        if value is None or (tuple(value) if isinstance(value, list) else value) == fact:
            yield key


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return authors(without_surrogates(value)[0])
    listed: Iterable[object] = value if isinstance(value, list) else ()
    return tuple(without_surrogates(name)[0] for name in listed if name and isinstance(name, str))
