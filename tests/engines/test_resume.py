"""What was finished is taken up if it belongs to the same run, and never mixed with another."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner import Pipeline, Settings
from cleaner.engines.local import Listener, Options, clean_into
from cleaner.engines.progress import Progress
from cleaner.errors import RunError
from cleaner.readers import split
from cleaner.readers.raw import Raw
from cleaner.runs.shards import ShardSize
from tests.conftest import names
from tests.engines import made
from tests.engines.program import SHARD_DOCUMENTS, pipeline, run

SHARDS = 3


class Cut(Exception):  # noqa: N818  # nothing is wrong
    """The run is cut off here."""


def cut_at(shards: int) -> Listener:
    """Who cuts a run off once it has so many shards."""

    def cut(done: Progress) -> None:
        if done.shards == shards:
            raise Cut

    return Listener(cut)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of three shards."""
    return made.write(tmp_path, made.documents(SHARDS * SHARD_DOCUMENTS))


@pytest.fixture
def half(tmp_path: Path, source: Path) -> Path:
    """The folder of a run of which two shards are finished."""
    with pytest.raises(Cut):
        run(tmp_path / "out", source, cut_at(2))
    return tmp_path / "out"


@pytest.fixture
def expected(tmp_path: Path, source: Path) -> dict[str, Any]:
    """What comes out when nothing happens."""
    run(tmp_path / "expected", source)
    return made.results(tmp_path / "expected")


def test_finished_shards_are_not_cleaned_again(
    half: Path, source: Path, expected: dict[str, Any]
) -> None:
    done = run(half, source)

    assert (SHARDS, SHARD_DOCUMENTS) == (done.shards, done.now.documents + done.now.failed)
    assert expected == made.results(half)


def test_a_finished_run_is_done_anew(tmp_path: Path, source: Path) -> None:
    run(tmp_path / "out", source)

    again = run(tmp_path / "out", source)

    assert again.now == again.whole


def test_nothing_but_results_is_left_when_a_run_is_finished(half: Path, source: Path) -> None:
    run(half, source)

    assert ["documents.jsonl", "failed.jsonl", "removed.jsonl", "run.json"] == names(half)


def test_results_of_an_earlier_run_stay_until_the_new_ones_are_there(
    tmp_path: Path, source: Path
) -> None:
    (tmp_path / "one").mkdir()
    out = tmp_path / "out"
    run(out, made.write(tmp_path / "one", made.texts("Da")))
    before = made.results(out)

    with pytest.raises(Cut):
        run(out, source, cut_at(SHARDS - 1))

    shown = {name: (out / name).read_bytes() for name in names(out) if not name.startswith(".")}
    assert {name: shown[name] for name in shown if name != "run.json"} == {
        name: before[name] for name in before if name != "run"
    }


def more(source: Path) -> None:
    source.write_bytes(source.read_bytes() + source.read_bytes())


def touched(source: Path) -> None:
    os.utime(source, (0, 0))


@pytest.mark.parametrize("change", [more, touched])
def test_a_changed_input_is_refused_by_name(
    half: Path, source: Path, change: Callable[[Path], None]
) -> None:
    change(source)

    with pytest.raises(
        RunError, match=r"out: has the finished part of another run: inputs\..*crawl"
    ):
        run(half, source)


