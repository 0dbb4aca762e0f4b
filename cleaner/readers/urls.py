"""Places that are addresses: s3://, gs://, hf:// and whatever else fsspec opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from cleaner.errors import SourceError

_URL_RE = re.compile(r"[a-z][a-z0-9+.-]*(?:://|::)", re.IGNORECASE)
_PROTOCOL_RE = re.compile(r"(?:^|::)([a-z][a-z0-9+.-]*)(?=:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remote:
    """A file of one of fsspec's file systems."""

    system: Any
    path: str

    def open(self, mode: str = "rb") -> BinaryIO:
        """The file as a stream of bytes.

        Raises:
            SourceError: it cannot be opened.
        """
        with named(str(self)):
            return cast("BinaryIO", self.system.open(self.path, mode))

    @property
    def name(self) -> str:
        """The last part of its path."""
        return PurePosixPath(self.path).name

    def __str__(self) -> str:
        return str(self.system.unstrip_protocol(self.path))


def is_url(place: str) -> bool:
    """Whether a place begins like an address.

    >>> is_url("s3://crawl/2024"), is_url("simplecache::gs://crawl/a.warc.gz"), is_url("a/b.txt")
    (True, True, False)
    """
    return _URL_RE.match(place) is not None


def remote(url: str) -> Remote:
    """What stands at an address, file or folder or none.

    Raises:
        SourceError: nothing that is installed can open such an address.
    """
    from fsspec.core import url_to_fs  # noqa: PLC0415  # most places are local

    _check_installed(url)
    with named(url):
        return Remote(*url_to_fs(url))


def local_path(found: Remote) -> str | None:
    """The path of a file on this machine; None if it is on another."""
    from fsspec.implementations.local import LocalFileSystem  # noqa: PLC0415

    return found.path if isinstance(found.system, LocalFileSystem) else None


@contextmanager
def named(url: str) -> Iterator[None]:
    """Whatever a file system raises, as an error that names the address and a cure."""
    try:
        yield
    except Exception as error:  # each file system has errors of its own
        raise SourceError(
            f"{url}: {error or type(error).__name__}; see that it is there, that you may read it,"
            " and how fsspec is told your account"
        ) from error


def _check_installed(url: str) -> None:
    from fsspec.registry import get_filesystem_class, known_implementations  # noqa: PLC0415

    for protocol in _PROTOCOL_RE.findall(url):
        try:
            get_filesystem_class(protocol)
        except ImportError as error:
            package = known_implementations[protocol]["class"].partition(".")[0]
            package = f"fsspec[{protocol}]" if package == "fsspec" else package
            raise SourceError(f"{url}: {error}: pip install '{package}'") from None
        except ValueError:
            raise SourceError(
                f"{url}: fsspec knows no '{protocol}'; known are s3, gs, hf, abfs, https and more"
            ) from None
