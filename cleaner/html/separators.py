"""Titles and the names of sites that pages put beside them."""

from __future__ import annotations

import re
from collections.abc import Collection

from cleaner.html.linked import folded

# Blanks are looked at from the first of a run only: from each, a long run takes quadratic time.
SEPARATOR_RE = re.compile(
    r"(?<!\s)\s+(?:[|·•»«›‹>–—/]|-{1,3}|::?|~)\s+|(?:(?<!\s)\s+)?[|｜»«]\s*"
    r"|(?<!\s)\s+[-–—](?=\w)"
    r"|:\s+"
    # Written without blanks, before a name at the end.
    r"|[-_](?=[\u3040-\u9fff]+$)"
)
_SEPARATING = frozenset("|·•»«›‹>–—/-:~｜_")
# A name of a site is shorter, and so is a section.
LONGEST_NAME_CHARS = 50


def without_site(text: str, sites: Collection[str]) -> str:
    """A title without the pieces around it that name the site; `sites` are folded names.

    >>> without_site("Ein Tag am See - Reise | Der Bote", {"derbote"})
    'Ein Tag am See - Reise'
    >>> without_site("Der Bote: Ein Tag", {"derbote"})
    'Ein Tag'
    """
    text = " ".join(text.split())
    while cut := _without_end(text, sites):
        text = cut
    return text


def _without_end(text: str, sites: Collection[str]) -> str | None:
    """The title without its first or last piece where that is the site's name; None if not."""
    found = [] if _SEPARATING.isdisjoint(text) else list(SEPARATOR_RE.finditer(text))
    if not found:
        return None
    if _names(text[found[-1].end() :], sites):
        return text[: found[-1].start()].rstrip() or None
    if _names(text[: found[0].start()], sites):
        return text[found[0].end() :].lstrip() or None
    return None


def _names(piece: str, sites: Collection[str]) -> bool:
    return len(piece) <= LONGEST_NAME_CHARS and folded(piece) in sites


def last_piece(text: str) -> str | None:
    """What stands behind the last separator of a title: often the site's name."""
    pieces = SEPARATOR_RE.split(text)
    last = pieces[-1].strip() if len(pieces) > 1 else ""
    return last if 1 < len(last) <= LONGEST_NAME_CHARS else None
