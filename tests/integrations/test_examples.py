"""The examples of docs/integrations.md, each in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.examples import Example, examples, ran, untyped
from tests.integrations.hosts import ALL_HOSTS, needed

PAGE = "integrations.md"
SLOW_TO_START = ("Ray Data", "Spark")
EXAMPLES = list(examples(PAGE))
_HOST_RE = re.compile(
    r"^(?:import|from) (datasets|datatrove|ray|pyspark|pandas|polars)\b", re.MULTILINE
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the examples read."""
    row = json.dumps({"id": "a", "text": "Ein Satz steht hier."})
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "a.jsonl").write_text(row, encoding="utf-8")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.jsonl.gz").write_bytes(gzip.compress(row.encode()))
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES, ids=[each.heading for each in EXAMPLES])
def test_every_example_runs(example: Example, folder: Path) -> None:
    for host in _HOST_RE.findall(example.code):
        needed(host)
    if example.heading in SLOW_TO_START and not ALL_HOSTS:
        pytest.skip("takes long to start: make integrations")

    assert not ran(example, folder, {**os.environ, "PYSPARK_PYTHON": sys.executable})


def test_every_example_is_typed(tmp_path: Path) -> None:
    assert [] == untyped(PAGE, tmp_path)
