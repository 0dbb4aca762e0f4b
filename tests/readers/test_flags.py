"""What the command line says about formats and fields."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path

import pytest

from cleaner.cli.options import Incoming
from cleaner.errors import SourceError
from cleaner.readers import FORMATS, read
from tests.conftest import Command, rows
from tests.readers.samples import parquet, record

SENTENCE = "Der Fährmann legt um acht Uhr ab, wie an jedem anderen Tag auch."
ROW = {"content": SENTENCE, "doc": "a", "link": "https://a.example/", "score": 0.5}
NAMED = ("--text-field", "content", "--id-field", "doc", "--url-field", "link")


def told(folder: Path) -> list[object]:
    [row] = rows(folder / "out" / "documents.jsonl")
    return [row["text"], row["id"], row["source"]["url"], row["score"]]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.parquet"])
def test_flags_name_the_fields_of_rows(cleaner_command: Command, tmp_path: Path, name: str) -> None:
    content = parquet([ROW]) if "parquet" in name else json.dumps(ROW).encode()
    (tmp_path / name).write_bytes(content)

    ran = cleaner_command("run", name, "-o", "out", *NAMED)

    assert 0 == ran.code
    assert [SENTENCE, "a", "https://a.example/", 0.5] == told(tmp_path)


def test_settings_name_the_fields_of_rows_and_flags_win(
    cleaner_command: Command, tmp_path: Path
) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps(ROW), encoding="utf-8")
    settings = '[fields]\ntext = "content"\nid = "nothing"\nurl = "link"\n'
    (tmp_path / "cleaner.toml").write_text(settings, encoding="utf-8")

    cleaner_command("run", "rows.jsonl", "-o", "out", "--id-field", "doc")

    assert [SENTENCE, "a", "https://a.example/", 0.5] == told(tmp_path)
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert {"text": "content", "html": "html", "id": "doc", "url": "link"} == run["settings"][
        "fields"
    ]


def test_what_rows_bring_along_survives_restore_and_report(
    cleaner_command: Command, tmp_path: Path
) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({**ROW, "removed": 1}), encoding="utf-8")
    cleaner_command("run", "rows.jsonl", "-o", "out", *NAMED)

    assert [0, 0] == [
        cleaner_command(*line).code
        for line in (("restore", "out", "-o", "back"), ("report", "out"))
    ]
    assert SENTENCE == (tmp_path / "back" / "a").read_text(encoding="utf-8")


STDIN = {
    "text": SENTENCE.encode(),
    "html": f"<p>{SENTENCE}".encode(),
    "jsonl": json.dumps({"text": SENTENCE}).encode(),
    "parquet": parquet([{"text": SENTENCE}]),
    "warc": record(SENTENCE),
}


@pytest.mark.parametrize("form", FORMATS)
def test_a_flag_tells_what_stdin_holds(cleaner_command: Command, tmp_path: Path, form: str) -> None:
    packed = gzip.compress(STDIN[form])

    cleaner_command("run", "-", "-o", "out", "--stdin-format", form, stdin=packed)

    [row] = rows(tmp_path / "out" / "documents.jsonl")
    assert SENTENCE == row["text"]


def test_explain_reads_the_fields_that_are_named(cleaner_command: Command) -> None:
    named = ("--stdin-format", "jsonl", "--text-field", "content")
    ran = cleaner_command("explain", "-", *named, stdin=json.dumps(ROW).encode())

    assert "Der Fährmann legt um acht Uhr ab" in ran.out


def test_the_flag_knows_every_format() -> None:
    assert set(FORMATS) == {form.value for form in Incoming}


@pytest.mark.parametrize(("name", "extra"), [("a.parquet", "parquet"), ("a.wet.gz", "warc")])
def test_a_package_that_is_missing_is_named_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, extra: str
) -> None:
    (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr("cleaner.readers.find_spec", lambda _: None)

    with pytest.raises(SourceError, match=rf"{name}: .*pip install 'cleaner\[{extra}\]'"):
        read([str(tmp_path)])


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS.keys())
def test_the_packages_of_extras_are_real(form: object) -> None:
    package = getattr(form, "package", None)

    assert package is None or importlib.util.find_spec(package)
