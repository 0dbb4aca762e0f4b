"""Documents made for runs, and what a run makes of them."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil

from tests.conftest import ROOT
from tests.engines import program

TEXT = (
    "der Zug kam am Abend in die Stadt und die Leute warteten vor dem Bahnhof auf den Bus weil"
    " es regnete; niemand wusste, wann er fahren würde, sagte ein Mann mit Hut"
)
WORDS = TEXT.split()
_PROGRAM = f"import sys; from {program.__name__} import main; sys.exit(main(*sys.argv[1:]))"
NOISE = ["Kommentare", "Lesen Sie auch: Der neue Bahnhof", "Teilen", "- Mehr Züge ab Dezember"]


def documents(count: int, seed: int = 1) -> list[str]:
    """Rows of JSONL: most are texts, some pages of HTML, some the same id again, some no rows."""
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    return [_row(number, chance) for number in range(count)]


def _row(number: int, chance: random.Random) -> str:
    lines = [" ".join(chance.choices(WORDS, k=chance.randint(6, 30))) + "." for _ in range(3)]
    lines += chance.sample(NOISE, chance.randint(0, 2))
    kind = chance.random()
    if kind < 0.02:
        return '{"text": '
    if kind < 0.05:
        return json.dumps({"text": "\n".join(lines), "id": "again"})
    if kind < 0.1:
        return json.dumps({"html": "".join(f"<p>{line}</p>" for line in lines)})
    return json.dumps({"id": f"d{number}", "text": "\n".join(lines)})


def texts(*starts: str) -> list[str]:
    """Rows of JSONL whose texts begin so."""
    rows = ((f"t{n}", f"{start} {TEXT}.") for n, start in enumerate(starts))
    return [json.dumps({"id": name, "text": text}) for name, text in rows]


def write(folder: Path, rows: Iterable[str]) -> Path:
    """A file of these rows."""
    file = folder / "crawl.jsonl"
    file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def begun(out: Path, source: Path, **options: Any) -> subprocess.Popen[bytes]:
    """The program, begun in a process group of its own."""
    arguments = [str(out), str(source), json.dumps(options)]
    return subprocess.Popen(
        # Imported, not run as a module: so its stage can be sent to other machines.
        [sys.executable, "-c", _PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def ran(out: Path, source: Path, **options: Any) -> tuple[int, str]:
    """The program run to its end: its exit status, and what it said."""
    with begun(out, source, **options) as running:
        _, said = running.communicate()
    return running.returncode, said.decode()


def workers(process: psutil.Process) -> list[psutil.Process]:
    """The worker processes of a process; another child of it is Python's own."""
    return [each for each in process.children() if "spawn_main" in " ".join(each.cmdline())]


def results(out: Path) -> dict[str, Any]:
    """All that a run wrote: the bytes of its files, and run.json without its times."""
    found: dict[str, Any] = {
        str(file.relative_to(out)): file.read_bytes()
        for file in sorted(out.rglob("*"))
        if file.is_file()
    }
    summary = json.loads(found.pop("run.json"))
    del summary["times"]
    return {**found, "run": summary}
