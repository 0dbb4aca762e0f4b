from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.readers import SUFFIXES
from cleaner.readers.inputs import Given, bytes_of, inputs


def given(folder: Path, *names: str) -> list[Given]:
    for name in names:
        (folder / name).write_bytes(b"1234")
    return inputs([str(folder)], SUFFIXES.keys())


def test_a_place_is_told_by_its_files_their_bytes_and_the_newest(tmp_path: Path) -> None:
    [place] = given(tmp_path, "a.txt", "b.jsonl")

    newest = max(file.stat().st_mtime_ns for file in tmp_path.iterdir())
    assert Given(str(tmp_path), 2, 8, newest, packed=False) == place
    assert 8 == bytes_of([place])


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.warc.zst", "a.parquet"])
def test_how_much_is_read_of_packed_files_cannot_be_known(tmp_path: Path, name: str) -> None:
    assert bytes_of(given(tmp_path, "a.txt", name)) is None


def test_how_much_is_read_of_stdin_cannot_be_known() -> None:
    place = inputs(["-"], SUFFIXES.keys())

    assert [Given("-", 1, None, None, packed=False)] == place
    assert bytes_of(place) is None
