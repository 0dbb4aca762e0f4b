from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import LedgerError
from cleaner.model import Failure
from cleaner.readers import read
from cleaner.readers.raw import Raw
from cleaner.runs.shards import Shard, ShardSize, shards
from cleaner.writers.formats import ROW_FORMATS
from cleaner.writers.runs import read_run
from tests.conftest import names
from tests.engines import made
from tests.engines.program import SHARD_DOCUMENTS, run

LOST = Failure("b.txt", "SourceError", "not found")


def raw(content: bytes, name: str = "a.txt") -> Raw:
    return Raw(name, "text", content, name)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        pytest.param([], [[]], id="nothing is one empty shard"),
        pytest.param([1, 1], [[1, 1]], id="few"),
        pytest.param([1, 1, 1, 1, 1], [[1, 1, 1], [1, 1]], id="so many documents"),
        pytest.param([1, 1, 1], [[1, 1, 1]], id="no empty shard behind the last"),
        pytest.param([9, 1, 1], [[9, 1], [1]], id="so many bytes"),
        pytest.param([99, 1], [[99], [1]], id="one that is too large alone"),
    ],
)
def test_a_shard_ends_with_documents_or_bytes(
    lengths: Sequence[int], expected: Sequence[Sequence[int]]
) -> None:
    found = list(shards((raw(b"x" * n) for n in lengths), ShardSize(documents=3, bytes=10)))

    assert expected == [[len(each.content) for each in shard.raws] for shard in found]  # type: ignore[union-attr]
    assert list(range(len(found))) == [shard.number for shard in found]


@given(st.lists(st.binary(max_size=12)))
def test_shards_hold_every_document_in_order(contents: Sequence[bytes]) -> None:
    found = [raw(content) for content in contents]

    made = list(shards(found, ShardSize(documents=4, bytes=20)))

    assert found == [each for shard in made for each in shard.raws]
    assert sum(map(len, contents)) == sum(shard.bytes for shard in made)


def test_what_could_not_be_read_takes_a_place() -> None:
    [shard] = shards([LOST, raw(b"x")], ShardSize())

    assert ("b.txt", 1, 2) == (shard.first, shard.bytes, len(shard.raws))


@pytest.mark.parametrize(
    "others",
    [
        pytest.param((raw(b"b"), LOST), id="content"),
        pytest.param((raw(b"a", "b.txt"), LOST), id="name"),
        pytest.param((LOST, raw(b"a")), id="order"),
        pytest.param((raw(b"a"), replace(LOST, message="gone")), id="failure"),
        pytest.param((raw(b"a"),), id="fewer"),
        pytest.param((replace(raw(b"a"), path="./a.txt"), LOST), id="path"),
    ],
)
def test_whatever_differs_is_in_the_hash(others: tuple[Raw | Failure, ...]) -> None:
    shard = Shard(0, (raw(b"a"), LOST))

    assert shard.sha256 == Shard(7, shard.raws).sha256
    assert shard.sha256 != Shard(0, others).sha256


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """The folder of a run of three shards that stay apart."""
    run(tmp_path / "out", made.write(tmp_path, made.documents(20)), split=True)
    return tmp_path / "out"


def test_shards_that_stay_apart_are_files_of_a_folder(apart: Path) -> None:
    shards = [f"00000{n}.jsonl" for n in range(3)]

    assert ["documents", "failed", "removed", "run.json"] == names(apart)
    assert [shards] * 3 == [names(apart / name) for name in ("documents", "failed", "removed")]


def test_shards_that_stay_apart_add_up_to_the_whole(apart: Path) -> None:
    whole = apart.parent / "whole"
    run(whole, apart.parent / "crawl.jsonl")

    assert {name: (whole / name).read_bytes() for name in names(whole) if name != "run.json"} == {
        f"{name}.jsonl": b"".join(f.read_bytes() for f in sorted((apart / name).iterdir()))
        for name in ("documents", "failed", "removed")
    }
    assert list(read_run(whole)) == list(read_run(apart))


@pytest.mark.parametrize("suffix", ROW_FORMATS)
def test_rows_are_the_same_in_every_format(tmp_path: Path, suffix: str) -> None:
    source = made.write(tmp_path, made.documents(20))
    for out, how in (("usual", {}), ("whole", {"suffix": suffix}), ("apart", {"suffix": suffix})):
        run(tmp_path / out, source, split=out == "apart", **how)

    assert [f"documents{suffix}", f"failed{suffix}", f"removed{suffix}", "run.json"] == names(
        tmp_path / "whole"
    )
    usual, whole, apart = (list(read_run(tmp_path / out)) for out in ("usual", "whole", "apart"))
    assert usual == whole
    assert usual == apart


@pytest.mark.parametrize("split", [False, True])
def test_results_of_the_other_form_are_replaced(apart: Path, split: bool) -> None:  # noqa: FBT001
    run(apart, apart.parent / "crawl.jsonl")
    run(apart, apart.parent / "crawl.jsonl", split=split)

    suffix = "" if split else ".jsonl"
    expected = [f"documents{suffix}", f"failed{suffix}", f"removed{suffix}", "run.json"]
    assert expected == names(apart)


def test_a_file_of_ones_own_beside_the_results_stays(apart: Path) -> None:
    (apart / "documents.txt").write_text("mine", encoding="utf-8")

    run(apart, apart.parent / "crawl.jsonl")

    assert "documents.txt" in names(apart)


def test_a_lost_shard_is_noticed_when_a_run_is_read(apart: Path) -> None:
    (apart / "documents" / "000001.jsonl").unlink()

    with pytest.raises(LedgerError):
        list(read_run(apart))


def test_shards_of_an_earlier_run_below_a_source_are_no_sources(apart: Path) -> None:
    (apart.parent / "a.txt").write_text("Ein Satz.", encoding="utf-8")

    found = {
        document.id for document in read([str(apart.parent)]) if not isinstance(document, Failure)
    }

    assert "a.txt" in found
    assert [] == [name for name in found if name.startswith("out/")]


def test_a_run_says_what_it_did_in_numbers(tmp_path: Path) -> None:
    rows = [*made.texts("Da", "RAISE", "Ja"), "{"]
    run(tmp_path / "out", made.write(tmp_path, rows))

    summary = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))

    assert (2, 2, {"SourceError": 1, "StageError": 1}) == tuple(
        summary[key] for key in ("documents", "failed", "failures")
    )
    assert {"de": 2} == summary["languages"]
    assert summary["chars"]["source"] == sum(
        amount["chars"] for part in ("kept", "removed") for amount in summary[part].values()
    )
    times = summary["times"]
    assert (0, 4) == (times["workers"], times["documents"])
    assert {"t0", "t2"} == {slow["id"] for slow in times["slowest"]}
    assert [4, 4] == [slow["together"] for slow in times["slowest"]]


def test_every_number_of_a_run_is_documented(tmp_path: Path) -> None:
    run(tmp_path / "out", made.write(tmp_path, made.documents(SHARD_DOCUMENTS)))
    summary = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    page = (Path(__file__).parents[2] / "docs" / "output.md").read_text(encoding="utf-8")

    fields = [*summary, *summary["times"], *summary["times"]["slowest"][0]]
    assert [] == [name for name in fields if f"`{name}`" not in page]
