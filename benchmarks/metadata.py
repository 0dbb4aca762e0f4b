"""Metadata of labelled HTML pages, beside trafilatura's: python benchmarks/metadata.py GOLD.

GOLD is a folder with dev.jsonl, whose lines are labelled, and html/ID.html.gz. With --differences
FIELD the values of a field are printed where the two differ, to be judged by eye.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

from trafilatura import extract_metadata

from cleaner.gold import read_gold
from cleaner.html.charset import declared_charset
from cleaner.html.dates import written_dates
from cleaner.html.flatten import flatten_pages
from cleaner.html.linked import folded
from cleaner.html.metadata import metadata
from cleaner.html.publication import CHANGED_RE
from cleaner.model import Label
from cleaner.text.decode import decode

FIELDS = ("title", "authors", "date", "modified", "sitename", "language", "url")
TOOLS = ("cleaner", "trafilatura")
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """A labelled page and what each tool says of it."""

    id: str
    lang: str | None
    titles: Sequence[str]
    metas: Sequence[str]
    found: Mapping[str, Values]


def ours(flat: Any) -> Values:
    found = dict(metadata(flat))
    return {**found, "language": found.get("declared_language")}


def theirs(markup: str) -> Values:
    found = extract_metadata(markup)
    names = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    fields = ("title", "date", "sitename", "language", "url")
    return {**{field: getattr(found, field) for field in fields}, "authors": names}


def read(gold: Path) -> Iterator[Page]:
    """The pages, and on stderr the time of each tool."""
    rows = list(read_gold(gold / "dev.jsonl"))
    markups = [markup(gold / "html" / f"{row.id}.html.gz") for row in rows]
    flats = flatten_pages(markups)
    found = {
        "cleaner": timed("cleaner", ours, flats),
        "trafilatura": timed("trafilatura", theirs, markups),
    }
    for i, row in enumerate(rows):
        titles, metas = (
            [line.text for line in row.lines if line.label is label]
            for label in (Label.TITLE, Label.META)
        )
        yield Page(row.id, row.lang, titles, metas, {tool: found[tool][i] for tool in TOOLS})


def markup(file: Path) -> str:
    raw = gzip.decompress(file.read_bytes())
    return decode(raw, declared_charset(raw)).text.removeprefix("\ufeff")


def timed(name: str, tool: Callable[[Any], Values], pages: Sequence[Any]) -> list[Values]:
    began = time.process_time()
    found = list(map(tool, pages))
    milliseconds = (time.process_time() - began) / len(pages) * 1e3
    print(f"{name}: {milliseconds:.2f} ms a page", file=sys.stderr)
    return found


def key(field: str, value: Any) -> object:
    """What counts of a value: letters and digits, the day of a date, names in any order."""
    if not value:
        return None
    if field == "authors":
        return frozenset(map(folded, value))
    if field in {"date", "modified"}:
        return value[:10]
    return value.rstrip("/") if field == "url" else folded(value)


def f1(one: str, other: str) -> float:
    """The harmonic mean of precision and recall of words."""
    words, others = (Counter(text.lower().split()) for text in (one, other))
    return 2 * (words & others).total() / max(1, words.total() + others.total())


def is_right(page: Page, field: str, value: Any) -> float | None:
    """How right a value is by the labelled lines; None where they do not tell.

    A title is compared with the lines labelled so, dates and names are looked for in those labelled
    meta, of which at least one must have a date that is not of a change; languages have a label.
    """
    if field == "title":
        return max((f1(value or "", line) for line in page.titles), default=None)
    if field == "date":
        days = set(written(page))
        return float((value or "")[:10] in days) if days else None
    if field == "authors":
        text = folded(" ".join(page.metas))
        return float(all(folded(name) in text for name in value)) if value else None
    if field == "language":
        return float(value == page.lang) if value else None
    return None


def written(page: Page) -> Iterator[str]:
    for line in page.metas:
        if not CHANGED_RE.search(line):
            for month_first in {False, page.lang == "en"}:
                yield from written_dates(line, month_first=month_first)


def table(pages: Sequence[Page]) -> Iterator[str]:
    heads = (f"{tool} {what}" for what in ("has", "right") for tool in TOOLS)
    yield f"{'':10}" + "".join(f"{head:>20}" for head in (*heads, "agree"))
    for field in FIELDS:
        values = {tool: [page.found[tool].get(field) for page in pages] for tool in TOOLS}
        has = [str(sum(map(bool, values[tool]))) for tool in TOOLS]
        right = [share(map(is_right, pages, repeat(field), values[tool])) for tool in TOOLS]
        keys = [[key(field, value) for value in values[tool]] for tool in TOOLS]
        agree = str(sum(one == other is not None for one, other in zip(*keys, strict=True)))
        yield f"{field:10}" + "".join(f"{cell:>20}" for cell in (*has, *right, agree))


def share(rights: Iterable[float | None]) -> str:
    told = [right for right in rights if right is not None]
    return f"{sum(told):.0f} of {len(told)} ({sum(told) / len(told):.3f})" if told else "-"


def differences(pages: Sequence[Page], field: str) -> Iterator[str]:
    for page in pages:
        one, two = (page.found[tool].get(field) for tool in TOOLS)
        if key(field, one) != key(field, two):
            yield f"{page.id}\t{one or '-'}\t{two or '-'}"


def main() -> None:
    """Print the table, or the differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--differences", choices=FIELDS)
    given = parser.parse_args()
    pages = list(read(given.gold))
    lines = differences(pages, given.differences) if given.differences else table(pages)
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
