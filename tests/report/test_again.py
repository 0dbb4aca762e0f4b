"""Why kept lines stayed: told where a document comes out as it did then, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Pipeline
from cleaner.engines.local import clean_into
from cleaner.readers import read, split
from cleaner.report import write_report
from tests.report.making import lines_of, pages, parsed

PAGE = """<html><body><nav><a href="/">Home</a> <a href="/login">Login</a></nav>
<article><h1>Der Hafen wird ausgebaut</h1>
<p>Die Stadt hat am Montag beschlossen, den Hafen in drei Jahren für zwölf Millionen auszubauen.</p>
<p>Die Arbeiten beginnen im Frühjahr, sagte die Bürgermeisterin nach der Sitzung des Rates.</p>
</article></body></html>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of HTML in a file."""
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def run_over(folder: Path, source: Path, pipeline: Pipeline) -> Path:
    """The folder of a run over a source."""
    clean_into(folder, split([str(source)]), pipeline)
    return folder


def told(index: Path) -> list[tuple[str, list[str]]]:
    """What is told of the kept lines of a report: each line's fate, and the rules that spoke."""
    kept = [
        row
        for file in pages(index)[1:]
        for row in lines_of(parsed(file))
        if "kept" in row.get("class").split()
    ]
    return [
        (fate.text_content(), [code.text_content() for code in row.iter("code")])
        for row in kept
        for fate in row.xpath(".//p[@class='fate']")
    ]


def explained(source: Path, pipeline: Pipeline) -> list[tuple[str, list[str]]]:
    """The same as `cleaner explain` has it."""
    records = [pipeline.run(document) for document in read([str(source)])]
    return [
        (f"Kept as {d.label}, score {d.score:.2f}", [voice.rule for voice in d.voices])
        for record in records
        for _, d in record.explained
        if d.label in pipeline.settings.keep
    ]


def test_kept_lines_of_texts_tell_what_explain_tells(
    seeds_report: Path, seeds_folder: Path, pipeline: Pipeline
) -> None:
    assert explained(seeds_folder, pipeline) == told(seeds_report)


def test_kept_lines_of_html_do_too(tmp_path: Path, page: Path, pipeline: Pipeline) -> None:
    run = run_over(tmp_path / "out", page, pipeline)

    assert explained(page, pipeline) == told(write_report(run)) != []


def test_lines_of_a_page_that_changed_or_went_tell_nothing(
    tmp_path: Path, page: Path, pipeline: Pipeline
) -> None:
    run = run_over(tmp_path / "out", page, pipeline)

    page.write_text(PAGE.replace("Montag", "Dienstag"), encoding="utf-8")
    changed = told(write_report(run))
    page.unlink()
    gone = told(write_report(run))

    assert ([], []) == (changed, gone)


@pytest.mark.parametrize("name", ["version", "rules_sha256", "weights_sha256", "settings"])
def test_lines_of_a_run_made_otherwise_tell_nothing(
    tmp_path: Path, page: Path, pipeline: Pipeline, name: str
) -> None:
    run = run_over(tmp_path / "out", page, pipeline)
    about = json.loads((run / "run.json").read_text(encoding="utf-8"))
    (run / "run.json").write_text(json.dumps({**about, name: "of another"}), encoding="utf-8")

    assert [] == told(write_report(run))


def test_reasons_of_kept_lines_can_be_left_out(
    tmp_path: Path, page: Path, pipeline: Pipeline
) -> None:
    run = run_over(tmp_path / "out", page, pipeline)

    assert [] == told(write_report(run, stayed=False))


def test_a_line_whose_score_is_another_makes_its_page_tell_nothing(
    tmp_path: Path, page: Path, pipeline: Pipeline
) -> None:
    run = run_over(tmp_path / "out", page, pipeline)
    rows = (run / "removed.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(rows[0])
    changed = json.dumps({**first, "score": first["score"] / 2})
    (run / "removed.jsonl").write_text("\n".join([changed, *rows[1:], ""]), encoding="utf-8")

    assert [] == told(write_report(run))
