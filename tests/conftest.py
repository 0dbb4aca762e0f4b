"""What all tests share: hypothesis profiles, the seeds, and the command line as a function."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import HealthCheck, settings

from cleaner import Pipeline, Record
from cleaner.engines.cleaning import add
from cleaner.model import Failure
from cleaner.runs.tally import Tally
from cleaner.writers.rows import RUN, Rows, files_of, summary_file

ROOT = Path(__file__).resolve().parent.parent
# What Unicode says turns round the text beside it.
BIDI_CONTROLS = "".join(regex.findall(r"\p{Bidi_Control}", "".join(map(chr, range(0xD800)))))

# Texts are slow to draw beside what is tested; the first example loads the language profiles.
_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("default", max_examples=40, **_CALM)
settings.register_profile("thorough", max_examples=2_000, **_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said where."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture(scope="session")
def seeds_folder() -> Path:
    """The five source documents."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The default pipeline; it holds no state."""
    return Pipeline()


@pytest.fixture(scope="session")
def seeds_report(
    tmp_path_factory: pytest.TempPathFactory, seeds_folder: Path, pipeline: Pipeline
) -> Path:
    """The index of a report on a run over the seeds; the run is the folder around it."""
    from cleaner.engines.local import clean_into  # noqa: PLC0415  # few tests need it
    from cleaner.readers import split  # noqa: PLC0415
    from cleaner.report import write_report  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("seeds") / "seeds"
    clean_into(folder, split([str(seeds_folder)]), pipeline)
    return write_report(folder)


@pytest.fixture
def cleaner_command(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """Runs `cleaner ARGS` in this process, in an empty folder, with bytes on stdin."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    # Worker processes take a second to start; tests of them ask for them.
    monkeypatch.setenv("CLEANER_WORKERS", "0")

    def run(*args: object, stdin: bytes = b"") -> Ran:
        from cleaner.cli import main  # noqa: PLC0415  # tests of the library need no command line

        monkeypatch.setattr(sys, "argv", ["cleaner", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        return Ran(code, *capfd.readouterr())

    return run


def write_run(folder: Path, outcomes: Iterable[Record | Failure], **run: Any) -> Path:
    """The folder of a run with these results, and this in its run.json."""
    written, tally = Rows([], [], []), Tally()
    for outcome in outcomes:
        add(written, tally, outcome)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**files_of(written), RUN: summary_file(run)}.items():
        (folder / name).write_bytes(content)
    return folder


def rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file."""
    return [json.loads(row) for row in file.read_text(encoding="utf-8").split("\n") if row]


def names(folder: Path) -> Sequence[str]:
    """The names of the files in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir())
