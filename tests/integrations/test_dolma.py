from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import SourceError
from cleaner.integrations.dolma import read, write_attributes
from cleaner.pipeline import Pipeline
from tests.integrations.hosts import ALL_HOSTS, FAILS, TEXTS, cleaner

# Its wheels end there.
DOLMA_IS_THERE = sys.version_info < (3, 13)


@cache
def mixer() -> Any:
    """Dolma's own mixer: the extension alone, for the package around it needs NumPy 1."""
    packages = [f"{folder}/dolma" for folder in sys.path]
    spec = PathFinder.find_spec("dolma", packages)
    if spec is None or spec.loader is None:
        if ALL_HOSTS and DOLMA_IS_THERE:
            pytest.fail("dolma is not installed")
        pytest.skip("dolma is not installed: make integrations")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(folder: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """A folder of documents with one file in it."""
    documents = folder / "documents"
    (documents / "part").mkdir(parents=True)
    with gzip.open(documents / "part" / "0000.jsonl.gz", "wt", encoding="utf-8") as opened:
        opened.writelines(f"{json.dumps(row)}\n" for row in rows)
    return documents


def rows(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        return [json.loads(line) for line in opened]


def document(n: int, text: str) -> dict[str, Any]:
    return {"id": str(n), "text": text, "source": "crawl", "added": "2024-01-02T00:00:00.000Z"}


DOCUMENTS = [document(n, text) for n, text in enumerate(TEXTS)]


def mixed(folder: Path, documents: Path, span: str) -> list[dict[str, Any]]:
    """What Dolma's mixer makes of documents and the attributes beside them."""
    config = {
        "streams": [
            {
                "name": "cleaned",
                "documents": [f"{documents}/**/*.gz"],
                "attributes": ["cleaner"],
                "output": {"path": f"{folder}/mixed", "max_size_in_bytes": 1 << 30},
                "compression": {"input": None, "output": None},
                "span_replacement": [
                    {
                        "span": f"$.attributes.{span}",
                        "min_score": 0.0,
                        "replacement": "",
                        "syntax": "jsonpath",
                    }
                ],
            }
        ],
        "work_dir": {"input": f"{folder}/in", "output": f"{folder}/out"},
        "processes": 1,
        "shuffle": False,
    }
    mixer().mixer_entrypoint(json.dumps(config))
    return [row for file in sorted((folder / "mixed").rglob("*.gz")) for row in rows(file)]


def test_the_mixer_makes_the_clean_text(tmp_path: Path) -> None:
    documents = written(tmp_path, DOCUMENTS)
    write_attributes(documents, pipeline=cleaner().pipeline)

    found = {
        row["id"]: row["text"].strip()
        for row in mixed(tmp_path, documents, "cleaner__cleaner__removed")
    }

    outcomes = cleaner().pipeline.outcomes(TEXTS)
    kept = [getattr(outcome, "text", text) for outcome, text in zip(outcomes, TEXTS, strict=True)]
    assert dict(zip(map(str, range(len(kept))), kept, strict=True)) == found


def test_the_mixer_can_take_out_one_label(tmp_path: Path) -> None:
    documents = written(tmp_path, DOCUMENTS[1:2])
    write_attributes(documents)

    [row] = mixed(tmp_path, documents, "cleaner__cleaner__comment")

    assert Pipeline().run(TEXTS[1]).text == row["text"].strip()


def test_attributes_stand_beside_the_documents_row_by_row(tmp_path: Path) -> None:
    [target] = write_attributes(written(tmp_path, DOCUMENTS), "mine")

    assert tmp_path / "attributes" / "mine" / "part" / "0000.jsonl.gz" == target
    assert [row["id"] for row in DOCUMENTS] == [row["id"] for row in rows(target)]


def test_spans_have_the_scores_of_the_ledger(tmp_path: Path) -> None:
    [target] = write_attributes(written(tmp_path, DOCUMENTS[1:2]))

    [row] = rows(target)

    removed = Pipeline().run(TEXTS[1]).removed
    spans = row["attributes"]["cleaner__cleaner__removed"]
    assert [(gone.start, gone.score) for gone in removed] == [(s, score) for s, _, score in spans]
    assert all(end >= gone.end for gone, (_, end, _) in zip(removed, spans, strict=True))


def test_a_document_that_fails_has_no_spans_and_says_so(tmp_path: Path) -> None:
    documents = written(tmp_path, [document(0, FAILS)])

    [target] = write_attributes(documents, pipeline=cleaner().pipeline)

    expected = {"cleaner__cleaner__removed": [], "cleaner__cleaner__failed": [[0, 0, 1.0]]}
    assert [{"id": "0", "attributes": expected}] == rows(target)


def test_the_same_documents_have_the_same_bytes(tmp_path: Path) -> None:
    documents = written(tmp_path, DOCUMENTS)

    [first] = [file.read_bytes() for file in write_attributes(documents)]
    [second] = [file.read_bytes() for file in write_attributes(documents)]

    assert first == second


def test_what_dolma_knows_of_a_document_is_read(tmp_path: Path) -> None:
    metadata = {"url": "https://a.org/", "title": "Ein Titel", "author": "A. Dubnow", "rank": 5}
    row = {**document(7, "Ein Satz."), "created": "2022-06-28T10:00:00.000Z", "metadata": metadata}
    documents = written(tmp_path, [row])

    [found] = Pipeline().map(read(documents / "part" / "0000.jsonl.gz"))

    assert ("7", "https://a.org/", "Ein Titel", "2022-06-28", ("A. Dubnow",)) == (
        found.id,
        found.source.url,
        found.title,
        found.date,
        found.authors,
    )


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}'], ids=["cut-off", "list", "no-text"])
def test_a_line_that_is_no_document_is_named_and_nothing_is_written(
    tmp_path: Path, line: str
) -> None:
    documents = written(tmp_path, [])
    (documents / "part" / "0000.jsonl.gz").write_bytes(gzip.compress(line.encode()))

    with pytest.raises(SourceError, match=r"0000\.jsonl\.gz:1: no document of Dolma"):
        write_attributes(documents)

    assert [] == [*(tmp_path / "attributes").rglob("*.gz*")]


def test_a_folder_that_dolma_would_not_find_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="must be called 'documents'"):
        write_attributes(tmp_path)
