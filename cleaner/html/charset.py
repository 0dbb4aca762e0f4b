"""The charset that a page or its HTTP header names."""

from __future__ import annotations

import re

# Browsers look for the charset in the first 1,024 bytes; real pages have it a little later, too.
CHARSET_BYTES = 2048
_CHARSET_RE = re.compile(
    rb"""(?:<meta\s[^>]*?charset|<\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_HEADER_RE = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def declared_charset(raw: bytes) -> str | None:
    """The charset a page names in its first bytes.

    UTF-16 does not count: a name that can be read in ASCII is not written in it.

    >>> declared_charset(b'<meta http-equiv=content-type content="text/html; charset=KOI8-R">')
    'KOI8-R'
    >>> declared_charset(b"<meta charset='utf-16'>")
    """
    found = _CHARSET_RE.search(raw[:CHARSET_BYTES])
    charset = found.group(1).decode("ascii") if found else None
    return None if charset and charset.lower().startswith(("utf-16", "utf-32")) else charset


def header_charset(content_type: str) -> str | None:
    """The charset in an HTTP header `Content-Type`.

    >>> header_charset('text/html; charset="iso-8859-1"')
    'iso-8859-1'
    """
    found = _HEADER_RE.search(content_type)
    return found.group(1) if found else None
