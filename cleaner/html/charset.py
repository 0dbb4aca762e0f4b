"""The charset that a page or its HTTP header names."""

from __future__ import annotations

import re

from cleaner.text.charsets import declared_codecs

# Browsers look for the charset in the first 1,024 bytes; real pages have it a little later, too.
CHARSET_BYTES = 2048
_VALUE = rb"""(?:"([^"]*)"|'([^']*)'|([^\s>]*))"""
_ATTRIBUTE_RE = re.compile(rb"([^\s/>][^\s/>=]*)(?:\s*=\s*%b)?" % _VALUE)
# Comments, tags with their attributes, and what else stands in angle brackets.
_MARKUP_RE = re.compile(
    rb"""<!(?=--).*?(?:-->|\Z)|</?([a-z][^\s/>]*)((?:[\s/]*[^\s/>][^\s/>=]*"""
    rb"""(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?)*)|<[!/?][^>]*""",
    re.IGNORECASE | re.DOTALL,
)
_XML_RE = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*(?:["']\s*)?([\w.:-]+)""", re.IGNORECASE)
_HEADER_RE = re.compile(r"""charset\s*=\s*(?:["']\s*)?([\w.:-]+)""", re.IGNORECASE)


def declared_charset(raw: bytes) -> str | None:
    """The charset a page names in its first bytes (HTML standard, 13.2.3.2, prescan).

    UTF-16 does not count: a name that can be read in ASCII is not written in it.

    >>> declared_charset(b'<meta http-equiv=content-type content="text/html; charset=KOI8-R">')
    'KOI8-R'
    >>> declared_charset(b"<meta charset='utf-16'>")
    """
    head = raw[:CHARSET_BYTES]
    tags = (found for found in _MARKUP_RE.finditer(head) if (found[1] or b"").lower() == b"meta")
    charsets = [charset for tag in tags if (charset := _charset_of_meta(tag[2]))]
    xml = _XML_RE.match(head)
    named = [*charsets, *([xml[1].decode("ascii", "replace")] if xml else [])]
    found = next((charset for charset in named if declared_codecs(charset)), None)
    return None if found and declared_codecs(found)[0].startswith("utf-16") else found


def _charset_of_meta(source: bytes) -> str | None:
    given: dict[str, str] = {}
    for key, *values in _ATTRIBUTE_RE.findall(source):
        value = b"".join(values).decode("ascii", "replace")
        given.setdefault(key.lower().decode("ascii", "replace"), value)
    if "charset" in given:
        return given["charset"].strip()
    if given.get("http-equiv", "").lower() == "content-type":
        return header_charset(given.get("content", ""))
    return None


def header_charset(content_type: str) -> str | None:
    """The charset in an HTTP header `Content-Type`.

    >>> header_charset('text/html; charset="iso-8859-1"')
    'iso-8859-1'
    """
    found = _HEADER_RE.search(content_type)
    return found.group(1) if found else None
