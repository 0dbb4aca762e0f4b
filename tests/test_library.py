"""Manners of a library: examples that run and are typed, processes, no state, no noise."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import re
import threading
from pathlib import Path

import pytest

from cleaner import Pipeline, Settings
from tests.conftest import ROOT
from tests.examples import Example, examples, ran, untyped
from tests.laws import REAL, rows_of

PAGE = "library.md"
EXAMPLES = list(examples(PAGE))
TEXTS = ["\n".join(REAL[n:] + REAL[:n]) for n in range(3)]


@pytest.mark.parametrize("example", EXAMPLES, ids=[each.heading for each in EXAMPLES])
def test_every_example_runs(example: Example, tmp_path: Path) -> None:
    page = (ROOT / "docs" / PAGE).read_text(encoding="utf-8")
    [pack] = re.findall(r"```toml title=[^\n]*\n(.*?)```", page, re.DOTALL)
    (tmp_path / "deals.toml").write_text(pack, encoding="utf-8")

    assert not ran(example, tmp_path, os.environ)


def test_every_example_is_typed(tmp_path: Path) -> None:
    assert [] == untyped(PAGE, tmp_path)


def test_a_stage_of_ones_own_takes_ten_lines() -> None:
    [example] = [each for each in EXAMPLES if each.heading == "A stage of your own"]
    written = [line for line in example.code.splitlines() if line and "assert" not in line]

    assert len(written) <= 10


def cleaned_there(pipeline: Pipeline, text: str) -> tuple[str, ...]:
    return rows_of(text, pipeline)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes_make_the_same_bytes(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"there is no {method} here")
    pipeline = Pipeline(Settings(preset="gentle"))
    expected = [rows_of(text, pipeline) for text in TEXTS]  # used before it is forked

    with multiprocessing.get_context(method).Pool(1) as pool:
        actual = pool.starmap(cleaned_there, [(pipeline, text) for text in TEXTS])

    assert expected == actual


def test_pipelines_do_not_hear_of_each_other() -> None:
    usual = rows_of(TEXTS[0], Pipeline())

    other = rows_of(TEXTS[0], Pipeline(Settings(preset="off")).without("ticker"))

    assert usual != other
    assert usual == rows_of(TEXTS[0], Pipeline())


def test_rules_that_come_in_twice_are_there_once() -> None:
    sent = pickle.dumps(Pipeline())

    first, second = pickle.loads(sent), pickle.loads(sent)  # noqa: S301  # our own bytes

    assert first.rules is second.rules


def test_the_library_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    handlers, threads = list(logging.root.handlers), threading.active_count()

    Pipeline().run(TEXTS[0])

    assert ("", "") == capfd.readouterr()
    assert handlers == logging.root.handlers
    assert threads == threading.active_count()
