"""What is cleaned and written as one: a fixed run of documents, whoever cleans it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256

from cleaner.model import Failure
from cleaner.readers.raw import Raw

SHARD_DOCUMENTS = 256
SHARD_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ShardSize:
    """A shard ends with so many documents, or once it has so many bytes."""

    documents: int = SHARD_DOCUMENTS
    bytes: int = SHARD_BYTES


@dataclass(frozen=True)
class Shard:
    """Consecutive documents of all sources, and the shard's place among the shards."""

    number: int
    raws: tuple[Raw | Failure, ...]

    @cached_property
    def bytes(self) -> int:
        """How much there is to read."""
        return sum(map(_bytes, self.raws))

    @property
    def first(self) -> str | None:
        """What the first document is called in its source; None if there is none."""
        return next((_name(raw) for raw in self.raws), None)

    @cached_property
    def sha256(self) -> str:
        """The hash of all that was found, and of what could not be."""
        digest = sha256()
        for raw in self.raws:
            for part in _parts(raw):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        return digest.hexdigest()


def shards(raws: Iterable[Raw | Failure], size: ShardSize) -> Iterator[Shard]:
    """All documents in shards, in order; the same however they are cleaned. At least one shard."""
    number = held = 0
    found: list[Raw | Failure] = []
    for raw in raws:
        found.append(raw)
        held += _bytes(raw)
        if len(found) == size.documents or held >= size.bytes:
            yield Shard(number, tuple(found))
            number, held, found = number + 1, 0, []
    if found or not number:
        yield Shard(number, tuple(found))


def _bytes(raw: Raw | Failure) -> int:
    return 0 if isinstance(raw, Failure) else len(raw.content)


def _name(raw: Raw | Failure) -> str:
    return raw.source if isinstance(raw, Failure) else raw.name


def _parts(raw: Raw | Failure) -> Iterator[bytes]:
    yield type(raw).__name__.encode()
    for field in fields(raw):
        value = getattr(raw, field.name)
        yield value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
