from __future__ import annotations

import json
import pickle
from collections.abc import Iterator

import pytest

from cleaner import Pipeline, Settings
from cleaner.batches import BATCH_DOCUMENTS
from cleaner.errors import SourceError
from cleaner.integrations.extras import MissingError, library
from cleaner.integrations.rows import NAMES, Cleaner
from cleaner.settings import Fields
from tests.integrations.hosts import FAILS, ROWS, cleaner, expected, told

SENTENCE = "Der Zug kam um acht Uhr an, und niemand stieg aus."
COLUMNS = {name: [row[name] for row in ROWS] for name in ROWS[0]}


def test_columns_have_the_bytes_of_the_command_line() -> None:
    made = cleaner()(COLUMNS)

    rows = [
        {"id": name, **{key: values[n] for key, values in made.items()}}
        for n, name in enumerate(COLUMNS["id"])
    ]
    assert expected() == told(rows)


def test_a_row_that_fails_has_an_error_and_nothing_else() -> None:
    [found] = cleaner().rows([{"text": FAILS}])

    assert found.error
    assert "StageError: : stage 'failing' raised ValueError" in found.error
    assert (None, None, [], []) == (found.text, found.document, found.removed, found.flags)


@pytest.mark.parametrize(
    "row", [{"text": None}, {"text": 5}, {"html": None, "text": None}], ids=str
)
def test_a_row_without_text_fails_alone(row: dict[str, object]) -> None:
    found = list(Cleaner().rows([{"text": SENTENCE}, row, {"text": SENTENCE}]))

    assert [SENTENCE, None, SENTENCE] == [each.text for each in found]
    assert "SourceError: row has no string 'text'" in str(found[1].error)


@pytest.mark.parametrize(
    "page", [f"<p>{SENTENCE}", f"<p>{SENTENCE}".encode()], ids=["str", "bytes"]
)
def test_pages_of_html_may_be_strings_or_bytes(page: str | bytes) -> None:
    assert [SENTENCE] == Cleaner()({"html": [page]})["cleaned_text"]


def test_columns_without_text_and_page_are_refused() -> None:
    with pytest.raises(SourceError, match="no column 'text' and no column 'html' among id, body"):
        Cleaner()({"id": ["a"], "body": ["b"]})


def test_an_empty_batch_has_empty_columns() -> None:
    assert {f"cleaned_{name}": [] for name in NAMES} == Cleaner()({"text": []})


def test_columns_that_are_not_read_are_no_part_of_the_document() -> None:
    [document] = Cleaner()({"text": [SENTENCE], "rank": [5], "html": [b"\xff"]})["cleaned_document"]

    assert not {"rank", "html"} & json.loads(document).keys()


@pytest.mark.parametrize("name", ["body", "page.body"])
def test_settings_name_the_columns_that_are_read(name: str) -> None:
    fields = Fields(text=name)
    columns = {"body": [SENTENCE], "page": [{"body": SENTENCE}], "text": ["Nicht dies."]}

    made = Cleaner(Pipeline(Settings(fields=fields)))(columns)

    assert [SENTENCE] == made["cleaned_text"]


def test_the_prefix_is_ones_own() -> None:
    assert "neat_text" in Cleaner(prefix="neat_")({"text": [SENTENCE]})


def test_rows_are_read_ahead_by_one_batch_at_most() -> None:
    taken = []

    def rows() -> Iterator[dict[str, str]]:
        for n in range(10_000):
            taken.append(n)
            yield {"text": SENTENCE}

    next(Cleaner().rows(rows()))

    assert len(taken) <= BATCH_DOCUMENTS


def test_a_pickled_cleaner_makes_the_same_columns() -> None:
    used = Cleaner(Pipeline().without("repeats"))

    again = pickle.loads(pickle.dumps(used))  # noqa: S301  # our own bytes

    assert used(COLUMNS) == again(COLUMNS)


def test_a_library_that_is_missing_is_named_with_the_cure() -> None:
    with pytest.raises(MissingError, match=r"nowhere cannot .*pip install 'cleaner\[spark\]'"):
        library("nowhere.at_all", "spark")
