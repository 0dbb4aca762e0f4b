"""What cannot be read: where it stands, why, and the cure."""

from __future__ import annotations

from cleaner.errors import SourceError
from cleaner.model import Failure
from cleaner.readers.raw import MAX_DOCUMENT_BYTES


def failure(position: str, error: OSError | SourceError, place: str | None = None) -> Failure:
    """The failure of what stands at a position; the message begins with it, or with `place`."""
    return Failure(position, SourceError.__name__, f"{place or position}: {why(error)}")


def why(error: OSError | SourceError) -> str:
    """What went wrong, with the cure."""
    if isinstance(error, SourceError):
        return str(error)
    return f"{error.strerror or error}; see that it exists and may be read, and run again"


def too_large(what: str, cure: str = "part it, or leave it out") -> SourceError:
    """That a document, a line, a row or a record is over the limit, and the cure."""
    limit = MAX_DOCUMENT_BYTES // 1024 // 1024
    return SourceError(f"{what} of over {limit} MiB; {cure}")
