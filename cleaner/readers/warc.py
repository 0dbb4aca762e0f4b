"""WARC and WET: records that hold a page or a text are documents, the others are passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from cleaner.errors import SourceError
from cleaner.model import Failure, HtmlPage, Input
from cleaner.readers.failures import failure, too_large
from cleaner.readers.http import HEAD_BYTES, charset, media_format, response_format
from cleaner.readers.raw import MAX_DOCUMENT_BYTES, Raw
from cleaner.readers.resync import next_record
from cleaner.readers.streams import unpacked
from cleaner.settings import Fields
from cleaner.text.decode import decode, without_surrogates
from cleaner.text.segment import segment

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_RESPONSE = "application/http"
# As the header says, else without what it says of the content, else as it stands: archives often
# hold what they have decoded under the header it came with.
_DECODINGS: tuple[Literal["all", "transfer", "none"], ...] = ("all", "transfer", "none")
_GZIP = b"\x1f\x8b"
_LONGEST_NUMBER = 20
_KINDS = {"response", "resource", "conversion"}
_TOLD_ELSEWHERE = {"warc-type", "warc-target-uri"}


def split(opened: BinaryIO, name: str, path: str) -> Iterator[Raw | Failure]:
    """The records with a page or a text, in order, named by their offset in the file.

    The file may be compressed, record by record. Where it is broken, a failure says so, and it is
    read on from the next record that can be found.
    """
    start: int | None = 0
    while start is not None:
        last = start
        opened.seek(start)
        try:
            for record in _records(opened):
                last = record.stream_pos
                found = _raw(record, f"{name}:{last}", path)
                if found:
                    yield found
            _check_end(opened, last)
        except (OSError, SourceError) as error:
            start = next_record(opened, last + 1, _can_be_read)
            yield failure(f"{name}:{last}", _broken(error, start))
        else:
            return


def parse(raw: Raw, _: Fields) -> Input:
    """The page or the text of a record, named by the record's id, else by its position.

    Raises:
        SourceError: it cannot be decoded, or is too large when it is.
    """
    record, content = _decoded(raw.content)
    headers = {key.lower(): without_surrogates(value)[0] for key, value in record.headers.items()}
    kind = headers.get("content-type", "")
    if kind.startswith(_RESPONSE):
        kind = (record.http_headers and record.http_headers.get("Content-Type")) or "text/html"
    about: dict[str, Any] = {
        "path": raw.path,
        "url": headers.get("warc-target-uri", "").strip("<>") or None,
        "fields": dict(_told(headers)),
    }
    name = headers.get("warc-record-id", "").strip("<>") or raw.name
    if media_format(kind) == "html":
        return HtmlPage(name, content, charset=charset(kind), **about)
    decoded = decode(content, charset(kind))
    about |= {"encoding": decoded.encoding, "repairs": decoded.repairs}
    return segment(decoded.text, name, sha256=sha256(content).hexdigest(), **about)


def _records(opened: BinaryIO) -> Iterator[WarcRecord]:
    """All records from where the file stands.

    Raises:
        OSError: one is broken.
    """
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415  # an extra

    # As strict as can be: the lenient mode passes over what it cannot read, and tells nobody.
    return iter(ArchiveIterator(opened, parse_http=False))


def _can_be_read(opened: BinaryIO) -> bool:
    try:
        first = next(_records(opened), None)
        return first is not None and first.headers.get("Content-Length") is not None
    except OSError:
        return False


def _check_end(opened: BinaryIO, last: int) -> None:
    """Look at the last record once more: where gzip is cut off, its records just end.

    Raises:
        SourceError: it is cut off.
    """
    opened.seek(last)
    head = opened.read(len(_GZIP))
    opened.seek(last)
    if head == _GZIP:
        stream = unpacked(opened, ".gz")
        while stream.read(HEAD_BYTES):
            pass
    elif last == 0 and head and next(_records(opened), None) is None:
        raise SourceError("no WARC record, though something else")


def _broken(error: OSError | SourceError, start: int | None) -> SourceError:
    on = "the rest is lost" if start is None else f"read on from offset {start}"
    return SourceError(f"broken in this record or behind it ({error}), {on}; fetch the file again")


def _raw(record: WarcRecord, position: str, path: str) -> Raw | Failure | None:
    """A record with its header, if it holds a page or a text.

    Raises:
        OSError: it is shorter than it says.
    """
    length = record.headers.get("Content-Length") or ""
    head = record.reader.read(HEAD_BYTES)
    holds, fits = _holds_text(record, head), _bytes(length) <= MAX_DOCUMENT_BYTES
    rest = record.reader.read() if holds and fits else b""
    count = len(head) + len(rest) + record.reader.consume()
    if count != _bytes(length):
        raise OSError(f"record of {count} bytes announces {length or 'no length'}")
    if not holds:
        return None
    if not fits:
        return failure(position, too_large("record"))
    header = "".join(f"{key}: {value}\r\n" for key, value in record.headers.items())
    start = f"WARC/1.0\r\n{header}\r\n".encode("utf-8", "surrogatepass")
    return Raw(position, "warc", start + head + rest, path)


def _bytes(length: str) -> int:
    """What a Content-Length says; -1 if nothing."""
    return int(length) if length.isdecimal() and len(length) <= _LONGEST_NUMBER else -1


def _holds_text(record: WarcRecord, head: bytes) -> bool:
    if (record.headers.get("WARC-Type") or "").lower() not in _KINDS:
        return False
    kind = record.headers.get("Content-Type") or ""
    found = response_format(head) if kind.startswith(_RESPONSE) else media_format(kind)
    return found is not None


def _decoded(content: bytes) -> tuple[WarcRecord, bytes]:
    """The one record of these bytes, and its content without what it was sent in.

    Raises:
        SourceError: it cannot be decoded, or is too large when it is.
    """
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415

    said = ""
    for how in _DECODINGS:
        # Lenient towards the header of HTTP, which may have line feeds alone; the record is whole.
        records = ArchiveIterator(BytesIO(content), quirks_mode=True, auto_decode=how)
        try:
            [record] = islice(records, 1)
            found = record.reader.read(MAX_DOCUMENT_BYTES + 1)
        except (OSError, ValueError) as error:
            said = said or str(error)
            continue
        if len(found) > MAX_DOCUMENT_BYTES:
            raise too_large("record")
        if not found.startswith(_GZIP):
            return record, found
    raise SourceError(f"content that cannot be decoded ({said or 'gzip of gzip'}); leave it out")


def _told(headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the header of a record says about it, under names like those of rows."""
    for key, value in headers.items():
        if key.startswith("warc-") and key not in _TOLD_ELSEWHERE:
            yield key.replace("-", "_"), value
