"""Places that are addresses: the same rules as on disk."""

from __future__ import annotations

import gzip
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from cleaner.errors import SourceError
from cleaner.model import Failure
from cleaner.readers import read
from tests.readers.samples import parquet, record, texts

RUN = ("documents.jsonl", "removed.jsonl", "failed.jsonl", "run.json", "report/index.html")


@pytest.fixture
def store() -> Iterator[str]:
    """A folder of its own on a file system in memory."""
    folder = f"memory://{uuid.uuid4().hex}"
    yield folder
    fsspec.filesystem("memory").store.clear()


def fill(folder: str, *names: str) -> str:
    system = fsspec.filesystem("memory")
    for name in names:
        system.pipe(f"{folder}/{name}", f"Text of {name}".encode())
    return folder


def ids(*places: str) -> list[str]:
    return [each.id for each in read(places) if not isinstance(each, Failure)]


def test_a_folder_is_read_in_order_but_for_what_is_passed_over(store: str) -> None:
    passed_over = (".hidden.txt", ".git/a.txt", "a/.b/c.txt", "image.png", "a.gold.jsonl", "none")
    fill(store, "b.txt", "a/z.txt", "a-b.txt", "a/b/c.md", *passed_over)

    assert ["a-b.txt", "a/b/c.md", "a/z.txt", "b.txt"] == ids(store)
    assert ["b/c.md", "z.txt"] == ids(f"{store}/a/")


def test_the_results_of_a_run_are_no_sources(store: str) -> None:
    fill(store, "a.txt", *RUN, "report.txt", *(f"out/{name}" for name in RUN), "out/b.txt")

    assert ["a.txt", "report.txt"] == ids(store)


def test_a_file_is_called_by_its_name_and_says_where_it_is_from(store: str) -> None:
    [each] = read([f"{fill(store, 'a/page.dat')}/a/page.dat"])

    assert not isinstance(each, Failure)
    assert "page.dat" == each.id
    assert each.path
    assert each.path.startswith("memory://")
    assert each.path.endswith("/a/page.dat")


GLOBS = {
    "*.txt": ["a.txt", "b.txt"],
    "**/*.txt": ["a.txt", "b.txt", "c/d.txt", "c/e/f.txt"],
    "**": ["a.txt", "b.txt", "c/d.txt", "c/e/f.txt"],
    "c/**/*.txt": ["d.txt", "e/f.txt"],
    "?.log": ["x.log"],
    "[a]*": ["a.txt"],
}


@pytest.mark.parametrize(("pattern", "expected"), GLOBS.items(), ids=GLOBS.keys())
def test_a_glob_gives_paths_below_its_fixed_folder(
    store: str, pattern: str, expected: list[str]
) -> None:
    fill(store, "a.txt", "b.txt", "c/d.txt", "c/e/f.txt", "x.log", ".c/h.txt", "a.gold.jsonl")

    assert expected == ids(f"{store}/{pattern}")


def test_every_format_is_read(store: str) -> None:
    contents = {
        "a.jsonl.gz": gzip.compress(b'{"text": "Satz."}'),
        "b.parquet": parquet([{"text": "Satz."}]),
        "c.warc.gz": gzip.compress(record("Satz.")),
        "d.txt": b"Satz.",
    }
    for name, content in contents.items():
        fsspec.filesystem("memory").pipe(f"{store}/{name}", content)

    assert ["Satz."] * 4 == texts(read([store]))


def test_an_address_may_lead_through_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "Satz.")

    assert ["Satz."] == texts(read([f"zip://*.txt::file://{tmp_path}/a.zip"]))


@pytest.mark.parametrize("place", ["", "/a.txt", "/*.txt", "/**"])
def test_an_address_on_this_machine_is_a_path(tmp_path: Path, place: str) -> None:
    (tmp_path / "a.txt").write_bytes(b"Satz.")
    [each] = read([f"file://{tmp_path}{place}"])

    assert not isinstance(each, Failure)
    assert ("a.txt", f"{tmp_path}/a.txt") == (each.id, each.path)


WRONG = {
    "nothing there": ("memory://nowhere/a.txt", "not found; give a file"),
    "nothing that matches": ("memory://nowhere/*.txt", "nothing to read; files end in"),
    "wrong pattern": ("memory://nowhere/a**b", "'**' can only be"),
    "unknown": ("nope://a", "fsspec knows no 'nope'; known are s3"),
    "not installed": ("abfs://a/b.txt", "pip install 'adlfs'"),
    "not installed, inner": ("simplecache::abfs://a/b.txt", "pip install 'adlfs'"),
    "archive that is not there": ("zip://a.txt::memory://nowhere.zip", "see that it is there"),
}


@pytest.mark.parametrize(("place", "message"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_address_is_named_with_its_cure_before_anything_is_read(
    place: str, message: str
) -> None:
    with pytest.raises(SourceError, match=r"^.+: ") as raised:
        read([place])

    assert message in str(raised.value)


def test_a_file_that_has_gone_is_a_failure_and_the_rest_is_read(store: str) -> None:
    documents = read([fill(store, "a.txt", "b.txt", "c.txt")])
    next(documents)
    fsspec.filesystem("memory").rm(f"{store}/b.txt")
    second, third = documents

    assert isinstance(second, Failure)
    assert "see that it is there" in second.message
    assert not isinstance(third, Failure)


def test_a_file_whose_name_looks_like_an_address_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a::b.txt").write_bytes(b"Satz.")
    monkeypatch.chdir(tmp_path)

    assert ["a::b.txt"] == ids("a::b.txt")
