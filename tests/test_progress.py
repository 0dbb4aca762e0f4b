from __future__ import annotations

import time

import pytest

from cleaner.cli.progress import told
from cleaner.engines.progress import Progress
from cleaner.runs.tally import Tally


def progress(*, now: bool) -> Progress:
    """Half of 1,000 bytes done, in about ten seconds if now."""
    whole = Tally(documents=90, failed=10, chars=1_000, kept_chars=600)
    began = time.perf_counter() - 10
    return Progress(whole, whole if now else Tally(), 1, 500, 500 if now else 0, began)


@pytest.mark.parametrize(
    ("now", "bytes_in_all", "expected"),
    [
        pytest.param(
            True,
            1_000,
            "100 documents, 10.0/s, 40.0% removed, 10 failed, 0:00:10 left",
            id="size known",
        ),
        pytest.param(
            True, None, "100 documents, 10.0/s, 40.0% removed, 10 failed", id="size unknown"
        ),
        pytest.param(
            False, 1_000, "100 documents, 40.0% removed, 10 failed", id="nothing done since start"
        ),
    ],
)
def test_progress_is_told_in_a_line(now: bool, bytes_in_all: int | None, expected: str) -> None:  # noqa: FBT001
    assert expected == told(progress(now=now), bytes_in_all)
