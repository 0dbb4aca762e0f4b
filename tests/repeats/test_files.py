from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cleaner import Pipeline, Settings
from cleaner.errors import CountsError
from cleaner.repeats.counts import Counts
from cleaner.repeats.files import HEADER_BYTES, check, is_counts
from tests.repeats.sites import counted, page

PAGES = [page(["Menü", f"Zeile {letter}"], number=i) for i, letter in enumerate("abcd")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return counted(tmp_path / "a.counts", PAGES).file


def test_counts_are_mapped_and_not_read(file: Path) -> None:
    assert all(isinstance(column, np.memmap) for column in Counts(file).columns.values())


def test_counts_are_pickled_by_their_path(file: Path) -> None:
    pickled = pickle.dumps(Counts(file))

    found = pickle.loads(pickled)  # noqa: S301  # our own
    assert len(pickled) < 500
    assert found == Counts(file)
    assert found.of(PAGES[0]).on.tolist() == [4, 1]


def test_a_pipeline_takes_its_counts_along(file: Path) -> None:
    sent = pickle.loads(pickle.dumps(Pipeline(Settings(repeats=file))))  # noqa: S301  # our own

    assert sent.counts == Counts(file)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-1],
        lambda raw: raw + b"\0",
        lambda raw: raw[: HEADER_BYTES // 2],
        lambda raw: raw.replace(b'"cleaner_repeats":1', b'"cleaner_repeats":2'),
        lambda raw: raw.replace(b'"least":1', b'"least":0'),
        lambda raw: raw[: HEADER_BYTES + 8] + b"\xff" * 8 + raw[HEADER_BYTES + 16 :],
    ],
    ids=["cut", "longer", "half-a-header", "version", "header", "begins"],
)
def test_a_spoilt_file_is_refused(file: Path, spoil: Callable[[bytes], bytes]) -> None:
    file.write_bytes(spoil(file.read_bytes()))

    with pytest.raises(CountsError, match=r"a\.counts: is cut short, spoilt or of another version"):
        Counts(file)


def test_what_is_no_counts_is_refused_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ein Text.", encoding="utf-8")

    with pytest.raises(CountsError, match=r"a\.txt: .* `cleaner repeats SRC"):
        Pipeline(Settings(repeats=tmp_path / "a.txt"))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CountsError, match=r"a\.counts: cannot be read: No such file"):
        Counts(tmp_path / "a.counts")


def test_a_changed_count_is_found_when_all_is_read(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(raw)

    with pytest.raises(CountsError, match="spoilt"):
        check(file, Counts(file).header)


def test_counts_are_told_from_pages(file: Path, tmp_path: Path) -> None:
    assert is_counts(file)
    assert not is_counts(tmp_path)
    assert not is_counts(tmp_path / "not-there")
