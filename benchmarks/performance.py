"""Speed, memory, start-up beside others: python benchmarks/performance.py GOLD_FOLDER -o docs.

GOLD_FOLDER has dev.jsonl and html/ID.html.gz, as for html_pages.py. All tools take turns on the
same few pages, in one process with one thread, and the best of several turns counts. Tools that are
not installed are left out. The tables go into performance.md, between its marks.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from html_worker import peak_bytes
from marks import written

from cleaner import Pipeline, Settings
from cleaner.evaluate import GoldPage, read_gold
from cleaner.model import HtmlPage

# As many as cleaner takes at once.
TURN_PAGES, TURNS, WARM_UP_PAGES = 128, 3, 64
START_UPS = 9
NAME = "performance"

Tool = Callable[[Sequence[Any]], object]


@dataclass
class Row:
    """A tool and the processor seconds of its best turns, page by page."""

    name: str
    run: Tool
    turns: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """For all pages."""
        return sum(self.turns)


def ledger(pipeline: Pipeline) -> Tool:
    """Rows of the ledger too, as they are written."""
    return lambda pages: [list(record.json_rows()) for record in pipeline.map(pages)]


def text_tools() -> Iterator[Row]:
    """What reads flat text; all get the same labelled pages, labels unread."""
    from quality import justext  # noqa: PLC0415  # else it counts as memory of cleaner

    full, brief = Pipeline(), Pipeline(Settings(reasons="brief"))
    yield Row("cleaner", lambda pages: list(full.map(page.text for page in pages)))
    for name, pipeline in (("brief", brief), ("full", full)):
        rows = ledger(pipeline)
        yield Row(
            f"cleaner, {name} ledger", lambda pages, rows=rows: rows([page.text for page in pages])
        )
    yield Row(f"jusText {version('jusText')}", lambda pages: [justext(page) for page in pages])
    yield from datatrove_tools()


def datatrove_tools() -> Iterator[Row]:
    """Filters of whole documents: they judge, and find no article."""
    try:
        from datatrove.data import Document  # noqa: PLC0415
        from datatrove.pipeline.filters import (  # noqa: PLC0415
            C4QualityFilter,
            FineWebQualityFilter,
        )
    except ImportError as error:
        print(f"datatrove is left out: {error}", file=sys.stderr)
        return
    for name, judge in (("C4", C4QualityFilter()), ("FineWeb", FineWebQualityFilter())):
        yield Row(
            f"datatrove {version('datatrove')}, filter of {name}",
            lambda pages, judge=judge: [judge.filter(Document(p.text, p.id)) for p in pages],
        )


def html_tools() -> Iterator[Row]:
    """What reads pages of HTML, from bytes."""
    import trafilatura  # noqa: PLC0415  # else it counts as memory of cleaner

    pipelines = {"cleaner": Pipeline()}
    rows = {
        "cleaner, brief ledger": ledger(Pipeline(Settings(reasons="brief"))),
        "cleaner, full ledger": ledger(pipelines["cleaner"]),
    }

    def pages_of(raws: Sequence[bytes]) -> list[HtmlPage]:
        return [HtmlPage(str(number), raw) for number, raw in enumerate(raws)]

    yield Row("cleaner", lambda raws: list(pipelines["cleaner"].map(pages_of(raws))))
    for name, run in rows.items():
        yield Row(name, lambda raws, run=run: run(pages_of(raws)))
    name = f"trafilatura {version('trafilatura')}"
    yield Row(name, lambda raws: [trafilatura.extract(raw) for raw in raws])
    yield Row(f"{name}, fast", lambda raws: [trafilatura.extract(raw, fast=True) for raw in raws])


def timed(tools: Sequence[Row], pages: Sequence[Any]) -> None:
    """Let all tools take turns on the pages."""
    for tool in tools:
        tool.run(pages[:WARM_UP_PAGES])
    for first in range(0, len(pages), TURN_PAGES):
        some = pages[first : first + TURN_PAGES]
        best = dict.fromkeys(range(len(tools)), float("inf"))
        for _ in range(TURNS):
            for number, tool in enumerate(tools):
                start = time.process_time()
                tool.run(some)
                best[number] = min(best[number], time.process_time() - start)
        for number, tool in enumerate(tools):
            tool.turns.append(best[number])


def table(tools: Sequence[Row], peer: str, amounts: tuple[int, int, int | None]) -> Iterator[str]:
    """A row a tool: pages, megabytes and lines a second, and how many times the peer."""
    pages, size, lines = amounts
    by_lines = "lines/s | " if lines else ""
    yield f"|  | pages/s | MB/s | {by_lines}times {peer} |"
    yield f"| --- | ---: | ---: | {'---: | ' if lines else ''}---: |"
    [of_peer] = [tool.seconds for tool in tools if tool.name.split()[0] == peer][:1]
    for tool in tools:
        a_line = f"{lines / tool.seconds:,.0f} | " if lines else ""
        yield (
            f"| {tool.name} | {pages / tool.seconds:,.0f} | {size / tool.seconds / 1e6:.2f} |"
            f" {a_line}{of_peer / tool.seconds:.2f} |"
        )


def start_ups() -> Iterator[str]:
    """Seconds from nothing to help, to a name, and to a clean text; the middle one of several."""
    cleaned = "import cleaner; cleaner.clean('Der Zug kam am Abend in die Stadt.')"
    commands = {
        "`cleaner --help`": ["-m", "cleaner", "--help"],
        "`import cleaner`": ["-c", "import cleaner"],
        "`import cleaner`, and a first text cleaned": ["-c", cleaned],
        "Python itself": ["-c", "pass"],
    }
    yield "|  | seconds |"
    yield "| --- | ---: |"
    for name, arguments in commands.items():
        yield f"| {name} | {median(_seconds_of(arguments) for _ in range(START_UPS)):.2f} |"


def _seconds_of(arguments: Sequence[str]) -> float:
    start = time.perf_counter()
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own
    return time.perf_counter() - start


def memories(folder: Path) -> Iterator[str]:
    """The most that a process held that cleaned all pages of a kind."""
    yield "|  | peak memory |"
    yield "| --- | ---: |"
    for kind in ("text", "html"):
        command = [sys.executable, __file__, str(folder), "--memory-of", kind]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # this
        yield f"| all pages as {kind}, records let go | {done.stdout.strip()} MB |"


def memory_of(kind: str, folder: Path) -> int:
    """Clean all pages of a kind; the megabytes of this process at its most."""
    pages: Iterator[HtmlPage | str] = (
        (HtmlPage(file.name, gzip.decompress(file.read_bytes())) for file in html_files(folder))
        if kind == "html"
        else (page.text for page in read_gold(folder / "dev.jsonl"))
    )
    for _ in Pipeline().map(pages):
        pass
    return peak_bytes() // 1_000_000


def html_files(folder: Path) -> list[Path]:
    """The pages as they were fetched."""
    return sorted(folder.glob("html/*.gz"))


def tables(folder: Path, count: int) -> Iterator[str]:
    """All tables, in Markdown."""
    texts: list[GoldPage] = list(read_gold(folder / "dev.jsonl"))[:count]
    raws = [gzip.decompress(file.read_bytes()) for file in html_files(folder)[:count]]
    yield f"Python {platform.python_version()}, {len(texts)} pages, one thread, processor seconds."
    tools = list(text_tools())
    timed(tools, texts)
    size = sum(len(page.text.encode()) for page in texts)
    yield "\nFlat text, whole pages:\n"
    yield from table(tools, "jusText", (len(texts), size, sum(len(page.lines) for page in texts)))
    tools = list(html_tools())
    timed(tools, raws)
    yield "\nPages of HTML, from bytes:\n"
    yield from table(tools, "trafilatura", (len(raws), sum(map(len, raws)), None))
    yield ""
    yield from start_ups()
    yield ""
    yield from memories(folder)


def main() -> None:
    """Measure, print, and write the page anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--output", type=Path, help="folder of performance.md")
    parser.add_argument("--pages", type=int, default=256)
    parser.add_argument("--memory-of", choices=("text", "html"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.memory_of:
        print(memory_of(given.memory_of, given.gold))
        return
    found = "\n".join(tables(given.gold, given.pages))
    print(found)
    if given.output:
        page = given.output / f"{NAME}.md"
        page.write_text(written(page.read_text(encoding="utf-8"), NAME, found), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
