"""The index: what it counts is what the ledger has, and its list is what it can be filtered by."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from cleaner import Label
from cleaner.report import write_report
from cleaner.report.documents import summary_of
from cleaner.report.listing import ROWS_A_FILE, Listing
from cleaner.report.plots import BINS, Bins
from cleaner.report.tally import RULES_SHOWN
from cleaner.writers.runs import read_run, read_summary
from tests.report.making import (
    DOUBTFUL,
    called,
    doubtful,
    pages,
    parsed,
    record,
    rules_in,
    run_of,
)


def test_counts_of_the_index_agree_with_the_ledger(seeds_report: Path) -> None:
    index, summary = parsed(seeds_report), read_summary(seeds_report.parents[1])

    table = {
        row.get("data-label"): int(row.xpath("td[@class='n'][2]")[0].text.replace(",", ""))
        for row in index.xpath("//table[@class='mix']/tbody[last()]/tr[@data-label]")
    }
    # A rule has a row for each label it gave: neighbours may speak for any.
    fired: Counter[str] = Counter()
    for row in index.xpath("//table[@class='rules']/tbody/tr"):
        fired[row.xpath("string(th)")] += int(row.xpath("td[@class='n']")[0].text.replace(",", ""))

    assert table == {label: amount["lines"] for label, amount in summary["removed"].items()}
    assert fired == summary["rules"]


def test_the_list_agrees_with_the_records(seeds_report: Path) -> None:
    _, rows = called(seeds_report, "rows-0")
    [columns] = called(seeds_report, "columns-0")
    records = list(read_run(seeds_report.parents[1]))

    assert [
        [
            r.id,
            r.title or "",
            r.language or "",
            "",
            {k: a.lines for k, a in r.stats.removed.items()},
        ]
        for r in records
    ] == rows
    assert [r.stats.source.lines for r in records] == columns["lines"]
    shares = [1 - r.stats.kept.chars / r.stats.source.chars for r in records]
    assert [round(share * 1000) for share in shares] == columns["removed"]
    assert [
        round(1000 * min((gone.score for gone in r.removed), default=-0.001)) for r in records
    ] == columns["score"]


def test_the_list_has_the_share_of_each_label(tmp_path: Path) -> None:
    labels = [Label.BODY, Label.SPAM, Label.TICKER]
    index = write_report(run_of(tmp_path, [record("aaaa\nbb\ncc", labels), record("aaaa")]))

    [columns] = called(index, "columns-0")

    assert {"ticker": [250, 0], "spam": [250, 0]} == columns["labels"]


def test_a_list_too_long_for_a_file_goes_into_several(tmp_path: Path) -> None:
    summary = summary_of(1, record("Text."))
    listing = Listing(tmp_path)

    places = [listing.add(summary) for _ in range(ROWS_A_FILE + 1)]

    assert 2 == listing.finish([])
    assert list(range(ROWS_A_FILE + 1)) == places
    rows = [called(tmp_path / "index.html", f"rows-{i}")[1] for i in range(2)]
    columns = [called(tmp_path / "index.html", f"columns-{i}")[0] for i in range(2)]
    assert [ROWS_A_FILE, 1] == list(map(len, rows))
    assert [(0, ROWS_A_FILE), (ROWS_A_FILE, 1)] == [(c["first"], len(c["lines"])) for c in columns]


def test_documents_of_a_rule_are_listed_as_steps(tmp_path: Path) -> None:
    spam, body = record("Weg", Label.SPAM), record("Text.")
    index = write_report(run_of(tmp_path, [body, spam, body, body, spam]))

    assert ["spam.rule"] == rules_in(index)[1:]
    assert [1, [1, 3]] == called(index, "rule-1")


@pytest.mark.parametrize(
    ("about", "site"),
    [
        ({}, ""),
        ({"sitename": "Die Zeitung"}, "Die Zeitung"),
        ({"sitename": "Die Zeitung", "url": "https://zeitung.example/a"}, "zeitung.example"),
        ({"url": "https://[kaputt"}, ""),
    ],
    ids=["none", "name", "host first", "no address"],
)
def test_documents_have_their_site(tmp_path: Path, about: dict[str, str], site: str) -> None:
    index = write_report(run_of(tmp_path, [record("Text.").model_copy(update=about)]))

    assert site == called(index, "rows-0")[1][0][3]


def test_languages_sites_and_flags_to_filter_by_are_counted(tmp_path: Path) -> None:
    languages = ["de", "fr", "fr", None]
    flags: list[tuple[str, ...]] = [("empty",), ("repaired", "long_lines"), ("repaired",), ()]
    records = [
        record("Text.").model_copy(update={"language": language, "flags": flag})
        for language, flag in zip(languages, flags, strict=True)
    ]
    index = write_report(run_of(tmp_path, records))

    assert ["any", "fr (2)", "de (1)"] == offered(index, "language")
    assert ["any", "repaired (2)", "empty (1)", "long lines (1)"] == offered(index, "flag")
    [columns] = called(index, "columns-0")
    assert [1, 2, 2, 0] == columns["language"]
    assert [0b001, 0b110, 0b010, 0] == columns["flags"]


def offered(index: Path, name: str) -> list[str]:
    """The options of a filter."""
    options = parsed(index).xpath(f"//select[@name='{name}']/option")
    return [option.text_content() for option in options]


@pytest.mark.parametrize("name", ["language", "site"])
def test_a_filter_with_one_choice_is_not_offered(tmp_path: Path, name: str) -> None:
    about = {"language": "de", "sitename": "Die Zeitung"}
    index = write_report(run_of(tmp_path, [record("Text.").model_copy(update=about)]))

    assert [] == offered(index, name)


def test_plots_are_told_in_words(seeds_report: Path) -> None:
    page = parsed(seeds_report)

    told = {
        plot.get("aria-labelledby"): page.get_element_by_id(plot.get("aria-describedby")).text
        for plot in page.xpath("//svg[@role='img']")
    }
    assert "0.00 to 0.05: 3 documents. 0.45 to 0.50: 1 documents." in told["shares"]
    lines = re.findall(r"0\.\d\d to \d\.\d\d: (\d+) lines\.", told["scores"])
    records = read_run(seeds_report.parents[1])
    assert sum(map(int, lines)) == sum(len(record.removed) for record in records)


def test_bars_of_a_bin_stand_upon_each_other() -> None:
    bins = Bins()
    for value, label in [(0.5, Label.SPAM), (0.51, Label.TICKER), (1.0, Label.SPAM)]:
        bins.add(value, label)

    plot = bins.histogram()

    found = [(bar.label, bar.start, bar.bottom, bar.height) for bar in plot.bars]
    assert [
        (Label.TICKER, 0.5, 0.0, 0.5),
        (Label.SPAM, 0.5, 0.5, 0.5),
        (Label.SPAM, 1 - 1 / BINS, 0.0, 0.5),
    ] == found
    assert 2 == plot.highest


def test_undecided_lines_are_counted(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [doubtful(*DOUBTFUL * 2), doubtful(*DOUBTFUL[:1])]))

    assert [2, 0] == called(index, "columns-0")[0]["undecided"]
    assert "2 lines undecided" in parsed(index).xpath("string(//header)")
    assert "2 undecided" in parsed(pages(index)[1]).xpath("string(//header)")


def test_a_run_without_doubt_has_no_column_for_it(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [doubtful(*DOUBTFUL[2:])]))

    assert "Undecided" not in parsed(index).text_content()


def test_an_empty_run_has_an_index(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [], failed=2))

    assert pages(index) == [index]
    assert "2 failed" in parsed(index).text_content()


def test_a_readable_line_is_preferred_as_example_of_a_rule(tmp_path: Path) -> None:
    each = record("-\n|\nEine Schlagzeile\n*\n+", Label.TICKER)
    index = parsed(write_report(run_of(tmp_path, [each])))

    first, *_ = index.xpath("//table[@class='rules']//td[@class='examples']//a")
    assert first.text_content() == "Eine Schlagzeile"
    assert first.get("href") == "documents/000/00001.html#L3"


def test_examples_of_a_rule_differ(tmp_path: Path) -> None:
    each = record("Kommentare\n" * 9 + "Ein anderer", Label.COMMENT)
    index = parsed(write_report(run_of(tmp_path, [each])))

    examples = index.xpath("//table[@class='rules']//td[@class='examples']//a")
    assert {"Kommentare", "Ein anderer"} == {link.text_content() for link in examples}
    assert 2 == len(examples)


def test_rules_that_decide_seldom_are_left_out_and_counted(tmp_path: Path) -> None:
    each = record("Weg\n" * (RULES_SHOWN + 2), Label.SPAM)
    removed = tuple(
        gone.model_copy(update={"rule": f"rule{i}"}) for i, gone in enumerate(each.removed)
    )

    index = write_report(run_of(tmp_path, [each.with_removed(removed)]))

    assert RULES_SHOWN == len(parsed(index).xpath("//table[@class='rules']/tbody/tr"))
    assert "2 more rules" in parsed(index).text_content()
