"""Where pages lie in a report, and lines on them; ids may be anything, numbers are safe."""

from __future__ import annotations

import re

INDEX = "index.html"
# More files than that in one folder are slow to list on some systems.
_PAGES_A_FOLDER = 1_000
_PAGE_RE = re.compile(r"documents/\d{3,9}/(\d{5,12})(?:_(\d{1,6}))?\.html", re.ASCII)


def page_name(number: int, part: int = 1) -> str:
    """Where a page of a document lies, seen from the index.

    >>> page_name(12), page_name(12_345, part=2)
    ('documents/000/00012.html', 'documents/012/12345_2.html')
    """
    suffix = f"_{part}" if part > 1 else ""
    return f"documents/{number // _PAGES_A_FOLDER:03}/{number:05}{suffix}.html"


def numbers_of(page: str) -> tuple[int, int] | None:
    """The number of the document and of its page, by where that lies; None where no page lies.

    >>> numbers_of("documents/012/12345_2.html"), numbers_of("documents/000/12345.html")
    ((12345, 2), None)
    """
    named = _PAGE_RE.fullmatch(page)
    if not named:
        return None
    number, part = int(named[1]), int(named[2] or 1)
    return (number, part) if page_name(number, part) == page else None


def root_of(page: str) -> str:
    """The way from a page back to the index.

    >>> root_of("documents/000/00012.html"), root_of("index.html")
    ('../../', '')
    """
    return "../" * page.count("/")
