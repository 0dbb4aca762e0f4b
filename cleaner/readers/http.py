"""What the header of an HTTP response, or of a WARC record, says about what follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping

HEAD_BYTES = 16_384
PAGES: Mapping[str, str] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
}
"""The format of each media type that is read."""

_STATUS_RE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+2\d\d\b")
_TYPE_RE = re.compile(rb"^content-type[ \t]*:[ \t]*([^\s;,]*)", re.IGNORECASE | re.MULTILINE)
_CHARSET_RE = re.compile(r"charset\s*=\s*(?:[\"']\s*)?([^\s;\"',]+)", re.IGNORECASE)
_END_RE = re.compile(rb"\r?\n\r?\n")


def media_format(content_type: str) -> str | None:
    """The format of a media type, with its parameters or without; None if it is not read.

    >>> media_format("Text/HTML; charset=utf-8"), media_format("image/png")
    ('html', None)
    """
    return PAGES.get(content_type.partition(";")[0].strip().lower())


def response_format(head: bytes) -> str | None:
    r"""The format of what an HTTP response brings; None if it is no page, or of an error.

    A response that names no type is taken for HTML, as by browsers.

    >>> response_format(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nText")
    'text'
    >>> response_format(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n")
    """
    if not _STATUS_RE.match(head):
        return None
    found = _TYPE_RE.search(_END_RE.split(head, maxsplit=1)[0])
    return media_format(found[1].decode("latin-1")) if found and found[1] else "html"


def charset(content_type: str) -> str | None:
    """The charset that a Content-Type names, if any.

    >>> charset('text/html; Charset="ISO-8859-1"')
    'ISO-8859-1'
    """
    found = _CHARSET_RE.search(content_type)
    return found[1] if found else None
