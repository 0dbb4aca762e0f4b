"""A document's page: every line in its place, its reasons beside it, what is long divided."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cleaner import Label, Settings
from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.model import Repair
from cleaner.record import cut
from cleaner.report import write_report
from cleaner.report.documents import document_views, summary_of
from cleaner.report.parts import PIECE_CHARS
from cleaner.report.rows import rows, runs
from cleaner.report.views import FOLD_ROWS
from cleaner.text.segment import segment
from cleaner.writers.runs import read_run
from tests.report.making import (
    ASSETS,
    DOUBTFUL,
    decision,
    doubtful,
    lines_of,
    only_page,
    pages,
    parsed,
    quarantined,
    record,
    run_of,
    source_of,
    unfounded,
)

STYLE = (ASSETS / "document.css").read_text(encoding="utf-8")
MEGABYTE = 1_000_000


def test_removed_lines_of_the_seeds_are_coloured_and_give_their_reasons(seeds_report: Path) -> None:
    for page, each in zip(pages(seeds_report)[1:], read_run(seeds_report.parents[1]), strict=True):
        gone = parsed(page).xpath("//div[contains(@class, 'gone')]")

        assert len(each.removed) == len(gone)
        for row, removal in zip(gone, each.removed, strict=True):
            reasons = row.get_element_by_id(row.get("aria-describedby"))
            assert str(removal.label) in row.get("class").split()
            assert f"score {removal.score:.2f}" in reasons.text_content()
            assert [v.rule for v in removal.evidence] == [
                code.text_content() for code in reasons.iter("code")
            ]


def test_reasons_say_what_each_voice_added(tmp_path: Path) -> None:
    page = only_page(tmp_path, record("Text\nMeldung", [Label.BODY, Label.TICKER]))

    [reasons] = page.xpath("//div[@class='why']")

    said = [" ".join(item.text_content().split()) for item in reasons.iter("li")]
    assert [
        "+2.6 for ticker looks like ticker ticker.rule",
        "−0.3, for body might be text body.rule",
    ] == said


def test_reasons_without_log_odds_say_how_surely(tmp_path: Path) -> None:
    silent = Voice(Label.TICKER, 0.9, "stage", "ticker.rule", "looks like one")
    document = segment("Text\nMeldung", "page")
    older = Decisions.of(
        [decision(Label.BODY), Decision(Label.TICKER, 0.9, undecided=False, voices=(silent,))]
    )

    page = only_page(tmp_path, cut(document, older, Settings()))

    assert "0.90 for ticker" in page.xpath("string(//div[@class='why']//li)")


def test_every_character_of_the_seeds_is_on_its_page(seeds_report: Path) -> None:
    for page, each in zip(pages(seeds_report)[1:], read_run(seeds_report.parents[1]), strict=True):
        texts = parsed(page).xpath("//*[@class='text']")

        assert each.restore().split() == "\n".join(map(source_of, texts)).split()


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(blacklist_categories=["Cs"], max_codepoint=0xFFFF), max_size=9),
            st.sampled_from(Label),
        ),
        max_size=30,
    )
)
@examples(max_examples=60, deadline=None)
def test_rows_hold_every_character_of_any_text(lines: list[tuple[str, Label]]) -> None:
    text = "\n".join(content for content, _ in lines)
    labels = [label for _, label in lines]
    count = len(segment(text).lines)
    each = record(text, (labels * (count + 1))[:count])

    got = list(rows(each, each.restore()))

    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", "".join(row.text for row in got))
    assert [row for run in runs(got) for row in run.rows] == got
    assert len({row.name for row in got}) == len(got)


def test_two_spans_of_a_source_line_are_shown_in_order(tmp_path: Path) -> None:
    text = " date 2017-02 Die Regierung will.\r\n\r\nUnd sie tut es."
    page = only_page(tmp_path, record(text, [Label.META, Label.BODY, Label.BODY]))

    lines = [(row.get("id"), row.xpath("string(.//*[@class='text'])")) for row in lines_of(page)]
    assert lines == [
        ("L1", "date 2017-02"),
        ("L1-2", "Die Regierung will."),
        ("L3", "Und sie tut es."),
    ]


@pytest.mark.parametrize(("blank", "gap"), [(0, "gap-0"), (1, "gap-1"), (9, "gap-3")])
def test_blank_lines_are_a_gap(tmp_path: Path, blank: int, gap: str) -> None:
    page = only_page(tmp_path, record("Eins." + "\n" * (blank + 1) + "Zwei."))

    _, second = lines_of(page)
    assert gap in second.get("class").split()
    assert second.get("id") == f"L{blank + 2}"


def test_a_long_removed_run_is_folded_in_the_middle(tmp_path: Path) -> None:
    text = "\n".join(f"Zeile {i}" for i in range(FOLD_ROWS + 1))
    page = only_page(tmp_path, record(text, Label.TICKER))

    [fold] = page.xpath("//details[contains(@class, 'fold')]")
    assert "has-ticker" in fold.get("class").split()
    assert [row.get("id") for row in fold.iter("div") if "row" in row.get("class").split()] == [
        f"L{i}" for i in range(4, 12)
    ]


def test_a_short_removed_run_and_kept_text_are_not_folded(tmp_path: Path) -> None:
    removed, kept = "weg\n" * FOLD_ROWS, "da\n" * 50
    labels = [Label.SPAM] * FOLD_ROWS + [Label.BODY] * 50
    page = only_page(tmp_path, record(removed + kept, labels))

    assert not page.xpath("//details[contains(@class, 'fold')]")


def test_every_label_has_a_toggle_with_its_count(tmp_path: Path) -> None:
    labels = [*Label, Label.SPAM]
    page = only_page(tmp_path, record("\n".join(map(str, labels)), labels))

    boxes = {
        box.get("id"): box.getparent().xpath("string(span[@class='n'])").split()[0]
        for box in page.xpath("//input[@type='checkbox'][@checked]")
    }
    assert boxes == {f"show-{label}": "2" if label is Label.SPAM else "1" for label in Label}


@pytest.mark.parametrize("label", Label)
def test_a_toggle_works_by_style_alone(label: Label) -> None:
    assert f"body:has(#show-{label}:checked) .row.{label}" in STYLE
    assert f"body:has(#show-{label}:checked) .has-{label}" in STYLE


def test_removed_lines_can_be_reached_and_are_named_without_colour(tmp_path: Path) -> None:
    page = only_page(tmp_path, record("Lesen Sie auch: Alles", Label.TICKER))

    [row] = lines_of(page)
    assert row.get("tabindex") == "0"
    assert row.get("aria-label") == "line 1, removed as ticker"
    assert row.xpath("string(.//del/following-sibling::*)") == "ticker"


def test_undecided_lines_are_marked_reached_and_named_without_colour(tmp_path: Path) -> None:
    page = only_page(tmp_path, doubtful(*DOUBTFUL))

    [row] = page.xpath("//main//div[contains(@class, 'doubt')]")
    assert ("L3", "0", "body") == (row.get("id"), row.get("tabindex"), row.get("data-stop"))
    assert row.get("aria-label") == "line 3, kept as body, undecided"
    assert row.xpath("string(.//p/following-sibling::*)") == "undecided"


def test_undecided_lines_can_be_shown_alone(tmp_path: Path) -> None:
    page = only_page(tmp_path, doubtful(*DOUBTFUL))

    box = page.get_element_by_id("only-undecided")
    assert box.get("checked") is None
    assert box.getparent().text_content().split() == ["only", "undecided", "1", "line"]
    assert "body:has(#only-undecided:checked) .row:not(.doubt)" in STYLE


@pytest.mark.parametrize("doubts", [(False, False), (True, True)], ids=["none", "all"])
def test_undecided_lines_are_not_offered_alone_where_that_changes_nothing(
    tmp_path: Path, doubts: tuple[bool, ...]
) -> None:
    page = only_page(tmp_path, doubtful(*((Label.BODY, doubt) for doubt in doubts)))

    assert not page.xpath("//input[@id='only-undecided']")


def test_a_page_kept_whole_says_so_and_marks_what_would_have_gone(tmp_path: Path) -> None:
    page = only_page(tmp_path, quarantined())

    said = " ".join(page.xpath("string(//p[@role='note'])").split())
    assert said.startswith("Kept whole. 2 of 3 lines would have gone, a greater share of the text")
    assert said.endswith("ticker 1 spam 1")
    assert [row.get("aria-label") for row in lines_of(page)] == [
        "line 1, kept as body, undecided",
        "line 2, kept as body, would go: ticker 0.87",
        "line 3, kept as body, would go: spam 0.87",
    ]


def test_a_page_that_lost_lines_does_not_say_it_was_kept_whole(tmp_path: Path) -> None:
    assert not only_page(tmp_path, doubtful(*DOUBTFUL)).xpath("//*[@role='note']")


def test_facts_about_the_source_are_shown(tmp_path: Path) -> None:
    repairs = (Repair("nul", 3, "kept"),)
    about = {"path": "in/a.txt", "encoding": "cp1252", "repairs": repairs}
    each = record("Text.", Label.BODY, "page", **about)
    each = each.model_copy(update={"date": "2017-02", "language": "de", "flags": ("repaired",)})
    page = only_page(tmp_path, each)

    facts = [dd.text_content() for dd in page.xpath("//details[@class='about']//dd")]
    assert facts == ["page", "in/a.txt", "text/plain", "cp1252", "nul × 3 (kept)", "2017-02", "de"]
    assert page.xpath("string(//header//span[@class='flag'])") == "repaired"


def test_the_clean_text_can_be_copied_as_it_is(tmp_path: Path) -> None:
    each = record("\nTitel\n\n  Erster <b>Satz</b>.\nWeg\n", [Label.TITLE, Label.BODY, Label.SPAM])
    page = only_page(tmp_path, each)

    assert page.get_element_by_id("clean-text").text_content().lstrip("\n") == each.text


def test_an_empty_document_has_a_page(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [record(""), record(" \n\n", name="white")]))

    assert [unfounded(page) for page in pages(index)] == [[], [], []]
    assert "no text in this document" in parsed(pages(index)[1]).text_content()


def test_segments_of_a_bar_follow_each_other() -> None:
    labels = [Label.BODY, Label.SPAM, Label.TICKER]
    totals = summary_of(1, record("aaaa\nbb\ncc", labels)).totals

    segments = totals.segments

    assert [segment.share for segment in segments] == [0.25, 0.25]
    assert all(a.start + a.share == b.start for a, b in pairwise(segments))


def test_reasons_tell_the_labels_around(tmp_path: Path) -> None:
    labels = [Label.TITLE, Label.BODY, Label.TICKER, Label.SPAM]
    page = only_page(tmp_path, record("Titel\nText\nMeldung\nWerbung", labels))

    around = [p.text_content() for p in page.xpath("//p[@class='around']")]
    assert [
        "Above: body, title · Below: spam",
        "Above: ticker, body · Below: nothing",
    ] == around


def test_removed_lines_that_follow_each_other_can_be_closed(tmp_path: Path) -> None:
    labels = [Label.TICKER, Label.TICKER, Label.SPAM, Label.BODY, Label.SPAM]
    page = only_page(tmp_path, record("a\nb\nc\nd\ne", labels))

    [run] = page.xpath("//details[contains(@class, 'run')]")
    assert "open" in run.attrib
    assert ["L1", "L2", "L3"] == [row.get("id") for row in run.xpath("div")]
    assert "3 lines removed: ticker 2 spam 1" == run.xpath("normalize-space(summary)")


def test_lines_tell_where_in_the_source_they_are(tmp_path: Path) -> None:
    page = only_page(tmp_path, record(" Eins\n\nZwei", [Label.SPAM, Label.BODY]))

    assert ["1-5", "7-11"] == [row.get("data-span") for row in lines_of(page)]


@pytest.mark.parametrize("label", [Label.BODY, Label.SPAM], ids=["kept", "removed"])
@pytest.mark.parametrize(
    "text",
    [
        "x",
        "&" * 300,
        "\u202e" * 40,
        "\u0d9c" * 400,
    ],
    ids=["short lines", "escaped", "hidden characters", "three bytes"],
)
def test_a_long_document_has_several_pages_of_which_none_is_large(
    tmp_path: Path, text: str, label: Label
) -> None:
    lines = 4_000_000 // (1_500 + 12 * len(text))
    index = write_report(run_of(tmp_path, [record("\n".join([text] * lines), label)]))

    first, *others = pages(index)[1:]
    assert others
    assert max(page.stat().st_size for page in (first, *others)) < 2 * MEGABYTE
    assert unfounded(first) == []
    links = parsed(first).xpath("(//nav[@class='parts'])[1]/a/@href")
    assert sorted(page.name for page in others) == sorted(Path(link).name for link in links)


def test_the_pages_of_a_long_document_have_all_its_lines_and_its_clean_text() -> None:
    each = record("\n\n".join(["Gut " * 900, "Weg " * 90] * 300), [Label.BODY, Label.SPAM] * 300)

    views = document_views(1, each)

    assert len(views) > 1
    found = [row.text for view in views for row in view.rows]
    assert found == [row.text for row in rows(each, each.restore())]
    assert each.text == "".join(view.text for view in views).rstrip()
    assert all(a.last_line < b.first_line for a, b in pairwise(view.part for view in views))


def test_a_line_too_long_for_a_page_is_shown_in_pieces(tmp_path: Path) -> None:
    each = record("x" * (2 * PIECE_CHARS + 1), Label.BODY)
    page = only_page(tmp_path, each)

    assert ["L1", "L1.2", "L1.3"] == [row.get("id") for row in lines_of(page)]
    assert [PIECE_CHARS, PIECE_CHARS, 1] == [
        len(text.text_content()) for text in page.xpath("//main//p[@class='text']")
    ]
    assert each.text == page.get_element_by_id("clean-text").text_content().lstrip("\n")


def test_a_line_in_pieces_is_one_line_to_count_to_go_to_and_to_judge(tmp_path: Path) -> None:
    each = record(f"{'x' * (PIECE_CHARS + 1)}\nKurz", Label.SPAM)
    page = only_page(tmp_path, each)

    [told] = page.xpath("//details[contains(@class, 'run')]/summary")
    assert "2 lines removed as spam" == " ".join(told.text_content().split())
    assert ["L1", "L2"] == page.xpath("//*[@data-stop]/@id")
    assert ["L1", "L2"] == page.xpath("//*[@data-span]/@id")


def test_a_huge_line_makes_no_huge_page(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [record("\u202e" * 60_000, Label.SPAM)]))

    assert max(page.stat().st_size for page in pages(index)) < 2 * MEGABYTE


@pytest.mark.parametrize("label", Label)
def test_labels_have_a_key(tmp_path: Path, label: Label) -> None:
    page = only_page(tmp_path, record("Text."))

    [key] = page.xpath(f"//dialog//kbd[@data-label='{label}']/@data-key")
    assert key == str(1 + list(Label).index(label))
