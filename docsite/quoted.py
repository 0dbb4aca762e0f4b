"""Rows that a page quotes from a table of another page, so that a figure is written down once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# <!-- rows of benchmarks.md: cleaner; jusText --> … <!-- end of rows -->
# Of those columns only that a second line names: columns: F1 micro; body lost
_QUOTE_RE = re.compile(
    r"(?P<begin><!-- rows of (?P<page>\S+): (?P<names>[^>\n]+?)"
    r"(?:\n +columns: (?P<columns>[^>\n]+))? -->\n).*?(?P<end><!-- end of rows -->)",
    re.DOTALL,
)


def quotes_anything(page: str) -> bool:
    """Whether a page has marks for rows of another one."""
    return bool(_QUOTE_RE.search(page))


def put_into(page: str, read: Callable[[str], str]) -> str:
    """The page with the rows it asks for as they are now; `read` gives another page by its name."""

    def rows(asked: re.Match[str]) -> str:
        columns = asked["columns"].split("; ") if asked["columns"] else None
        found = list(_rows(read(asked["page"]), asked["names"].split("; ")))
        table = "\n".join(_of_columns(found, columns))
        return f"{asked['begin']}\n{table}\n\n{asked['end']}"

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


def _of_columns(rows: list[str], wanted: list[str] | None) -> Iterator[str]:
    """The rows with the first of their columns and those wanted; all of them without any."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    chosen = [0, *map(cells[0].index, wanted)] if wanted else range(len(cells[0]))
    return (f"| {' | '.join(row[i] for i in chosen)} |" for row in cells)
