"""`benchmarks/ablations.py`, on invented pages."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from cleaner import Pipeline
from cleaner.decide.features import features
from cleaner.evaluate.folds import page_key
from cleaner.fit import Options
from cleaner.gold import GoldPage
from cleaner.stages import STAGES
from cleaner.text.segment import segment
from tests.conftest import ROOT, names
from tests.fit import toys

LANGUAGES = ("de", "en", "fr", "ja")
PAGES = [
    page.model_copy(update={"lang": LANGUAGES[n % 4]}) for n, page in enumerate(toys.pages(16))
]
MARKED = "Vorher.\n<!-- ablations: begin -->\nalt\n<!-- ablations: end -->\nNachher.\n"


@pytest.fixture
def ablations(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    return importlib.import_module("ablations")


@pytest.fixture
def configurations(ablations: ModuleType) -> ModuleType:
    """What the script leaves out."""
    return sys.modules[ablations.Configuration.__module__]


def gold(file: Path, pages: list[GoldPage]) -> Path:
    file.write_text("\n".join(page.model_dump_json() for page in pages), encoding="utf-8")
    return file


def test_tables_of_all_forms_are_written_between_the_marks(
    ablations: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extracted = [page.model_copy(update={"lines": page.lines[5:12]}) for page in PAGES]
    files = [gold(tmp_path / "a.jsonl", PAGES), gold(tmp_path / "b.jsonl", extracted)]
    (tmp_path / "docs.md").write_text(MARKED, encoding="utf-8")
    flags = ["--folds", "2", "--test-folds", "1", "--epochs", "1", "--results", tmp_path / "out"]
    arguments = [f"whole={files[0]}", files[1], *flags, "--docs", tmp_path / "docs.md"]
    monkeypatch.setattr(sys, "argv", ["ablations.py", *map(str, arguments)])

    ablations.main()
    page = (tmp_path / "docs.md").read_text(encoding="utf-8")
    monkeypatch.setattr(ablations, "learn", None)  # what is done is not done again
    ablations.main()

    assert page == (tmp_path / "docs.md").read_text(encoding="utf-8")
    assert page.startswith("Vorher.\n<!-- ablations: begin -->\n\n1 of 2 folds by page, 1 epochs")
    assert page.endswith("<!-- ablations: end -->\nNachher.\n")
    lines = page.splitlines()
    assert [f"### {x}" for x in ("whole", "b", "wrapped", "wrapped_short", "clean")] == [
        line for line in lines if line.startswith("###")
    ]
    assert 5 == len([line for line in lines if line.startswith("| without wording | ")])
    assert 8 == sum(int(found) for found in pages_by_language(page))
    [run] = names(tmp_path / "out")
    assert len(list(ablations.configurations())) == len(names(tmp_path / "out" / run))


def pages_by_language(page: str) -> list[str]:
    """The numbers of pages in the head of the first table."""
    head = next(line for line in page.splitlines() if line.startswith("|"))
    return [cell.split()[-2] for cell in head.split("|") if cell.endswith(" pages ")]


def test_a_page_without_marks_is_refused(ablations: ModuleType) -> None:
    with pytest.raises(ValueError, match="add both where the text belongs"):
        ablations.written(MARKED.replace("end", "ende"), "ablations", "")


@pytest.mark.parametrize("stage", STAGES)
def test_a_silenced_stage_is_as_if_it_were_left_out(
    stage: str, configurations: ModuleType, pipeline: Pipeline, seeds_folder: Path
) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(seeds_folder.glob("*.txt"))]
    texts += [page.text for page in PAGES[:4]]
    silent = configurations.Configuration("", tuple(configurations.voiced(stage)))
    network = configurations.deaf(pipeline.deciding.network, silent)

    silenced = replace(pipeline, weights=replace(pipeline.deciding, network=network))

    for page in map(segment, texts):
        one, other = silenced.run(page), pipeline.without(stage).run(page)
        assert [(d.label, d.score) for _, d in one.explained] == [
            (d.label, d.score) for _, d in other.explained
        ]


def test_every_voice_belongs_to_a_stage(configurations: ModuleType, pipeline: Pipeline) -> None:
    heard = list(pipeline.hear([segment(page.text) for page in PAGES[:4]]))
    spoken = {column for stage in STAGES for column in configurations.voiced(stage)}

    for each in heard:
        with_voices, without = features(each.page, each.proposals), features(each.page, [])  # type: ignore[union-attr]
        assert set((with_voices != without).any(axis=0).nonzero()[0].tolist()) <= spoken


def test_no_form_of_a_page_is_on_both_sides(ablations: ModuleType, pipeline: Pipeline) -> None:
    study = ablations.Study({"whole": PAGES, "again": PAGES}, {}, Options(), 3, pipeline)

    for fold in range(3):
        rest, held = study.split(fold)
        seen = {page_key(page.id) for page in rest}
        assert all(held.values())
        assert seen.isdisjoint(page.id for pages in held.values() for page in pages)


def test_fewer_pages_are_among_the_more(ablations: ModuleType) -> None:
    portions = [{page.id for page in ablations._portion(PAGES, n)} for n in (1, 2, 4, 8)]  # noqa: SLF001

    assert [2, 4, 8, 16] == [len(portion) for portion in portions]
    assert all(few < more for few, more in pairwise(portions))
