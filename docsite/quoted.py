"""Rows that a page quotes from a table of another page, so that a figure is written down once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# <!-- rows of benchmarks.md: cleaner; jusText --> … <!-- end of rows -->
_QUOTE_RE = re.compile(
    r"(<!-- rows of (?P<page>\S+): (?P<names>[^>]+) -->\n).*?(<!-- end of rows -->)", re.DOTALL
)


def quotes_anything(page: str) -> bool:
    """Whether a page has marks for rows of another one."""
    return bool(_QUOTE_RE.search(page))


def put_into(page: str, read: Callable[[str], str]) -> str:
    """The page with the rows it asks for as they are now; `read` gives another page by its name."""

    def rows(asked: re.Match[str]) -> str:
        names = asked["names"].split("; ")
        table = "\n".join(_rows(read(asked["page"]), names))
        return f"{asked[1]}\n{table}\n\n{asked[4]}"

    return _QUOTE_RE.sub(rows, page)


def _rows(page: str, names: list[str]) -> Iterator[str]:
    """Head and wanted rows of the first table of a page that has all of these rows."""
    for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
        head, rule, *rows = table.splitlines()
        named = {row.split("|")[1].strip(" *"): row for row in rows}
        if named.keys() >= set(names):
            yield from (head, rule, *(named[name] for name in names))
            return
    raise ValueError(f"no table has rows for all of {names}; name them as the table does")
