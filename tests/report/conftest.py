from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Pipeline
from cleaner.engines.local import clean_into
from cleaner.report import write_report
from cleaner.text.segment import segment


@pytest.fixture(scope="session")
def seeds_report(tmp_path_factory: pytest.TempPathFactory, seeds_folder: Path) -> Path:
    """The index of a report on a run over the seeds; the run is the folder around it."""
    folder = tmp_path_factory.mktemp("seeds")
    files = sorted(seeds_folder.glob("*.txt"))
    texts = ((file, file.read_bytes().decode("utf-8")) for file in files)
    clean_into(folder, [segment(t, f.name, path=str(f)) for f, t in texts], Pipeline())
    return write_report(folder)
