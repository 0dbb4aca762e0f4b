"""Parquet: rows to documents, values that JSON lacks, broken row groups."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cleaner import Pipeline
from cleaner.model import Document, HtmlPage
from cleaner.readers import parquet as reader
from tests.readers.samples import PAGE, found, messages, parquet, parquet_of, texts

SENTENCE = "Der Fährmann legt um acht Uhr ab."


def row(folder: Path, **columns: Any) -> Document | HtmlPage:
    """The one document of a row with these columns."""
    [each] = found(folder, "a.parquet", parquet([columns]))
    assert isinstance(each, Document | HtmlPage), each
    return each


def test_rows_are_documents_in_order(tmp_path: Path) -> None:
    rows = [{"text": f"Satz {number}."} for number in range(200)]
    inputs = found(tmp_path, "a.parquet", parquet(rows, row_group_size=70))

    assert [each["text"] for each in rows] == texts(inputs)
    assert [f"a.parquet:{number}" for number in range(1, 201)] == [each.id for each in inputs]  # type: ignore[union-attr]


def test_a_row_brings_its_id_its_url_and_what_it_says(tmp_path: Path) -> None:
    url = "https://example.org/faehre"
    each = row(tmp_path, text=SENTENCE, id=7, url=url, title="Fähre", date=dt.date(2017, 2, 3))

    assert ("7", url, sha256(SENTENCE.encode()).hexdigest()) == (each.id, each.url, each.sha256)
    assert {"title": "Fähre", "date": "2017-02-03"} == each.metadata
    assert {} == each.fields


def test_a_page_may_be_a_string_or_bytes(tmp_path: Path) -> None:
    for markup in (PAGE, PAGE.encode("latin-1")):
        each = row(tmp_path, text=None, html=markup)

        assert isinstance(each, HtmlPage)
        assert markup == each.markup
        assert "Der Fährmann" in Pipeline().run(each).text


def test_a_text_of_bytes_is_decoded(tmp_path: Path) -> None:
    each = row(tmp_path, text=f"{SENTENCE}\0".encode("cp1252"))

    assert isinstance(each, Document)
    assert (f"{SENTENCE}\0", "utf-8") == (each.text, each.encoding)
    assert ["invalid_bytes", "nul"] == [repair.kind for repair in each.repairs]


VALUES = {
    "null": (pa.array([None]), None),
    "integer": (pa.array([2**63 - 1]), 2**63 - 1),
    "unsigned": (pa.array([2**64 - 1], pa.uint64()), 2**64 - 1),
    "float": (pa.array([0.1]), 0.1),
    "boolean": (pa.array([True]), True),
    "day": (pa.array([dt.date(2017, 2, 3)]), "2017-02-03"),
    "second": (pa.array([0], pa.timestamp("s")), "1970-01-01T00:00:00"),
    "nanosecond": (pa.array([1], pa.timestamp("ns")), "1970-01-01T00:00:00.000000001"),
    "with-zone": (pa.array([1], pa.timestamp("ns", "UTC")), "1970-01-01T00:00:00.000000001Z"),
    "time-of-day": (pa.array([dt.time(8, 30)]), "08:30:00"),
    "duration": (pa.array([dt.timedelta(minutes=2)]), 120.0),
    "decimal": (pa.array([Decimal("1.10")]), "1.10"),
    "bytes": (pa.array([b"\xff\x00"]), "/wA="),
    "list": (pa.array([[1, None]]), [1, None]),
    "struct": (pa.array([{"a": {"b": b"\xff"}}]), {"a": {"b": "/w=="}}),
    "map": (pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())), [["a", 1]]),
    "dictionary": (pa.array(["a"]).dictionary_encode(), "a"),
}


@pytest.mark.parametrize(("column", "expected"), VALUES.values(), ids=VALUES.keys())
def test_a_column_goes_through_as_json_can_tell_it(
    tmp_path: Path, column: pa.Array, expected: object
) -> None:
    table = pa.table({"text": [SENTENCE], "of_mine": column})
    [each] = found(tmp_path, "a.parquet", parquet_of(table))

    assert isinstance(each, Document)
    assert {"of_mine": expected} == each.fields


def test_a_row_without_a_text_is_a_failure_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = [{"text": "Satz 1."}, {"text": None}, {"text": "Satz 3."}]
    inputs = found(tmp_path, "a.parquet", parquet(rows))

    assert ["Satz 1.", "Satz 3."] == texts(inputs)
    assert messages(inputs)[0].startswith("a.parquet:2: row has no string 'text'")


def test_of_a_broken_row_group_the_others_are_read(tmp_path: Path) -> None:
    rows = [{"text": f"Satz Nummer {number} von dreißig."} for number in range(30)]
    content = bytearray(parquet(rows, row_group_size=10, compression="zstd"))
    second = [at for at in range(len(content)) if content.startswith(b"\x28\xb5\x2f\xfd", at)]
    middle = second[len(second) // 2]
    content[middle : middle + 12] = b"\xff" * 12
    inputs = found(tmp_path, "a.parquet", bytes(content))

    assert [each["text"] for each in rows[:10] + rows[20:]] == texts(inputs)
    [message] = messages(inputs)
    assert message.startswith("a.parquet:11: row group 1 cannot be read from here to row 20 (")


@pytest.mark.parametrize("cut", [0, 1, 4, 100, -1], ids=str)
def test_a_file_that_is_cut_off_is_a_failure(tmp_path: Path, cut: int) -> None:
    [message] = messages(found(tmp_path, "a.parquet", parquet([{"text": "Satz."}])[:cut]))

    assert f"{tmp_path}/a.parquet: no whole Parquet file (" in message
    assert message.endswith("; write or fetch it again")


def test_a_row_over_the_limit_is_a_failure_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_DOCUMENT_BYTES", 1_000)
    inputs = found(tmp_path, "a.parquet", parquet([{"text": "a" * 2_000}, {"text": "Satz."}]))

    assert ["Satz."] == texts(inputs)
    assert "row of over " in messages(inputs)[0]
