"""A crawl that goes on for as long as asked, cleaned at full speed: what is held must not grow.

`python -m tests.engines.load MINUTES` cleans made documents with two workers into a folder of its
own, some of them hostile and some deadly for a worker; it watches memory and file handles of all
processes, and looks in the end whether every document came out once. Exit status 1 if not, or if
what is held has grown.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from cleaner.engines.local import clean_into
from cleaner.engines.progress import Progress
from cleaner.readers.raw import Raw
from cleaner.writers.runs import json_rows
from tests.engines import made
from tests.engines.program import options, pipeline

WORKERS = 2
# Of so many documents one is hostile, and one ends its worker or takes all its time.
A_HOSTILE_ONE, A_DEADLY_ONE = 100, 3_000
SECONDS_A_DOCUMENT = 2
HOSTILE: Sequence[tuple[str, bytes]] = (
    ("text", b"x" * 200_000),
    ("text", b"\x00\xff\xfe\x80" * 500),
    ("text", b"Kommentare\n" * 3_000),
    ("html", b"<div>" * 2_000 + b"Ein Satz."),
    ("html", b"<p style='" + b"a:b;" * 5_000 + b"'>Ein Satz.</p>"),
    ("jsonl", b'{"text": '),
    ("jsonl", b'{"id": 7}'),
)
DEADLY = ("HANG", "EXIT", "RAISE")
# What is held may differ so much between two quarters by chance: workers are replaced now and then.
SLACK_MEGABYTES, SLACK_HANDLES = 128, 16
MEGABYTE = 1 << 20


@dataclass
class Watched:
    """What all processes held together, a row a second: seconds, megabytes, file handles."""

    rows: list[tuple[float, float, int]] = field(default_factory=list)

    def watch(self, over: threading.Event) -> None:
        """Look every second until it is over."""
        own, start = psutil.Process(), time.monotonic()
        while not over.wait(1):
            held = [_held(each) for each in (own, *own.children(recursive=True))]
            self.rows.append(
                (time.monotonic() - start, sum(m for m, _ in held), sum(n for _, n in held))
            )

    def quarter(self, number: int) -> tuple[float, float]:
        """The median megabytes and handles of a quarter of the time, from 1."""
        size = max(1, len(self.rows) // 4)
        rows = self.rows[(number - 1) * size : number * size]
        return median(row[1] for row in rows), median(row[2] for row in rows)

    @property
    def slope(self) -> float:
        """Megabytes an hour, by least squares over the second half."""
        rows = self.rows[len(self.rows) // 2 :]
        times, held = [row[0] for row in rows], [row[1] for row in rows]
        mean_time, mean_held = sum(times) / len(rows), sum(held) / len(rows)
        spread = sum((t - mean_time) ** 2 for t in times)
        joint = sum((t - mean_time) * (m - mean_held) for t, m in zip(times, held, strict=True))
        return 3600 * joint / spread if spread else 0.0


def _held(process: psutil.Process) -> tuple[float, int]:
    try:
        return process.memory_info().rss / MEGABYTE, process.num_fds()
    except psutil.Error:  # it has ended
        return 0.0, 0


@dataclass
class Crawl:
    """Documents without end, until the time is over; `count` is how many there were."""

    seconds: float
    count: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def __iter__(self) -> Iterator[Raw]:
        end, rows = time.monotonic() + self.seconds, made.documents(997)
        while time.monotonic() < end:
            yield self._next(rows[self.count % len(rows)])
            self.count += 1
        self.over.set()

    def _next(self, row: str) -> Raw:
        number, name = self.count, f"d{self.count}"
        if number % A_DEADLY_ONE == A_DEADLY_ONE - 1:
            word = DEADLY[number // A_DEADLY_ONE % len(DEADLY)]
            return Raw(name, "text", f"{word} {made.TEXT}.".encode(), name)
        if number % A_HOSTILE_ONE == 0:
            form, content = HOSTILE[number // A_HOSTILE_ONE % len(HOSTILE)]
            return Raw(name, form, content, name)
        try:
            text = json.loads(row)
        except ValueError:
            return Raw(name, "jsonl", row.encode(), name)
        return Raw(name, "html" if "html" in text else "text", _content(text).encode(), name)


def _content(row: dict[str, str]) -> str:
    return row.get("html") or row["text"]


def faults(out: Path, crawl: Crawl, progress: Progress, watched: Watched) -> Iterator[str]:
    """What is wrong with a load run."""
    seen = [json.loads(row)["id"] for row in json_rows(out, "documents")]
    failed = sum(1 for _ in json_rows(out, "failed"))
    if len(set(seen)) != len(seen):
        yield f"{len(seen) - len(set(seen))} documents came out twice"
    if len(seen) + failed != crawl.count or progress.shards == 0:
        yield f"{crawl.count} documents went in, {len(seen)} came out and {failed} failed"
    (before, handles), (after, more) = watched.quarter(2), watched.quarter(4)
    if after > before + SLACK_MEGABYTES:
        yield f"memory grew from {before:.0f} to {after:.0f} MB"
    if more > handles + SLACK_HANDLES:
        yield f"file handles grew from {handles:.0f} to {more:.0f}"


def _told(
    crawl: Crawl, progress: Progress, watched: Watched, found: Sequence[str]
) -> Iterator[str]:
    failures = ", ".join(f"{count} {name}" for name, count in progress.whole.failures.items())
    yield f"{crawl.count:,} documents in {watched.rows[-1][0]:.0f} seconds; failed: {failures}"
    for number in (1, 2, 3, 4):
        megabytes, handles = watched.quarter(number)
        yield f"quarter {number}: {megabytes:.0f} MB, {handles:.0f} file handles (medians)"
    yield f"slope over the second half: {watched.slope:+.0f} MB an hour"
    yield from found or ["every document came out once, and nothing that is held has grown"]


def main(minutes: str) -> int:
    """Run, and tell what was held."""
    crawl, watched = Crawl(float(minutes) * 60), Watched()
    watcher = threading.Thread(target=watched.watch, args=(crawl.over,))
    watcher.start()
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        out = Path(folder)
        try:
            how = options(workers=WORKERS, seconds=SECONDS_A_DOCUMENT)
            progress = clean_into(out, crawl, pipeline(reasons="brief"), how)
        finally:
            crawl.over.set()
            watcher.join()
        found = list(faults(out, crawl, progress, watched))
    print("\n".join(_told(crawl, progress, watched, found)))  # noqa: T201
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
