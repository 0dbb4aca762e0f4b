"""Lines of a diff to text for a terminal, or to Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from rich.text import Text

from cleaner.diff.lines import Kind, Line
from cleaner.diff.runs import Compared
from cleaner.text.hidden import inert

STYLES: Mapping[Kind, str] = {
    Kind.DOCUMENT: "bold",
    Kind.HUNK: "cyan",
    Kind.GONE: "red",
    Kind.BACK: "green",
    Kind.OTHER: "yellow",
    Kind.SAME: "",
    Kind.REASON: "dim",
}


def coloured(lines: Iterable[Line]) -> Iterator[Text]:
    """Each line in its colour; a blank one before each document but the first."""
    started = False
    for line in lines:
        if line.kind is Kind.DOCUMENT and started:
            yield Text()
        started = True
        yield Text(line.text, style=STYLES[line.kind])


def markdown(lines: Iterable[Line]) -> Iterator[str]:
    """A heading for each document, its lines in a fenced block."""
    fenced = False
    for line in lines:
        if line.kind is Kind.DOCUMENT:
            yield from ("```", "") if fenced else ()
            yield from (f"### {_code(line.text)}", "", "```diff")
            fenced = True
        else:
            # No line can close the fence: each begins with a mark other than a blank, or a number.
            yield line.text
    yield from ("```",) if fenced else ()


def summary(compared: Compared) -> Iterator[str]:
    """What two runs have in common and what not, in Markdown that reads well as it is."""
    documents = (f"{number:,} {what}" for what, number in compared.documents.most_common())
    yield f"Documents: {', '.join(documents) or 'none'}."
    if not compared.labels:
        yield ""
        yield "No line has another label."
        return
    labels = ((b, a, n, compared.chars[b, a]) for (b, a), n in compared.labels.most_common())
    rules = ((b, a, n) for (b, a), n in compared.rules.most_common())
    yield from _table(("label before", "label after", "lines", "characters"), labels)
    yield from _table(("decided before", "decided after", "lines"), rules)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> Iterator[str]:
    """A table in Markdown, its columns aligned."""
    shown = [head, *(tuple(map(_cell, row)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    numeric = [name in {"lines", "characters"} for name in head]
    ruled = tuple("-" * (w - n) + ":" * n for w, n in zip(widths, numeric, strict=True))
    yield ""
    for row in chain(shown[:1], [ruled], shown[1:]):
        cells = (
            cell.rjust(w) if n else cell.ljust(w)
            for cell, w, n in zip(row, widths, numeric, strict=True)
        )
        yield f"| {' | '.join(cells)} |"


def _cell(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else inert(value).replace("|", "\\|")


def _code(text: str) -> str:
    """A text as Markdown shows it unchanged; its own back quotes become quotes."""
    return f"`{text.replace('`', chr(39))}`"
