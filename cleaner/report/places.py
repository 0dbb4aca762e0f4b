"""Where pages lie in a report, and lines on them; ids may be anything, numbers are safe."""

from __future__ import annotations

INDEX = "index.html"
# More files than that in one folder are slow to list on some systems.
_PAGES_A_FOLDER = 1_000


def page_name(number: int, part: int = 1) -> str:
    """Where a page of a document lies, seen from the index.

    >>> page_name(12), page_name(12_345, part=2)
    ('documents/000/00012.html', 'documents/012/12345_2.html')
    """
    suffix = f"_{part}" if part > 1 else ""
    return f"documents/{number // _PAGES_A_FOLDER:03}/{number:05}{suffix}.html"


def root_of(page: str) -> str:
    """The way from a page back to the index.

    >>> root_of("documents/000/00012.html"), root_of("index.html")
    ('../../', '')
    """
    return "../" * page.count("/")
