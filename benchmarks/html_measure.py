"""Tools in processes of their own that take turns, a few pages each.

So what else the machine does hits all alike, and no tool is slowed by what another has in memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from html_scores import Quality
from html_tools import Extracted

from cleaner.evaluate import GoldPage

WORKER = Path(__file__).with_name("html_worker.py")
# All tools get so many pages at once, which cleaner reads together.
PAGES_AT_ONCE = 32
# As many threads as the tools that have none.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Answer:
    """What a tool made of some pages, in how much processor time, and its peak so far."""

    found: Sequence[Extracted | None]
    seconds: float
    peak_bytes: int


class Worker:
    """A tool in a process of its own; a context manager."""

    def __init__(self, tool: str, folder: Path) -> None:
        self._folder = str(folder)
        self._process = subprocess.Popen(  # noqa: S603  # our own
            [sys.executable, WORKER, tool],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, **ONE_THREAD},
        )

    def __enter__(self) -> Worker:  # noqa: PYI034  # typing.Self is of Python 3.11
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, pages: Iterable[GoldPage]) -> Answer:
        """What the tool makes of these pages.

        Raises:
            RuntimeError: its process ended.
        """
        asked = [(self._folder, page.id, page.lang) for page in pages]
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a worker without pipes")
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        answered = self._process.stdout.readline()
        if not answered:
            raise RuntimeError(f"{self._process.args}: its process ended; see above for why")
        found = json.loads(answered)
        texts = [kept and Extracted(*kept) for kept in found["found"]]
        return Answer(texts, found["seconds"], found["peak_bytes"])


@dataclass
class Measured:
    """What was measured of a tool: its quality, and its best time for each group of pages."""

    quality: Quality = field(default_factory=Quality)
    seconds: dict[int, float] = field(default_factory=dict)
    peak_bytes: int = 0


def measure(
    tools: Sequence[str],
    folder: Path,
    pages: Sequence[GoldPage],
    timed: Sequence[GoldPage],
    repeats: int,
) -> dict[str, Measured]:
    """Each tool on all pages, which warms it up, then on the timed ones again and again."""
    found = {name: Measured() for name in tools}
    with ExitStack() as stack:
        workers = {name: stack.enter_context(Worker(name, folder)) for name in tools}
        for number, some in enumerate(groups(pages), 1):
            _score(workers, some, found)
            tell(f"{min(number * PAGES_AT_ONCE, len(pages))} of {len(pages)} pages")
        for repeat in range(repeats):
            _time(workers, timed, found)
            tell(f"timed {repeat + 1} of {repeats} times")
    return found


def _score(
    workers: Mapping[str, Worker], pages: Sequence[GoldPage], found: Mapping[str, Measured]
) -> None:
    for name, worker in workers.items():
        answer = worker.ask(pages)
        found[name].peak_bytes = answer.peak_bytes
        for page, kept in zip(pages, answer.found, strict=True):
            found[name].quality.add(page, kept)


def _time(
    workers: Mapping[str, Worker], pages: Sequence[GoldPage], found: Mapping[str, Measured]
) -> None:
    for i, some in enumerate(groups(pages)):
        for name, worker in workers.items():
            answer, best = worker.ask(some), found[name].seconds
            best[i] = min(answer.seconds, best.get(i, answer.seconds))
            found[name].peak_bytes = answer.peak_bytes


def groups(pages: Sequence[GoldPage]) -> Iterator[Sequence[GoldPage]]:
    """Pages that a tool gets at once."""
    return (pages[i : i + PAGES_AT_ONCE] for i in range(0, len(pages), PAGES_AT_ONCE))


def spread(pages: Sequence[GoldPage], number: int) -> list[GoldPage]:
    """So many of the pages, evenly from first to last."""
    number = min(number, len(pages))
    return [pages[i * len(pages) // number] for i in range(number)]


def tell(said: str) -> None:
    """Say how far a long run is."""
    print(said, file=sys.stderr, flush=True)
