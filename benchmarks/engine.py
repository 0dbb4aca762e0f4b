"""How a run scales: python benchmarks/engine.py speed|memory FOLDER [DOCUMENTS].

`speed` cleans the same made pages with 1 and with 2 workers, in turns, and prints seconds, the
processor time of all processes, that of whatever else runs on the machine, and the ratio; where
others take more than a little, the ratio says nothing. `memory` cleans many tiny documents with 2
workers and prints the memory of all processes together, by documents done. Both write into FOLDER.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

SEEDS = Path(__file__).parents[1] / "seeds"
ROUNDS = 3
SAMPLE_SECONDS = 0.5
MEGABYTE = 1 << 20


def pages(file: Path, count: int) -> None:
    """Pages of some seventy lines, shuffled from the seeds: no two are alike."""
    chance = random.Random(1)  # noqa: S311  # nothing secret
    texts = [seed.read_text(encoding="utf-8") for seed in sorted(SEEDS.glob("*.txt"))]
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    rows = (json.dumps({"text": "\n".join(chance.sample(lines, 70))}) for _ in range(count))
    file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def tiny(file: Path, count: int) -> None:
    """Documents of one short line."""
    with file.open("w", encoding="utf-8") as opened:
        opened.writelines(f'{{"text": "Der Zug {n} kam um acht Uhr an."}}\n' for n in range(count))


def cleaned(
    source: Path, out: Path, workers: int, sample: Callable[[int], None] = lambda _: None
) -> tuple[float, float]:
    """Wall and processor seconds of a run; `sample` gets the process now and then."""
    command = [sys.executable, "-m", "cleaner", "run", str(source), "-o", str(out), "--fresh"]
    before, started = os.times(), time.perf_counter()
    command += ["--workers", str(workers)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:  # noqa: S603  # our own
        ended = threading.Event()
        sampler = threading.Thread(target=_sampled, args=(run.pid, sample, ended))
        sampler.start()
        code = run.wait()
        ended.set()
        sampler.join()
    if code:
        raise SystemExit(f"the run ended with {code}")
    after = os.times()
    spent = after.children_user + after.children_system
    return time.perf_counter() - started, spent - before.children_user - before.children_system


def _sampled(pid: int, sample: Callable[[int], None], ended: threading.Event) -> None:
    while not ended.wait(SAMPLE_SECONDS):
        sample(pid)


def speed(folder: Path, count: int) -> None:
    source = folder / "pages.jsonl"
    pages(source, count)
    print(f"{count:,} pages, {source.stat().st_size / MEGABYTE:.1f} MB")
    best: dict[int, float] = {}
    for _ in range(ROUNDS):
        for workers in (1, 2):
            before = _busy()
            wall, spent = cleaned(source, folder / "out", workers)
            others = _busy() - before - spent
            times = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))["times"]
            seconds = times["seconds"]
            best[workers] = min(best.get(workers, seconds), seconds)
            busy = times["cleaning_seconds"] / (seconds * workers)
            print(
                f"{workers} workers: {seconds:6.1f} s ({wall:.1f} with start-up),"
                f" {spent:6.1f} s of processors, others {max(0, others):.1f} s,"
                f" {count / seconds:6.1f} pages/s,"
                f" workers cleaning {busy:.0%} of the time"
            )
    print(f"ratio of the best: {best[1] / best[2]:.2f}")


def _busy() -> float:
    """The seconds that all processors have worked, for anybody."""
    times = psutil.cpu_times()
    return float(times.user + times.system + getattr(times, "nice", 0.0))


def memory(folder: Path, count: int) -> None:
    source = folder / "tiny.jsonl"
    tiny(source, count)
    shards = folder / "out" / ".run"
    told = 0
    most: dict[str, int] = {"rss": 0, "pss": 0}

    def sample(pid: int) -> None:
        nonlocal told
        try:
            parent = psutil.Process(pid)
            infos = [p.memory_full_info() for p in (parent, *parent.children(recursive=True))]
        except psutil.Error:
            return
        for kind, held in list(most.items()):
            most[kind] = max(held, sum(getattr(info, kind) for info in infos))
        done = sum(1 for _ in shards.glob("[0-9]*[0-9]")) * 256 if shards.exists() else 0
        if done >= told + count // 20:
            told = done
            held = sum(info.rss for info in infos) // MEGABYTE
            print(f"{done:>10,} documents: {held:,} MB", flush=True)

    wall, spent = cleaned(source, folder / "out", 2, sample)
    megabytes = {kind: f"{held // MEGABYTE:,} MB" for kind, held in most.items()}
    print(f"{count:,} documents in {wall:.0f} s, {spent:.0f} s of processors; at most {megabytes}")


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    place = Path(where)
    place.mkdir(parents=True, exist_ok=True)
    usual = {"speed": 4_000, "memory": 1_000_000}
    {"speed": speed, "memory": memory}[what](place, int(rest[0]) if rest else usual[what])
