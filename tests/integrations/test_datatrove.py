from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import rows
from tests.integrations.hosts import FAILS, ROWS, cleaner, expected, needed, told

needed("datatrove")

from datatrove.data import Document  # noqa: E402
from datatrove.executor import LocalPipelineExecutor  # noqa: E402
from datatrove.pipeline.readers import JsonlReader  # noqa: E402
from datatrove.pipeline.writers import JsonlWriter  # noqa: E402

from cleaner.integrations.datatrove import Clean  # noqa: E402


def documents() -> list[Any]:
    """The rows as a reader of datatrove gives them."""
    return [Document(row["text"], row["id"], metadata={"url": row["url"]}) for row in ROWS]


def told_of(found: list[Any]) -> dict[str, Any]:
    return told({"id": each.id, **each.metadata} for each in found)


def test_metadata_has_the_bytes_of_the_command_line() -> None:
    found = list(Clean(cleaner()).run(documents()))

    assert expected() == told_of(found)


def test_texts_are_the_articles_and_one_that_failed_stays() -> None:
    found = list(Clean(cleaner()).run(documents()))

    assert [
        FAILS if each.metadata["cleaned_error"] else each.metadata["cleaned_text"] for each in found
    ] == [each.text for each in found]


def test_stats_count_documents_flags_and_removed_lines() -> None:
    block = Clean(cleaner())

    found = list(block.run(documents()))

    counted = {name: block.stats[name].total for name in ("total", "forwarded", "failed", "empty")}
    assert {"total": 6, "forwarded": 6, "failed": 1, "empty": 1} == counted
    removed = [json.loads(row) for each in found for row in each.metadata["cleaned_removed"]]
    for label in ("ticker", "comment", "spam"):
        assert block.stats[f"removed_{label}"].total == sum(
            row["label"] == label for row in removed
        )


def test_documents_with_a_flag_are_dropped_and_written(tmp_path: Path) -> None:
    writer = JsonlWriter(str(tmp_path), compression=None)
    block = Clean(cleaner(), drop={"failed", "empty"}, exclusion_writer=writer)

    found = list(block.run(documents()))

    dropped = {
        row["id"]: row["metadata"]["filter_reason"] for row in rows(tmp_path / "00000.jsonl")
    }
    assert {"row-3": "empty", "row-4": "failed"} == dropped
    assert 4 == len(found)
    assert 2 == block.stats["dropped"].total


def test_pages_of_html_are_read_and_the_date_of_retrieval_is_not_believed() -> None:
    page = Document("<p>Ein Satz.", "a", metadata={"date": "2024-01-01", "url": "https://a.org/"})

    [found] = Clean(html=True).run([page])

    assert ("Ein Satz.", None) == (found.text, found.metadata["cleaned_date"])
    assert "https://a.org/" == json.loads(found.metadata["cleaned_document"])["source"]["url"]


@pytest.mark.parametrize("tasks", [1, 2])
def test_an_executor_runs_it(tmp_path: Path, tasks: int) -> None:
    for n, row in enumerate(ROWS):
        (tmp_path / f"{n}.jsonl").write_text(json.dumps(row), encoding="utf-8")

    LocalPipelineExecutor(
        [
            JsonlReader(str(tmp_path), glob_pattern="*.jsonl"),
            Clean(cleaner()),
            JsonlWriter(str(tmp_path / "out"), compression=None),
        ],
        tasks=tasks,
        workers=tasks,
        start_method="spawn",
        logging_dir=str(tmp_path / "logs"),
    ).run()

    written = [row for file in (tmp_path / "out").iterdir() for row in rows(file)]
    # datatrove's readers pass over documents without text.
    given = [row for row in ROWS if row["text"]]
    assert {row["id"]: expected()[row["id"]] for row in given} == told(
        {"id": row["id"], **row["metadata"]} for row in written
    )