PACK = """[[rule]]
id = "spam.mine"
label = "spam"
weight = 1.0
pattern = '''^DEAL'''
reason = "is a deal"
hit = ["DEAL now"]
miss = ["a deal"]
"""


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"keep": {"body"}}, r'settings\.keep was \["body", "title"\], is \["body"\]'),
        ({"language": {"engine": "off"}}, r'engine was "py3langid", is "off"'),
        ({"without": {"spam"}}, r"stages was "),
        ({"rules": ("pack.toml",)}, r"rules_sha256 was "),
    ],
    ids=["keep", "language", "stages", "rules"],
)
def test_changed_settings_are_refused_by_name(
    half: Path,
    source: Path,
    settings: dict[str, Any],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(source.parent)
    Path("pack.toml").write_text(PACK, encoding="utf-8")

    with pytest.raises(RunError, match=rf"{told}.*--fresh"):
        run(half, source, clean=pipeline(**settings))


def test_another_version_is_refused_by_name(
    half: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaner, "__version__", "99.0")

    with pytest.raises(RunError, match=r'version was ".*", is "99\.0"'):
        run(half, source)


def test_fresh_gives_the_finished_part_up(half: Path, source: Path) -> None:
    done = run(half, source, clean=pipeline(keep={"body"}), fresh=True)

    assert done.now == done.whole
    summary = json.loads((half / "run.json").read_text(encoding="utf-8"))
    assert ["body"] == summary["settings"]["keep"]


def test_a_run_that_finished_nothing_stands_in_nobodys_way(tmp_path: Path, source: Path) -> None:
    with pytest.raises(Cut):
        run(tmp_path / "out", source, cut_at(0))

    assert SHARDS == run(tmp_path / "out", source, clean=pipeline(keep={"body"})).shards


def raws(*texts: str) -> list[Raw]:
    """Documents that come from nowhere, as those of stdin."""
    return [Raw(f"d{n}", "text", text.encode(), "-") for n, text in enumerate(texts)]


ONE_EACH = Options(size=ShardSize(documents=1))


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (("a", "B", "c"), r"the input has changed .* at d1 or behind it \(1 shards"),
        (("a",), "the input has fewer documents"),
    ],
    ids=["other", "fewer"],
)
def test_another_input_is_noticed_even_where_only_its_bytes_tell(
    tmp_path: Path, now: tuple[str, ...], told: str
) -> None:
    with pytest.raises(Cut):
        clean_into(tmp_path, raws("a", "b", "c"), Pipeline(), ONE_EACH, listener=cut_at(2))

    with pytest.raises(RunError, match=told):
        clean_into(tmp_path, raws(*now), Pipeline(), ONE_EACH)


def test_a_lost_input_is_told_and_the_run_goes_on_when_it_is_back(
    half: Path, source: Path, expected: dict[str, Any]
) -> None:
    source.rename(source.with_suffix(".lost"))
    with pytest.raises(cleaner.CleanerError, match=r"crawl\.jsonl: not found"):
        run(half, source)

    source.with_suffix(".lost").rename(source)
    run(half, source)

    assert expected == made.results(half)


def test_a_file_that_vanishes_meanwhile_is_a_failure(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Ein Satz.", encoding="utf-8")
    found = split([str(tmp_path / "*.txt")])
    (tmp_path / "b.txt").unlink()

    done = clean_into(tmp_path / "out", found, Pipeline())

    assert (1, {"SourceError": 1}) == (done.whole.documents, done.whole.failures)


def damage_length(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def remove(file: Path) -> None:
    file.unlink()


def break_manifest(file: Path) -> None:
    (file.parent / "shard.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("damage", [damage_length, remove, break_manifest])
def test_a_shard_that_is_not_whole_is_cleaned_again(
    half: Path, source: Path, expected: dict[str, Any], damage: Callable[[Path], None]
) -> None:
    damage(half / ".run" / "000001" / "documents.jsonl")

    done = run(half, source)

    assert 2 * SHARD_DOCUMENTS == done.now.documents + done.now.failed
    assert expected == made.results(half)


def test_a_shard_whose_bytes_have_changed_is_given_up_and_cleaned_by_the_next_start(
    half: Path, source: Path, expected: dict[str, Any]
) -> None:
    file = half / ".run" / "000001" / "removed.jsonl"
    file.write_bytes(file.read_bytes()[::-1])

    with pytest.raises(RunError, match=r"000001.removed\.jsonl: is not as it was written; .*again"):
        run(half, source)
    run(half, source)

    assert expected == made.results(half)


def test_what_an_unfinished_start_was_writing_is_removed(
    half: Path, source: Path, expected: dict[str, Any]
) -> None:
    for left in (half / ".run" / "000002.x.part", half / ".run.old-x"):
        left.mkdir()
        (left / "documents.jsonl").write_text('{"half": ', encoding="utf-8")

    run(half, source)

    assert expected == made.results(half)


def test_workers_and_limits_may_change_before_a_run_is_finished(
    half: Path, source: Path, expected: dict[str, Any]
) -> None:
    run(half, source, workers=1, seconds=30)

    assert expected == made.results(half)


def test_the_default_settings_are_no_others_than_those_spelled_out(
    tmp_path: Path, source: Path
) -> None:
    with pytest.raises(Cut):
        run(tmp_path / "out", source, cut_at(1), clean=Pipeline())

    same = Pipeline(Settings(keep={"title", "body"}))  # type: ignore[arg-type]

    assert SHARDS == run(tmp_path / "out", source, clean=same).shards
