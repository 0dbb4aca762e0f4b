"""Sources as streams of bytes, unpacked where they are compressed; never all of one in memory."""

from __future__ import annotations

import io
import shutil
import tempfile
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol, cast

from cleaner.errors import SourceError
from cleaner.readers.failures import too_large
from cleaner.readers.raw import MAX_DOCUMENT_BYTES

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_READ_BYTES = 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS  # zlib's sign for a header of gzip
_ZERO = b"\0"  # what tapes and block devices fill up with


class _Unpacking(Protocol):
    def decompress(self, data: bytes, /) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...


class Compression(NamedTuple):
    """How compressed bytes begin and are unpacked.

    `piece_bytes` are unpacked at once: even of a bomb they give no more than 64 MiB, by the
    greatest ratio that the format allows.
    """

    name: str
    magic: bytes
    start: Callable[[], _Unpacking]
    piece_bytes: int


def _zstandard() -> _Unpacking:
    from cleaner.zstandard import zstd  # noqa: PLC0415  # most sources are not compressed

    return zstd.ZstdDecompressor()


COMPRESSIONS: Mapping[str, Compression] = {
    ".gz": Compression("gzip", b"\x1f\x8b", lambda: zlib.decompressobj(_GZIP), 8_192),
    ".zst": Compression("zstd", b"\x28\xb5\x2f\xfd", _zstandard, 2_048),
}
"""By suffix."""


class Unpacked(io.RawIOBase):
    """The bytes that a compressed stream stands for; members and frames follow one another.

    Reading raises SourceError where they are broken or cut off, after all that comes before.
    """

    def __init__(self, packed: BinaryIO, compression: Compression) -> None:
        self._packed, self._compression = packed, compression
        self._unpacking: _Unpacking | None = None
        self._left = b""  # packed, of the next member
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """That it can be read from."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer; how far, 0 at the end."""
        target = memoryview(buffer).cast("B")
        while not self._ready:
            piece = self._left or self._packed.read(self._compression.piece_bytes)
            if not piece:
                return self._ended()
            self._ready = memoryview(self._unpack(piece))
        count = min(len(target), len(self._ready))
        target[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _ended(self) -> int:
        if self._unpacking:
            raise SourceError("the compressed file is cut off; fetch it again")
        return 0

    def _unpack(self, piece: bytes) -> bytes:
        self._left = b""
        if self._unpacking is None:
            piece = piece.lstrip(_ZERO)
            if not piece:
                return b""
            self._unpacking = self._compression.start()
        try:
            unpacked = self._unpacking.decompress(piece)
        except Exception as error:  # noqa: BLE001  # zlib.error and ZstdError have no other base
            raise SourceError(
                f"no valid {self._compression.name} from here on ({error}); fetch it again, or"
                " name it as what it is"
            ) from None
        if self._unpacking.eof:
            self._left, self._unpacking = self._unpacking.unused_data, None
        return unpacked


def unpacked(packed: BinaryIO, suffix: str) -> BinaryIO:
    """The stream unpacked by the way of a suffix; itself if that is none of COMPRESSIONS."""
    if suffix not in COMPRESSIONS:
        return packed
    return cast("BinaryIO", io.BufferedReader(Unpacked(packed, COMPRESSIONS[suffix]), _READ_BYTES))


def suffix_by_content(stream: io.BufferedReader) -> str:
    """The suffix of the compression by which a stream begins; empty if by none."""
    head = stream.peek(4)
    found = (suffix for suffix, each in COMPRESSIONS.items() if head.startswith(each.magic))
    return next(found, "")


def whole(stream: BinaryIO) -> bytes:
    """All bytes of a stream that is one document.

    Raises:
        SourceError: they are more than MAX_DOCUMENT_BYTES, or broken.
    """
    pieces, count = [], 0
    # Not at once: to ask for so many bytes is to be given the memory for them.
    while piece := stream.read(_READ_BYTES):
        pieces.append(piece)
        count += len(piece)
        if count > MAX_DOCUMENT_BYTES:
            raise too_large("document")
    return b"".join(pieces)


def seekable(stream: BinaryIO) -> BinaryIO:
    """The stream, or where one cannot go back in it, a copy on disk that is gone when closed."""
    if stream.seekable():
        return stream
    copy = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  # the caller closes it
    shutil.copyfileobj(stream, copy, _READ_BYTES)
    copy.seek(0)
    return copy
