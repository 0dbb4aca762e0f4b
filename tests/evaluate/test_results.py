from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from markdown_it import MarkdownIt  # rich brings it
from rich.console import Console

from cleaner import Label, Pipeline
from cleaner.decide.decisions import Voice
from cleaner.evaluate import (
    Fate,
    GoldPage,
    Judged,
    Result,
    cross_evaluate,
    evaluate_files,
    result,
    summary,
)
from cleaner.evaluate.listing import (
    LONGEST_LISTING,
    TEXT_CHARS,
    code,
    listing,
    worst_pages,
    write_results,
)
from cleaner.evaluate.results import group_of, worst_by_f1, worst_by_weight
from cleaner.evaluate.tables import tables, worst_tables

QUIET = Pipeline(stages={})
VOICE = Voice(Label.TICKER, 0.9, "s", "ticker.rule", "reads like one")
# Gold label, label given, text; five letters each.
LINES = [
    ("body", "body", "Zeile"),
    ("body", "body", "Zweie"),
    ("body", "body", "Dreie"),
    ("body", "ticker", "Viere"),
    ("caption", "caption", "Fünfe"),
    ("body", "body", "Sechs"),
    ("body", "body", "Siebn"),
    ("body", "body", "Achte"),
    ("body", "body", "Neune"),
    ("spam", "body", "Zehne"),
    ("ticker", "boilerplate", "Elfte"),
]


def judged(
    lines: Sequence[tuple[str, str, str]] = LINES, name: str = "seite", **about: str
) -> Judged:
    gold = [{"text": text, "label": label} for label, _, text in lines]
    page = GoldPage.model_validate({"id": name, "lines": gold, **about})
    fates = tuple(
        Fate(i, Label(label), 5, given not in {"title", "body"}, Label(given), 0.87, voice=VOICE)
        for i, (label, given, _) in enumerate(lines)
    )
    return Judged(page, fates)


def right(name: str) -> Judged:
    return judged([("body", "body", "Zeile")], name)


def shown(found: Result) -> str:
    """The tables as a pipe gets them."""
    console = Console(file=io.StringIO(), width=200)
    console.print(tables(found), worst_tables(found, 3))
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_a_listing_shows_what_went_wrong_amid_its_neighbours() -> None:
    expected = """\
@@ 2-6 @@
     2  body         body         0.87  ticker.rule  Zweie
     3  body         body         0.87  ticker.rule  Dreie
-    4  body         ticker       0.87  ticker.rule  Viere
     5  caption      caption      0.87  ticker.rule  Fünfe
     6  body         body         0.87  ticker.rule  Sechs
@@ 8-11 @@
     8  body         body         0.87  ticker.rule  Achte
     9  body         body         0.87  ticker.rule  Neune
+   10  spam         body         0.87  ticker.rule  Zehne
    11  ticker       boilerplate  0.87  ticker.rule  Elfte"""

    assert expected.split("\n") == list(listing(judged()))


def test_a_page_without_mistakes_has_an_empty_listing() -> None:
    assert [] == list(listing(right("a")))


def test_a_listing_goes_without_scores_and_voices() -> None:
    page = judged([("spam", "body", "Zehne")])
    bare = Judged(page.page, (Fate(0, Label.SPAM, 5, removed=False, label=None),))

    assert f"+    1  spam{' ' * 30}Zehne" == list(listing(bare))[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * TEXT_CHARS, "a" * TEXT_CHARS),
        ("a" * (TEXT_CHARS + 1), "a" * (TEXT_CHARS - 1) + "…"),
        ("eins\r\nzwei\u2028drei", "eins zwei drei"),
        ("``` zu\n```\n# auf", "``` zu ``` # auf"),
        ("\x1b[31mrot\u202e", "[31mrot"),
    ],
    ids=["fits", "cut", "line-ends", "fence", "control"],
)
def test_a_text_stays_in_its_line(text: str, expected: str) -> None:
    [_, row] = listing(judged([("spam", "body", text)]))

    assert row.endswith(f"  {expected}")


