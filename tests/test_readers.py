"""Places to documents: ids, failures, formats."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import SourceError
from cleaner.model import Document, Failure, HtmlPage, Repair
from cleaner.readers import SUFFIXES, jsonl, read
from cleaner.writers.formats import ROW_FORMATS
from tests.readers.samples import PAGE, parquet, record

if TYPE_CHECKING:
    from pathlib import Path


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Text of {name}", encoding="utf-8")
    return folder


def ids(*places: Path | str) -> list[str]:
    return [d.id for d in read([str(place) for place in places]) if not isinstance(d, Failure)]


def one(file: Path, content: bytes | str) -> Document | HtmlPage | Failure:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    [found] = read([str(file)])
    return found


def document(file: Path, content: bytes | str) -> Document:
    found = one(file, content)
    assert isinstance(found, Document), found
    return found


def failure(file: Path, content: bytes | str) -> Failure:
    found = one(file, content)
    assert isinstance(found, Failure), found
    return found


# Places


def test_a_folder_is_read_in_order_of_its_posix_paths(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/z.txt", "a-b.txt", "a/b/c.md", "A.text")

    assert ["A.text", "a-b.txt", "a/b/c.md", "a/z.txt", "b.txt"] == ids(tmp_path)


PASSED_OVER = [".hidden.txt", ".git/a.txt", "a/.b/c.txt", "image.png", "none", "a.gold.jsonl"]


@pytest.mark.parametrize("name", PASSED_OVER)
def test_a_folder_passes_over(tmp_path: Path, name: str) -> None:
    fill(tmp_path, "page.txt", name)

    assert ["page.txt"] == ids(tmp_path)


RESULTS = {
    **{suffix: [f"documents{suffix}", f"removed{suffix}"] for suffix in ROW_FORMATS},
    "shards": ["documents/000000.jsonl", "removed/000000.jsonl", "report/a.html"],
}


@pytest.mark.parametrize("names", RESULTS.values(), ids=RESULTS.keys())
def test_a_folder_passes_over_the_results_of_a_run(tmp_path: Path, names: list[str]) -> None:
    fill(tmp_path, "page.txt", "run.json", *names)
    fill(tmp_path / "out", "page.txt", "run.json", *names)

    assert ["page.txt"] == ids(tmp_path)


def test_a_folder_passes_over_pipes(tmp_path: Path) -> None:
    os.mkfifo(fill(tmp_path, "page.txt") / "pipe.txt")

    assert ["page.txt"] == ids(tmp_path)


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    fill(tmp_path, "a/page.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to("self")

    assert ["a/page.txt"] == ids(tmp_path)


def test_a_linked_folder_is_read(tmp_path: Path) -> None:
    fill(tmp_path, "elsewhere/page.txt", "corpus/page.txt")
    (tmp_path / "corpus/link").symlink_to(tmp_path / "elsewhere")

    assert ["link/page.txt", "page.txt"] == ids(tmp_path / "corpus")


def test_a_named_file_is_called_by_its_name(tmp_path: Path) -> None:
    assert ["page.txt"] == ids(fill(tmp_path, "a/b/page.txt") / "a/b/page.txt")


@pytest.mark.parametrize("name", ["page.dat", "page", ".page", "page.TXT"])
def test_a_named_file_of_any_suffix_is_read_as_text(tmp_path: Path, name: str) -> None:
    assert "<p>Ein Satz.</p>" == document(tmp_path / name, "<p>Ein Satz.</p>").text


GLOBS = {
    "*.txt": ["a.txt", "b.txt"],
    "**/*.txt": ["a.txt", "b.txt", "c/d.txt", "c/e/f.txt"],
    "**": ["a.txt", "b.txt", "c/d.txt", "c/e/f.txt", "c/page.html"],
    "c/*": ["d.txt", "page.html"],
    "[a]*": ["a.txt"],
    "?.log": ["x.log"],
    "c/**/*.txt": ["d.txt", "e/f.txt"],
}


@pytest.mark.parametrize(("pattern", "expected"), GLOBS.items(), ids=GLOBS.keys())
def test_a_glob_gives_paths_below_its_fixed_folder(
    tmp_path: Path, pattern: str, expected: list[str]
) -> None:
    fill(tmp_path, "a.txt", "b.txt", "c/d.txt", "c/e/f.txt", "x.log", ".c/h.txt", "a.gold.jsonl")
    (tmp_path / "c/page.html").write_text(PAGE, encoding="utf-8")

    assert expected == ids(f"{tmp_path}/{pattern}")


def test_a_glob_is_not_trapped_by_a_loop_of_links(tmp_path: Path) -> None:
    fill(tmp_path, "page.txt")
    for name in "abc":
        (tmp_path / name).symlink_to(tmp_path)

    assert "page.txt" in ids(f"{tmp_path}/**/*.txt")


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    fill(tmp_path, "a[1].txt", "a1.txt")

    assert ["a[1].txt"] == ids(tmp_path / "a[1].txt")


def test_stdin_is_plain_text() -> None:
    [found] = read(["-"], stdin=io.BytesIO("<p>Füße</p>".encode()))

    assert isinstance(found, Document)
    assert ("stdin", "<p>Füße</p>", "-") == (found.id, found.text, found.path)


def test_the_same_id_is_numbered(tmp_path: Path) -> None:
    fill(tmp_path, "a/page.txt", "b/page.txt", "c/page.txt", "d/page.txt#2")
    named = [tmp_path / name for name in ("a/page.txt", "d/page.txt#2", "b/page.txt", "c/page.txt")]

    assert ["page.txt", "page.txt#2", "page.txt#3", "page.txt#4"] == ids(*named)


def test_places_keep_their_order(tmp_path: Path) -> None:
    fill(tmp_path, "b/1.txt", "a/2.txt")

    assert ["1.txt", "2.txt"] == ids(tmp_path / "b", tmp_path / "a")


NAMES = {
    b"caf\xe9.txt": "caf\\xe9.txt",
    b"a\nb.txt": "a\\nb.txt",
    "Füße.txt".encode(): "Füße.txt",
    b"\x1b[31m.txt": "\\x1b[31m.txt",
}


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
@pytest.mark.parametrize(("name", "expected"), NAMES.items(), ids=NAMES.values())
def test_any_file_name_gives_a_printable_id(tmp_path: Path, name: bytes, expected: str) -> None:
    with open(os.path.join(os.fsencode(tmp_path), name), "wb"):  # noqa: PTH118, PTH123 - bytes
        pass
    [found] = read([str(tmp_path)])

    assert isinstance(found, Document)
    assert expected == found.id
    assert (found.path or "").endswith(expected)


WRONG = ["missing.txt", "missing/", "*.nothing", "missing/*.txt", "empty", "a**b", "\0", ""]


@pytest.mark.parametrize("place", WRONG, ids=ascii)
def test_a_wrong_place_is_named_with_its_cure_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    fill(tmp_path, "page.txt", "empty/image.png")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SourceError, match=r"^.+: .+[;(] ?.+") as raised:
        read(["page.txt", place])

    assert str(raised.value).startswith(place.replace("\0", "\\x00") or "''")


def test_a_dangling_link_is_a_failure_and_the_rest_is_read(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").symlink_to("nowhere")
    first, second, third = read([str(tmp_path)])

    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert (
        Failure(
            "b.txt",
            "SourceError",
            f"{tmp_path}/b.txt: No such file or directory; see that it exists and may be read,"
            " and run again",
        )
        == second
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_locked_folder_is_a_failure(tmp_path: Path) -> None:
    (fill(tmp_path, "a.txt", "locked/b.txt") / "locked").chmod(0)
    found = list(read([str(tmp_path)]))
    (tmp_path / "locked").chmod(0o700)

    assert [Document, Failure] == [type(source) for source in found]


def test_reading_is_lazy(tmp_path: Path) -> None:
    documents = read([str(fill(tmp_path, "a.txt", "b.txt"))])
    next(documents)
    (tmp_path / "b.txt").unlink()

    assert isinstance(next(documents), Failure)


def test_the_readers_are_imported_without_the_html_parser() -> None:
    parsers = {"trafilatura", "lxml", "selectolax"}
    code = f"import sys, cleaner.readers; print({parsers} & set(sys.modules))"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert "set()\n" == asked.stdout


# Every format


ROW = json.dumps({"text": "Ein Satz."})
CONTENTS = {
    suffix: {
        "html": PAGE.encode(),
        "jsonl": ROW.encode(),
        "text": b"Ein Satz.",
        "parquet": parquet([json.loads(ROW)]),
        "warc": record("Ein Satz."),
    }[form]
    for suffix, form in SUFFIXES.items()
}
HASHED = {"jsonl": ROW.encode()}  # a line; of others the text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_document_says_where_it_came_from(tmp_path: Path, suffix: str) -> None:
    file, content = tmp_path / f"page{suffix}", CONTENTS[suffix]
    found = one(file, content)

    assert not isinstance(found, Failure)
    assert str(file) == found.path
    assert isinstance(found, HtmlPage if "htm" in suffix else Document)
    if isinstance(found, Document):
        hashed = HASHED.get(SUFFIXES[suffix], b"Ein Satz.")
        assert sha256(hashed).hexdigest() == found.sha256


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(content=st.binary(max_size=400))
def test_no_bytes_raise(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / f"page{suffix}"
    file.write_bytes(content)

    for found in read([str(file)]):
        assert isinstance(found, (Document, HtmlPage, Failure))


# Text


def test_a_text_keeps_its_repairs(tmp_path: Path) -> None:
    found = document(tmp_path / "page.txt", b"a caf\xe9 and a \0")

    assert "a café and a \0" == found.text
    assert ["invalid_bytes", "nul"] == [repair.kind for repair in found.repairs]


def test_an_empty_text_is_a_document(tmp_path: Path) -> None:
    assert "" == document(tmp_path / "page.txt", b"").text


# JSON Lines


def rows(file: Path, *lines: object) -> list[Document | Failure]:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(texts), encoding="utf-8", newline="")
    return list(read([str(file)]))


IDS = {
    "string": ({"id": "a"}, "a"),
    "number": ({"id": 7}, "7"),
    "zero": ({"id": 0}, "0"),
    "none": ({}, "rows.jsonl:1"),
    "null": ({"id": None}, "rows.jsonl:1"),
    "empty": ({"id": ""}, "rows.jsonl:1"),
    "boolean": ({"id": True}, "rows.jsonl:1"),
    "list": ({"id": ["a"]}, "rows.jsonl:1"),
    "lone surrogate": ({"id": "a\ud800"}, "a\ufffd"),
}


@pytest.mark.parametrize(("row", "expected"), IDS.values(), ids=IDS.keys())
def test_a_row_is_called_by_its_id_or_its_position(
    tmp_path: Path, row: dict[str, object], expected: str
) -> None:
    [found] = rows(tmp_path / "rows.jsonl", {**row, "text": "Ein Satz."})

    assert isinstance(found, Document)
    assert expected == found.id


BAD = {
    "no json": ("{text", "no valid JSON"),
    "cut off": ('{"text": "Ein Sa', "no valid JSON"),
    "deep": ("[" * 100_000, "no valid JSON"),
    "list": ('["text"]', "JSON list, not an object"),
    "number": ("7", "JSON int, not an object"),
    "no text": ('{"body": "Ein Satz."}', "no string 'text'"),
    "text is null": ('{"text": null}', "no string 'text'"),
    "text is a list": ('{"text": ["Ein Satz."]}', "no string 'text'"),
    "huge number": ('{"text": "a", "id": ' + "9" * 5_000 + "}", "no valid JSON"),
}


@pytest.mark.parametrize(("line", "message"), BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_a_failure_at_its_position_and_the_rest_is_read(
    tmp_path: Path, line: str, message: str
) -> None:
    first, bad, last = rows(tmp_path / "rows.jsonl", ROW, line, ROW)

    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bad, Failure)
    assert ("rows.jsonl:2", "SourceError") == (bad.source, bad.error)
    assert bad.message.startswith("rows.jsonl:2: ")
    assert message in bad.message


def test_a_row_brings_its_metadata(tmp_path: Path) -> None:
    about = {"title": "Fähre", "date": "2017-02", "language": "de", "authors": ["Ada", "Alan"]}
    [found] = rows(tmp_path / "rows.jsonl", {"text": "Satz.", "url": "https://a.example/", **about})

    assert isinstance(found, Document)
    assert "https://a.example/" == found.url
    assert {**about, "authors": ("Ada", "Alan")} == found.metadata


@pytest.mark.parametrize(
    "value", ["Ada; Alan", ["Ada", "Alan"], ["Ada", None, "Alan", ""]], ids=str
)
def test_a_row_may_name_its_author(tmp_path: Path, value: object) -> None:
    [found] = rows(tmp_path / "rows.jsonl", {"text": "Satz.", "author": value})

    assert isinstance(found, Document)
    assert {"authors": ("Ada", "Alan")} == found.metadata


def test_metadata_that_is_no_text_is_left_out(tmp_path: Path) -> None:
    [found] = rows(tmp_path / "rows.jsonl", {"text": "a", "title": 7, "date": None, "authors": {}})

    assert isinstance(found, Document)
    assert {} == found.metadata


def test_metadata_can_be_written_as_utf8(tmp_path: Path) -> None:
    [found] = rows(tmp_path / "rows.jsonl", {"text": "a", "title": "b\ud800", "author": "\udfff"})

    assert isinstance(found, Document)
    assert {"title": "b\ufffd", "authors": ("\ufffd",)} == found.metadata


def test_lines_end_at_line_feeds_only(tmp_path: Path) -> None:
    line = json.dumps({"text": "a\u2028b\u0085c"}, ensure_ascii=False)
    found = rows(tmp_path / "rows.jsonl", f"\ufeff{line}\r", "", " \r", line)

    assert ["rows.jsonl:1", "rows.jsonl:4"] == [d.id for d in found if not isinstance(d, Failure)]
    assert {"a\u2028b\u0085c"} == {d.text for d in found if isinstance(d, Document)}


def test_surrogates_and_nuls_from_escapes_are_put_on_record(tmp_path: Path) -> None:
    [found] = rows(tmp_path / "rows.jsonl", '{"text": "a\\ud800 \\u0000", "title": "\\u0000"}')

    assert isinstance(found, Document)
    assert "a\ufffd \0" == found.text
    assert {"nul": 1, "lone_surrogates": 1} == {r.kind: r.count for r in found.repairs}


def test_control_characters_in_json_strings_are_read(tmp_path: Path) -> None:
    [found] = rows(tmp_path / "rows.jsonl", '{"text": "a\tb\x01"}')

    assert isinstance(found, Document)
    assert "a\tb\x01" == found.text


def test_a_row_in_another_encoding_is_decoded(tmp_path: Path) -> None:
    found = document(tmp_path / "rows.jsonl", '{"text": "Der Zug fährt um acht"}'.encode("cp1252"))

    assert "Der Zug fährt um acht" == found.text
    assert (Repair("invalid_bytes", 1, "read as windows-1252"),) == found.repairs


def test_a_row_of_html_is_a_page_with_what_the_row_says(tmp_path: Path) -> None:
    row = {"html": PAGE, "title": "Mein Titel", "url": "https://example.com/faehre"}
    [found] = rows(tmp_path / "rows.jsonl", row)

    assert isinstance(found, HtmlPage)
    assert PAGE == found.markup
    assert ("Mein Titel", row["url"]) == (found.metadata["title"], found.url)
    assert found.sha256


def test_a_line_over_the_limit_is_a_failure_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", len(ROW))
    monkeypatch.setattr(jsonl, "_SKIP_BYTES", 7)
    found = rows(tmp_path / "rows.jsonl", ROW, f"{ROW} ", f"{ROW}{ROW}{ROW}", ROW)

    assert [Document, Failure, Failure, Document] == [type(source) for source in found]
    assert isinstance(found[1], Failure)
    assert "write one row a line" in found[1].message
