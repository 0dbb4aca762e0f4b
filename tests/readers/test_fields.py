"""Fields of rows: which are read, which go through to the output, and under what names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Pipeline, Record
from cleaner.model import Document, HtmlPage
from cleaner.settings import Fields
from tests.readers.samples import PAGE, found, messages

PIPELINE = Pipeline()
SENTENCE = "Der Fährmann legt um acht Uhr ab."


def one(folder: Path, row: dict[str, Any] | str, **names: str) -> Document | HtmlPage:
    line = row if isinstance(row, str) else json.dumps(row)
    [each] = found(folder, "a.jsonl", line.encode(), fields=Fields(**names))
    assert isinstance(each, Document | HtmlPage), each
    return each


def passed(folder: Path, row: dict[str, Any] | str, **names: str) -> dict[str, Any]:
    """What goes through to the row of the document, by its names there."""
    record = PIPELINE.run(one(folder, row, **names))
    written = json.loads(record.model_dump_json())
    return {name: value for name, value in written.items() if name not in Record.model_fields}


def test_fields_are_read_by_the_names_that_are_given(tmp_path: Path) -> None:
    row = {"content": SENTENCE, "doc": 7, "link": "https://a.example/"}
    each = one(tmp_path, row, text="content", id="doc", url="link")

    assert isinstance(each, Document)
    assert (SENTENCE, "7", "https://a.example/") == (each.text, each.id, each.url)
    assert {} == each.fields


def test_pages_are_read_by_the_name_that_is_given(tmp_path: Path) -> None:
    each = one(tmp_path, {"raw": PAGE}, html="raw")

    assert isinstance(each, HtmlPage)
    assert PAGE == each.markup


def test_a_dot_leads_into_a_field(tmp_path: Path) -> None:
    row = {"page": {"text": SENTENCE, "meta": {"url": "https://a.example/"}}, "id": {"a": 1}}
    each = one(tmp_path, row, text="page.text", url="page.meta.url", id="id.a")

    assert isinstance(each, Document)
    assert (SENTENCE, "https://a.example/", "1") == (each.text, each.url, each.id)


def test_a_name_with_a_dot_comes_before_the_way_into_a_field(tmp_path: Path) -> None:
    each = one(tmp_path, {"a.b": SENTENCE, "a": {"b": "other"}}, text="a.b")

    assert isinstance(each, Document)
    assert SENTENCE == each.text


def test_a_row_without_the_named_fields_says_how_to_name_them(tmp_path: Path) -> None:
    [message] = messages(found(tmp_path, "a.jsonl", b"{}", fields=Fields(text="body")))

    assert "no string 'body' and no string 'html'" in message
    assert "--text-field" in message


JSON = {
    "nothing": None,
    "whole": 10**30,
    "whole-as-a-float": 1.0,
    "negative-zero": -0.0,
    "small": 5e-324,
    "large": 1.7976931348623157e308,
    "nested": {"a": [1, {"b": [None, True, "ü\u2028\x00"]}], "": {}},
    "deep": json.loads("[" * 99 + "]" * 99),
}


@pytest.mark.parametrize("value", JSON.values(), ids=JSON.keys())
def test_other_fields_go_through_unchanged(tmp_path: Path, value: object) -> None:
    assert {"of_mine": value} == passed(tmp_path, {"text": SENTENCE, "of_mine": value})


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(fields=st.dictionaries(st.text(), ANY_JSON, max_size=4))
def test_whatever_a_row_says_is_written_and_read_again(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any]
) -> None:
    own = {name: value for name, value in fields.items() if name not in Record.model_fields}
    row = {**own, "text": SENTENCE}
    for name in ("html", "author"):
        own.pop(name, None)
    record = PIPELINE.run(one(tmp_path_factory.mktemp("any"), row))

    assert own == {name: value for name, value in record.passed.items() if name in own}
    assert record == Record.model_validate_json(record.model_dump_json()).with_removed([])


RENAMED = {
    "a name of the row": ({"source": "cc", "kept": 1}, {"input_source": "cc", "input_kept": 1}),
    "a name that is taken": (
        {"stats": 1, "input_stats": 2},
        {"input_stats": 2, "input_input_stats": 1},
    ),
    "a method": ({"restore": 1, "removed": 2, "body": 3}, {"restore": 1, "removed": 2, "body": 3}),
    "an id that is none": ({"id": ["a"]}, {"input_id": ["a"]}),
    "an address that is none": ({"url": 7}, {"input_url": 7}),
    "a page beside the text": ({"html": PAGE}, {"html": PAGE}),
    "a date that is cut": (
        {"date": "2017-02-03T10:00:00Z"},
        {"input_date": "2017-02-03T10:00:00Z"},
    ),
    "no date": ({"date": "3 March"}, {"input_date": "3 March"}),
    "authors in one string": ({"authors": "Ada; Alan"}, {"input_authors": "Ada; Alan"}),
    "author": ({"author": "Ada"}, {"author": "Ada"}),
    "what is told as it is": (
        {"title": "T", "date": "2017-02", "language": "de", "authors": ["Ada"], "id": "a"},
        {},
    ),
    "nothing": ({"title": None, "url": None, "html": None, "id": None}, {}),
}


@pytest.mark.parametrize(("row", "expected"), RENAMED.values(), ids=RENAMED.keys())
def test_what_is_not_told_as_it_is_goes_through(
    tmp_path: Path, row: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert expected == passed(tmp_path, {"text": SENTENCE, **row})


def test_a_field_that_is_not_the_text_goes_through(tmp_path: Path) -> None:
    row = {"text": "other", "content": SENTENCE}

    assert {"input_text": "other"} == passed(tmp_path, row, text="content")


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    row = '{"text": "a", "b\\ud800": ["\\udfffc"], "d": "\\ud83d\\ude00"}'

    assert {"b\ufffd": ["\ufffdc"], "d": "😀"} == passed(tmp_path, row)


def test_numbers_beyond_all_bounds_are_null(tmp_path: Path) -> None:
    row = '{"text": "a", "b": 1e999, "c": NaN}'

    assert {"b": None, "c": None} == passed(tmp_path, row)


def test_what_is_nested_too_deep_to_be_read_again_is_a_failure(tmp_path: Path) -> None:
    row = '{"text": "a", "b": ' + "[" * 150 + "]" * 150 + "}"
    [message] = messages(found(tmp_path, "a.jsonl", row.encode()))

    assert "a.jsonl:1: field 'b' is nested over 100 deep; leave it out" == message


def test_a_page_brings_its_fields_along(tmp_path: Path) -> None:
    assert {"of_mine": [1]} == passed(tmp_path, {"html": PAGE, "of_mine": [1]})
