"""Rows as files in every form, and read again; a run's folder in one file or in many."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaner import Pipeline, Record, Settings
from cleaner.errors import LedgerError
from cleaner.readers.mapping import document
from cleaner.rows import FailedRow, Removal
from cleaner.settings import Fields
from cleaner.writers.formats import ROW_FORMATS
from cleaner.writers.runs import read_run
from cleaner.writers.schemas import DOCUMENTS, FAILED, PASSED, REMOVED, schema
from tests.conftest import ROOT

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
KINDS = (DOCUMENTS, REMOVED)
EVERY_FORM = pytest.mark.parametrize("suffix", ROW_FORMATS)
PASSING = ({}, {"of_mine": {"a": [10**30, None]}, "source": "cc"}, {PASSED: 1, "input_fields": "ü"})


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Documents with all there can be in their rows."""
    pipeline = Pipeline(Settings(comments=True, format="markdown", keep_source=True))
    kept_whole = pipeline.settings.model_copy(update={"max_removed_share": 0.0})
    inputs = [
        document({"text": seed.read_text("utf-8"), "id": f"{seed.name}-ä", **more}, Fields(), "")
        for seed, more in zip(SEEDS[2:5], PASSING, strict=True)
    ]
    return [*pipeline.map(inputs), Pipeline(kept_whole).run(inputs[2]), Pipeline().run(" \r\n ")]


def rows_of(records: Sequence[Record]) -> dict[str, list[str]]:
    return {
        DOCUMENTS: [record.model_dump_json() for record in records],
        REMOVED: [row for record in records for row in record.removed_json()],
        FAILED: [FailedRow(source="a", error="b", message="c").model_dump_json()],
    }


def decoded(suffix: str, kind: str, content: bytes) -> list[str | bytes]:
    return list(ROW_FORMATS[suffix].decode(kind, io.BytesIO(content)))


@EVERY_FORM
def test_rows_are_read_as_they_were_written(records: list[Record], suffix: str) -> None:
    for kind, rows in rows_of(records).items():
        content = ROW_FORMATS[suffix].encode(kind, rows)

        assert list(map(json.loads, rows)) == list(map(json.loads, decoded(suffix, kind, content)))


@EVERY_FORM
def test_the_same_rows_are_the_same_bytes(records: list[Record], suffix: str) -> None:
    rows = rows_of(records)[DOCUMENTS]

    assert ROW_FORMATS[suffix].encode(DOCUMENTS, rows) == ROW_FORMATS[suffix].encode(
        DOCUMENTS, iter(rows)
    )


@EVERY_FORM
def test_no_rows_are_a_file_without_rows(suffix: str) -> None:
    assert [] == decoded(suffix, DOCUMENTS, ROW_FORMATS[suffix].encode(DOCUMENTS, []))


def in_parts(folder: Path, suffix: str, records: Sequence[Record]) -> Path:
    """A run's folder with a file for every two records."""
    for number, start in enumerate(range(0, len(records), 2)):
        rows = rows_of(records[start : start + 2])
        for kind in KINDS:
            part = folder / kind / f"{number:06}{suffix}"
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(ROW_FORMATS[suffix].encode(kind, rows[kind]))
    return folder


def joined(folder: Path, suffix: str, parts: Path) -> Path:
    folder.mkdir()
    for kind in KINDS:
        with (folder / f"{kind}{suffix}").open("wb") as target:
            ROW_FORMATS[suffix].join(kind, sorted((parts / kind).iterdir()), target)
    return folder


@EVERY_FORM
def test_a_run_is_read_in_one_file_and_in_many(
    tmp_path: Path, records: list[Record], suffix: str
) -> None:
    parts = in_parts(tmp_path / "parts", suffix, records)
    whole = joined(tmp_path / "whole", suffix, parts)

    for folder in (parts, whole):
        read = list(read_run(folder))

        assert records == read
        assert [record.restore() for record in records] == [each.restore() for each in read]


def test_joined_lines_are_the_bytes_of_all_rows_at_once(
    tmp_path: Path, records: list[Record]
) -> None:
    whole = joined(tmp_path / "whole", ".jsonl", in_parts(tmp_path / "parts", ".jsonl", records))

    expected = ROW_FORMATS[".jsonl"].encode(DOCUMENTS, rows_of(records)[DOCUMENTS])
    assert expected == (whole / "documents.jsonl").read_bytes()


def test_parquet_has_a_column_for_every_field() -> None:
    fields = {DOCUMENTS: Record, REMOVED: Removal, FAILED: FailedRow}
    for kind, model in fields.items():
        assert [*model.model_fields, *([PASSED] if model is Record else [])] == schema(kind).names


def test_small_parts_are_joined_to_one_row_group(tmp_path: Path, records: list[Record]) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    whole = joined(tmp_path / "whole", ".parquet", in_parts(tmp_path / "p", ".parquet", records))

    assert 1 == pq.ParquetFile(whole / "documents.parquet").num_row_groups


def test_rows_of_two_runs_in_one_folder_are_refused(tmp_path: Path, records: list[Record]) -> None:
    in_parts(tmp_path, ".jsonl", records)
    in_parts(tmp_path, ".parquet", records)

    with pytest.raises(LedgerError, match=r"000000\.jsonl and .*000000\.parquet: rows of two runs"):
        list(read_run(tmp_path))


@EVERY_FORM
def test_a_file_that_is_cut_off_is_named(
    tmp_path: Path, records: list[Record], suffix: str
) -> None:
    in_parts(tmp_path, suffix, records)
    file = tmp_path / DOCUMENTS / f"000000{suffix}"
    file.write_bytes(file.read_bytes()[:-20])

    with pytest.raises(LedgerError, match=r"documents/000000\..*; clean the sources again"):
        list(read_run(tmp_path))
