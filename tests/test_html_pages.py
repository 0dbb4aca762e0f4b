"""`benchmarks/html_pages.py`, on invented pages."""

from __future__ import annotations

import doctest
import gzip
import importlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cleaner import Label, Pipeline
from cleaner.evaluate import Counts, GoldPage
from tests.conftest import ROOT, names

HEADLINE = "Neue Brücke über den Fluss"
LEAD = "Die Stadt hat am Montag eine neue Brücke eröffnet, über die jetzt Züge fahren."
END = "Sie kostete elf Millionen Euro."
TEASER = "Lesen Sie auch: Das Wetter am Wochenende"
LINES = (
    (HEADLINE, Label.TITLE),
    (LEAD, Label.BODY),
    (END, Label.BODY),
    ("Foto: Privat", Label.CAPTION),
    (TEASER, Label.TICKER),
    ("Ohne Urteil", None),
)
MARKUP = f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{HEADLINE}</title>
<body><ul class="menu"><li><a href="/">Start</a><li><a href="/wetter">Wetter</a></ul>
<article><h1>{HEADLINE}</h1><p>{LEAD}</p><p>{END}</p></article>
<div class="teaser"><a href="/w">{TEASER}</a></div></body></html>"""


def gold(name: str) -> GoldPage:
    lines = [{"text": text, "label": label} for text, label in LINES]
    return GoldPage.model_validate({"id": name, "lang": "de", "lines": lines})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold folder of two pages."""
    (tmp_path / "gold" / "html").mkdir(parents=True)
    rows = [gold(name).model_dump_json() for name in ("a", "b")]
    (tmp_path / "gold" / "dev.jsonl").write_text("\n".join(rows), encoding="utf-8")
    for name in ("a", "b"):
        packed = gzip.compress(MARKUP.encode())
        (tmp_path / "gold" / "html" / f"{name}.html.gz").write_bytes(packed)
    return tmp_path / "gold"


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The modules of the script, by name."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    return importlib.import_module


def test_lines_count_by_their_letters_and_digits(benchmark: Any) -> None:
    scores, extracted = benchmark("html_scores"), benchmark("html_tools").Extracted
    quality = scores.Quality()

    quality.add(gold("a"), extracted(f"{HEADLINE.upper()}\n{LEAD}\nFoto: Privat\n{TEASER}", LEAD))

    [counts] = quality.lines.pages.values()
    assert Counts(kept=22 + 63, lost=26, noise=33) == counts
    assert (26 / (63 + 26), 1.0) == (quality.body_lost, quality.noise_kept)
    assert 0 == quality.failed


def test_nothing_is_kept_of_a_page_that_a_tool_raised_at(benchmark: Any) -> None:
    quality = benchmark("html_scores").Quality()

    quality.add(gold("a"), None)

    [counts] = quality.lines.pages.values()
    assert Counts(kept=0, lost=22 + 63 + 26, noise=0) == counts
    assert (1, 0.0, 0.0) == (quality.failed, quality.noise_kept, quality.f1)


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        pytest.param("kurz", "zukurzum", True, id="short line within another"),
        pytest.param("", "text", False, id="no letters"),
        pytest.param("a" * 60, "a" * 59, False, id="short line is sought whole"),
        pytest.param("a" * 30 + "b" * 31, "b" * 20 + "a" * 30, True, id="half the pieces"),
        pytest.param("a" * 30 + "b" * 30 + "c" * 30, "a" * 30, False, id="a third of the pieces"),
        pytest.param("a" * 60 + "b" * 29, "a" * 30, True, id="an end too short is not sought"),
    ],
)
def test_a_long_line_is_kept_where_half_of_it_stands(
    benchmark: Any, line: str, text: str, *, expected: bool
) -> None:
    assert expected is benchmark("html_scores").stands(line, text)


@pytest.mark.parametrize(
    ("found", "wanted", "precision", "recall"),
    [
        pytest.param("a b c d x", "a b, c d e", 1 / 2, 1 / 2, id="one of two"),
        pytest.param("a b c d e f g", "a b c d", 1 / 4, 1, id="too much"),
        pytest.param("a b c d", "a b c d a b c d", 1, 1 / 5, id="repeated runs count"),
        pytest.param("a b", "a b", 1, 1, id="shorter than a run"),
        pytest.param("", "", 1, 1, id="nothing wanted, nothing found"),
        pytest.param("", "a b", 0, 0, id="nothing found"),
        pytest.param("a b", "", 0, 0, id="nothing wanted"),
    ],
)
def test_bodies_are_compared_by_runs_of_four_words(
    benchmark: Any, found: str, wanted: str, precision: float, recall: float
) -> None:
    grams = benchmark("html_scores").grams(found, wanted)

    assert (precision, recall) == pytest.approx((grams.precision, grams.recall))


def test_precision_and_recall_of_pages_are_averaged_first(benchmark: Any) -> None:
    scores = benchmark("html_scores")

    quality = scores.Quality(grams=[scores.grams("", "a b"), scores.grams("a b c d e", "a b c d")])

    assert (0.25, 0.5, 1 / 3) == pytest.approx((quality.precision, quality.recall, quality.f1))


def test_table_and_plot_are_written_with_a_warning_that_pages_were_seen(
    benchmark: Any,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, asked = folder.parent / "docs", ("cleaner", "trafilatura", "resiliparse")
    flags = ["--repeats", "1", "-o", out, "--tools", *asked]
    monkeypatch.setattr(sys, "argv", ["html_pages.py", *map(str, [folder, *flags])])

    benchmark("html_pages").main()

    page, told = (out / "benchmarks.md").read_text(encoding="utf-8"), capsys.readouterr()
    tools = benchmark("html_tools").TOOLS
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")][2:]
    assert [name for name in asked if tools[name].version] == [
        row[0][2:].split(" (")[0] for row in rows
    ]
    assert all(f"{name}: left out" in told.err for name in asked if not tools[name].version)
    assert "**Rows of cleaner are scored on pages it was fitted to" in page
    assert "(**scored on pages it was fitted to**)" in rows[0][0]
    assert told.out.strip() in page
    assert ["1.000", "1.000", "0.0%", "0.0%"] == rows[0][2:6]
    drawn = importlib.util.find_spec("matplotlib") is not None
    assert ["benchmarks.md", *["benchmarks.svg"] * drawn] == names(out)


def test_each_fold_is_scored_by_a_fit_that_has_not_seen_it(
    benchmark: Any, folder: Path, pipeline: Pipeline
) -> None:
    pages, seen = [gold("a"), gold("b")], []

    def train(some: Sequence[GoldPage]) -> Pipeline:
        seen.append([page.id for page in some])
        return pipeline

    ours = {"cleaner", "cleaner, text alone"}
    found = benchmark("html_pages").cross_validated(pages, folder, train, 2, ours)

    assert [["a"], ["b"]] == sorted(seen)
    assert ours == found.keys()
    assert [{"a", "b"}] * 2 == [quality.lines.pages.keys() for quality in found.values()]


@pytest.mark.parametrize("name", ["html_scores", "marks"])
def test_examples_of_the_modules_hold(benchmark: Any, name: str) -> None:
    module: ModuleType = benchmark(name)

    assert 0 == doctest.testmod(module).failed
