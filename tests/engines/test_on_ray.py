"""Who may take part in a run on a cluster; tests/integrations/test_ray_engine.py runs on one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import cleaner
from cleaner import Pipeline
from cleaner.engines.local import Options, clean_into
from cleaner.engines.on_ray import Place
from cleaner.errors import RunError
from cleaner.integrations.extras import MissingError
from cleaner.readers import Sources
from tests.conftest import Command


def test_a_node_that_sees_the_results_and_has_the_same_version_takes_part(tmp_path: Path) -> None:
    Place.here().check(tmp_path)


def test_a_node_without_the_folder_of_results_says_so(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"gone: node .* does not have this folder; results must"):
        Place.here().check(tmp_path / "gone" / ".run")


def test_a_node_with_another_version_says_so(tmp_path: Path) -> None:
    other = Place(str(tmp_path), "0.0.0")

    with pytest.raises(RunError, match=rf"has cleaner {cleaner.__version__}, this process 0\.0\.0"):
        other.check(tmp_path)


def test_stdin_is_refused(cleaner_command: Command, tmp_path: Path) -> None:
    done = cleaner_command("run", "-", "-o", str(tmp_path), "--engine", "ray")

    assert 2 == done.code
    assert "other processes cannot read stdin; save it to a file" in done.err


def test_without_ray_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seeds_folder: Path
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(MissingError, match=r"pip install 'cleaner\[ray\]'"):
        clean_into(tmp_path, Sources((str(seeds_folder),)), Pipeline(), Options(on_ray=True))
