r"""Text as Markdown that gives the same text: what would be markup is escaped by a backslash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

# Brackets of links, emphasis, code, strikethrough, tags; `_` inside of a word is none; entities.
_INLINE_RE = re.compile(
    r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|!(?=\[)|&(?=#?\w{1,40};)", re.UNICODE
)
# Headings, lists, quotes, underlines of headings, rows of tables.
_START_RE = re.compile(r"[#\-+=>:|](?!\w)|[-=:|]+(?=\W|$)|[#>=]")
_NUMBER_RE = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_SCHEMES = frozenset(("", "http", "https", "mailto", "tel", "ftp"))
# What ends an address, or is markup before a link is.
_UNSAFE_RE = re.compile(r"[\s<>()\\`|\[\]\"\x00-\x20\x7f]")
_ENTITY_RE = re.compile(r"&(?=#?\w{1,40};)")


def escaped(text: str) -> str:
    r"""A text within a line.

    >>> print(escaped("2*3 < snake_case [1] & &amp;"))
    2\*3 \< snake_case \[1\] & \&amp;
    """
    return _INLINE_RE.sub(r"\\\g<0>", text)


def as_line(markdown: str) -> str:
    r"""A line that begins no list, heading, quote or table; inline markup stands as it is.

    >>> as_line("1. Mai"), as_line("- nein"), as_line("-3 Grad"), as_line("# eins")
    ('1\\. Mai', '\\- nein', '-3 Grad', '\\# eins')
    """
    if number := _NUMBER_RE.match(markdown):
        return f"{number[1]}\\{number[2]}{markdown[number.end() :]}"
    return f"\\{markdown}" if _START_RE.match(markdown) else markdown


def verse_of(lines: Sequence[str]) -> list[str]:
    """Lines with hard breaks between."""
    return [*(f"{line}\\" for line in lines[:-1]), *lines[-1:]]


def heading(markdown: str, level: int) -> str:
    r"""A heading of a level from 1 to 6; inline markup stands as it is.

    >>> print(heading("C #", 2))
    ## C \#
    """
    closed = markdown.endswith("#")  # would close the heading, and not be of its text
    return f"{'#' * level} {markdown[:-1]}\\#" if closed else f"{'#' * level} {markdown}"


def address(href: str, base: str | None) -> str | None:
    """The address of a link as Markdown takes it, made absolute by the page's; None for none.

    >>> address("b?x=1&y=(2)", "https://example.org/a")
    'https://example.org/b?x=1&y=%282%29'
    >>> address("javascript:go()", None), address("#top", None)
    (None, None)
    """
    href = href.strip()
    try:
        whole = urljoin(base, href) if base else href
        scheme = urlsplit(whole).scheme.lower()
    except ValueError:
        return None
    if not href or href.startswith("#") or scheme not in _SCHEMES:
        return None
    quoted = _UNSAFE_RE.sub(lambda char: f"%{ord(char[0]):02X}" if char[0] < "\x80" else "", whole)
    return _ENTITY_RE.sub(r"\\&", quoted)