HOSTILE = [
    "```",
    "~~~",
    "\n```\n# Kopf",
    "<script>alert(1)</script>",
    "| a | b |\n|---|---|",
    "![x](http://tracker/)",
    "\r> quote",
    "a`b``c",
    "`",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_page_breaks_the_markdown(text: str) -> None:
    page = judged([("spam", "body", text)], name=text, url=text, lang=text)

    markup = MarkdownIt("commonmark").enable("table").parse("\n".join(report(page)))

    kinds = [token.type for token in markup]
    inner = {child.type for token in markup for child in token.children or ()}
    assert (3, 1, 0) == tuple(map(kinds.count, ("heading_open", "fence", "table_open")))
    assert {"text", "code_inline", "softbreak"} >= inner
    assert not {"html_block", "blockquote_open"} & set(kinds)


def report(*pages: Judged, number: int = 5) -> list[str]:
    return list(worst_pages(result("gold", pages), number))


@pytest.mark.parametrize("text", ["a_b", "", "  ", "`a`", "a\nb"])
def test_code_is_one_span_in_one_line(text: str) -> None:
    [inline] = [t for t in MarkdownIt().parse(code(text)) if t.type == "inline"]

    assert ["code_inline"] == [child.type for child in inline.children or ()]


def test_a_page_is_listed_once_however_bad() -> None:
    heads = [line for line in report(judged(name="a"), right("b")) if line.startswith("### ")]

    assert ["### `a`\n"] == heads


def test_the_number_of_pages_holds_for_each_ranking() -> None:
    large = judged([*LINES * 9, ("spam", "body", "Zehne")], name="large")
    low = judged([("spam", "body", "Zehne")], name="low")

    heads = [line for line in report(large, low, judged(), number=1) if line.startswith("### ")]

    assert ["### `large`\n", "### `low`\n"] == heads


def test_long_listings_end_with_a_count() -> None:
    page = judged([("spam", "body", "Zehne")] * (LONGEST_LISTING + 20))

    assert "… and 21 lines more\n" == report(page)[-1]


def test_a_perfect_result_says_so() -> None:
    assert "Nothing went wrong.\n" in report(right("a"))
    assert "nothing went wrong" in shown(result("gold", [right("a")]))


def test_worst_pages_leave_out_those_that_are_right() -> None:
    pages = [right("a"), judged(name="b"), judged([("spam", "body", "Z")], name="c")]

    assert ["c", "b"] == [page.page.id for page, _ in worst_by_f1(pages)]
    assert ["b", "c"] == [page.page.id for page, _ in worst_by_weight(pages)]


@pytest.mark.parametrize(
    ("by", "expected"),
    [("lang", "de"), ("source", "a"), ("year", "2020"), ("site", "x.example"), ("none", "-")],
)
def test_pages_are_grouped_by_site_or_any_field(by: str, expected: str) -> None:
    row = {
        "id": "a",
        "lang": "de",
        "source": "a",
        "year": 2020,
        "url": "https://www.x.example/1",
        "lines": [],
    }

    assert expected == group_of(GoldPage.model_validate(row), by)


def test_tables_have_a_row_for_each_group() -> None:
    found = result("gold", [judged(lang="de"), judged(lang="[b]x[/b]"), judged()], by="lang")

    rows = shown(found).split("by lang")[1].split("\n")

    assert ["-", "[b]x[/b]", "de"] == [row.split()[0] for row in rows[2:5]]


def test_tables_show_every_figure() -> None:
    found = shown(result("gold", [judged()], folds="5 folds by page"))

    assert [] == [
        words
        for words in (
            "gold: 1 pages, 5 folds by page",
            "article lost: 5 letters and digits, 1 lines",
            "body lost: 5 of 40 letters and digits (12.50%), 1 lines",
            "removed noise under its right label: 0.00%, mean of labels 0.00%",
            "flagged: 0 undecided lines (0.00%), 0 quarantined pages",
            "calibration error",
            "worst pages by F1",
            "worst pages by letters and digits",
        )
        if words not in found
    ]


def test_tables_of_no_pages_are_shown() -> None:
    assert "0 pages" in shown(result("gold", []))


def test_plain_values_say_all() -> None:
    values = json.loads(json.dumps(summary(result("gold", [judged(lang="de")], by="lang"))))

    assert {
        "weight": 5,
        "share": 0.125,
        "lines": 1,
    } == values["body_lost"]
    assert {"micro": 0.0, "macro": 0.0, "labels": {"ticker": 0.0}} == values["typed"]
    assert {"body": 35, "ticker": 5} == values["confusion"]["weight"]["body"]
    assert {"body": 7, "ticker": 1} == values["confusion"]["lines"]["body"]
    assert {"low": 0.8, "high": 0.9, "lines": 11, "score": 0.87, "right": 0.7273} == values[
        "calibration"
    ]["label"]["bins"][8]
    assert 0.1427 == values["calibration"]["label"]["error"]
    assert {"lines": 0, "share": 0.0} == values["undecided"]
    assert values["groups"]["de"]["micro"] == values["micro"]


@pytest.mark.parametrize(("folds", "has"), [(None, False), ("2 folds by page", True)])
def test_plain_values_tell_cross_validation(folds: str | None, *, has: bool) -> None:
    assert has == ("folds" in summary(result("gold", [judged()], folds=folds)))


def test_results_are_written_for_reader_and_program(tmp_path: Path) -> None:
    write_results(tmp_path / "new" / "out", [result("a", [judged()]), result("b", [judged()])], 5)

    assert ["scores.json", "worst.md"] == sorted(p.name for p in (tmp_path / "new/out").iterdir())
    scores = json.loads((tmp_path / "new/out/scores.json").read_text(encoding="utf-8"))
    assert ["a", "b"] == [each["gold"] for each in scores]


def test_a_lone_surrogate_does_not_stop_the_report(tmp_path: Path) -> None:
    write_results(tmp_path, [result("a", [judged([("spam", "body", "a\ud800b")])])], 5)

    assert r"a\ud800b" in (tmp_path / "worst.md").read_text(encoding="utf-8")


PAGES = [right(f"{i}").page for i in range(4)]


def test_files_are_scored_one_by_one() -> None:
    found = evaluate_files({"a": PAGES, "b": PAGES[:1]}, QUIET)

    assert [("a", 4), ("b", 1)] == [(each.name, len(each.scores.pages)) for each in found]


def test_cross_validated_files_are_scored_one_by_one() -> None:
    found = cross_evaluate({"a": PAGES, "b": PAGES[:1]}, lambda _: QUIET, 2, by_site=True)

    assert [("a", 4, "2 folds by site"), ("b", 1, "2 folds by site")] == [
        (each.name, len(each.scores.pages), each.folds) for each in found
    ]
