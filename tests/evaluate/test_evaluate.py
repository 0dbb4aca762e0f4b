from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner import Label, Page, Pipeline, Proposal, Settings
from cleaner.errors import SourceError
from cleaner.evaluate import (
    Counts,
    Fate,
    GoldPage,
    Scores,
    doing_nothing,
    evaluate,
    fates,
    judge,
    read_gold,
    score,
    score_by,
    weigh,
)
from cleaner.evaluate.fate import ARTICLE
from cleaner.record import Record
from cleaner.text.segment import segment


def by_first_letter(page: Page) -> Iterator[Proposal]:
    """Removes what begins with x, as spam, and keeps the rest, whatever it is."""
    for i in range(len(page)):
        label = Label.SPAM if page.document.content(i).startswith("x") else Label.BODY
        yield Proposal(i, i, label, 1.0, "sure", "sure.letter", "begins with its letter")


SURE = Pipeline(Settings(max_removed_share=1), stages={"sure": by_first_letter})


def page(*lines: tuple[str, str | None], name: str = "seite") -> GoldPage:
    return GoldPage.model_validate(
        {"id": name, "lines": [{"text": text, "label": label} for text, label in lines]}
    )


def scores(*pages: GoldPage) -> Scores:
    return evaluate(pages, SURE)


# Kept: 10 + 20 of article, 8 of a ticker. Lost: 6 of article. Removed noise does not count.
SMALL = page(
    ("Zehn Zeich n", "title"),
    ("Zwanzig Buchstaben, ja 1!", "body"),
    ("xwegfall", "body"),
    ("Meldung!", "ticker"),
    ("xReklame 12", "spam"),
)


def test_weights_of_the_small_page_are_as_the_tests_below_count_them() -> None:
    assert [10, 20, 8, 7, 10] == [weigh(line.text) for line in SMALL.lines]


def test_counts_by_hand() -> None:
    assert Counts(kept=30, lost=8, noise=7) == scores(SMALL).total


def test_precision_recall_and_f1_by_hand() -> None:
    total = scores(SMALL).total

    assert pytest.approx(30 / 37) == total.precision
    assert pytest.approx(30 / 38) == total.recall
    assert pytest.approx(2 * 30 / (37 + 38)) == total.f1


def test_micro_weighs_letters_and_macro_weighs_pages() -> None:
    perfect = page(("Ja", "body"), name="kurz")

    both = scores(SMALL, perfect)

    assert pytest.approx(2 * 32 / (39 + 40)) == both.total.f1
    assert pytest.approx((60 / 75 + 1) / 2) == both.macro_f1


def test_share_removed_per_label() -> None:
    found = scores(SMALL)

    assert {Label.TITLE: 0.0, Label.BODY: 8 / 28, Label.TICKER: 0.0, Label.SPAM: 1.0} == {
        label: share for label in Label if (share := found.removed_share(label)) is not None
    }


def test_confusion_says_what_was_taken_for_what() -> None:
    assert {
        (Label.TITLE, Label.BODY): 10,
        (Label.BODY, Label.BODY): 20,
        (Label.BODY, Label.SPAM): 8,
        (Label.TICKER, Label.BODY): 7,
        (Label.SPAM, Label.SPAM): 10,
    } == scores(SMALL).confusion


@pytest.mark.parametrize("label", [None, "caption", "meta"])
@pytest.mark.parametrize("text", ["Foto: dpa", "xFoto: dpa"], ids=["kept", "removed"])
def test_what_is_not_scored_changes_no_score(label: str | None, text: str) -> None:
    more = page(*((line.text, line.label) for line in SMALL.lines), (text, label))

    assert scores(SMALL).pages == scores(more).pages


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"], ids=["nothing", "blanks", "nbsp"])
def test_blank_lines_are_not_scored(text: str) -> None:
    assert 0 == scores(page((text, "body"))).lines[Label.BODY]


def test_lines_without_letters_weigh_nothing() -> None:
    assert Counts(kept=2) == scores(page(("Ja", "body"), ("---", "ticker"))).total


def test_a_page_without_article_has_lost_none_of_it() -> None:
    assert (0.0, 1.0, 0.0) == (
        (counts := scores(page(("Meldung", "ticker"))).total).precision,
        counts.recall,
        counts.f1,
    )


def test_a_page_of_which_nothing_was_kept_scores_nothing() -> None:
    assert (0.0, 0.0, 0.0) == (
        (counts := scores(page(("xWeg", "body"))).total).precision,
        counts.recall,
        counts.f1,
    )


def test_no_pages_score_nothing() -> None:
    assert 0.0 == scores().macro_f1


def test_doing_nothing_keeps_all() -> None:
    assert Counts(kept=38, lost=0, noise=17) == doing_nothing([SMALL]).total


def test_lines_around_blank_ones_are_found_at_their_places() -> None:
    gold = page(("", None), ("xeins", "spam"), ("  ", None), (" xzwei ", "spam"), ("drei", "body"))

    assert (1.0, Counts(kept=4)) == (
        (found := scores(gold)).removed_share(Label.SPAM),
        found.total,
    )


@pytest.mark.parametrize(
    ("text", "removed"),
    [("xweg\rbl", 1.0), ("xw\rbleibt", 0.0), ("xw\rbl", 0.0)],
    ids=["most", "less", "two-fifths"],
)
def test_a_line_is_removed_when_half_of_it_is(text: str, removed: float) -> None:
    # A carriage return splits a gold line into two lines of the document.
    assert removed == scores(page((text, "spam"))).removed_share(Label.SPAM)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ja - 3_4", 4),
        ("", 0),
        ("…!?", 0),
        ("Österreich", 10),
        ("東京 2024", 6),
        ("100 m²", 5),
        ("½ Liter", 6),
        ("e\u0301te\u0301", 3),
        ("हिन्दी", 3),
        ("سَلام", 4),
        ("🙂👍🏽", 0),
    ],
    ids=[
        "underscore",
        "nothing",
        "marks",
        "umlaut",
        "han",
        "superscript",
        "fraction",
        "combining-accents",
        "vowel-signs",
        "arabic-vowels",
        "emojis",
    ],
)
def test_letters_and_digits_are_what_the_independent_scorer_counts(
    text: str, expected: int
) -> None:
    # The scorer drops [\W_] by `re`, to which combining marks are no letters and ² is a digit.
    assert expected == weigh(text)


def gold_file(folder: Path, *gold_rows: str) -> Path:
    file = folder / "gold.jsonl"
    file.write_text("\n".join(gold_rows), encoding="utf-8")
    return file


GOOD_ROW = '{"id": "a", "lines": [{"text": "Ja", "label": "body"}]}'


def test_gold_rows_are_pages(tmp_path: Path) -> None:
    assert [page(("Ja", "body"), name="a")] == list(read_gold(gold_file(tmp_path, GOOD_ROW)))


def test_blank_rows_are_passed_over(tmp_path: Path) -> None:
    assert 2 == len(list(read_gold(gold_file(tmp_path, GOOD_ROW, "", GOOD_ROW, ""))))


def test_further_fields_of_a_row_are_allowed(tmp_path: Path) -> None:
    row = '{"id": "a", "site": "b", "lines": [{"text": "Ja", "label": "body", "line": 3}]}'

    assert [1] == [len(found.lines) for found in read_gold(gold_file(tmp_path, row))]


@pytest.mark.parametrize(
    "label",
    ['"label": null', '"label": ""', '"label":""', '"label" : ""', '"note": 1'],
    ids=["null", "empty", "empty-and-compact", "empty-and-spaced", "missing"],
)
def test_a_line_without_label_is_not_scored(tmp_path: Path, label: str) -> None:
    row = f'{{"id": "a", "lines": [{{"text": "Ja", {label}}}]}}'

    assert [None] == [line.label for p in read_gold(gold_file(tmp_path, row)) for line in p.lines]


def test_text_that_looks_like_a_label_is_left_alone(tmp_path: Path) -> None:
    row = '{"id": "a", "lines": [{"text": "\\"label\\": \\"\\"", "label": "body"}]}'

    assert ['"label": ""'] == [
        line.text for p in read_gold(gold_file(tmp_path, row)) for line in p.lines
    ]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{", "JSON"),
        ("[]", "object"),
        ('{"lines": []}', "id: "),
        ('{"id": "a"}', "lines: "),
        ('{"id": "a", "lines": [{"label": "body"}]}', r"lines\.0\.text: "),
        (
            '{"id": "a", "lines": [{"text": "Ja", "label": "bodies"}]}',
            r"lines\.0\.label: .*'title'",
        ),
        ('{"id": "a", "lines": ["Ja"]}', r"lines\.0: "),
    ],
    ids=["cut-off", "list", "no-id", "no-lines", "no-text", "unknown-label", "bare-lines"],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, row: str, what: str) -> None:
    file = gold_file(tmp_path, GOOD_ROW, "", row)

    with pytest.raises(SourceError, match=rf"gold\.jsonl:3: not a gold page: .*{what}"):
        list(read_gold(file))


@pytest.mark.parametrize("raw", [None, b'{"id": "\xff"}'], ids=["missing", "not-utf8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, raw: bytes | None) -> None:
    file = tmp_path / "gold.jsonl"
    if raw is not None:
        file.write_bytes(raw)

    with pytest.raises(SourceError, match=r"gold\.jsonl: cannot be read"):
        list(read_gold(file))


def test_two_pages_of_one_name_both_count() -> None:
    assert Counts(kept=4) == scores(page(("Ja", "body")), page(("Je", "body"))).total


def fate(gold: Label, given: Label, weight: int = 10, **more: Any) -> Fate:
    """A line taken for `given`; removed unless that is article."""
    return Fate(0, gold, weight, removed=given not in ARTICLE, label=given, **more)


def of(*fates: Fate, quarantined: bool = False) -> Scores:
    found = Scores()
    found.add("seite", fates, quarantined=quarantined)
    return found


MIXED = (
    fate(Label.TICKER, Label.TICKER, 30),
    fate(Label.TICKER, Label.BOILERPLATE, 10),
    fate(Label.TICKER, Label.BODY, 500),  # kept: carries no label of noise
    fate(Label.COMMENT, Label.SPAM, 20),
    fate(Label.BOILERPLATE, Label.BOILERPLATE, 40),
    fate(Label.BODY, Label.TICKER, 70),  # lost: no noise
    fate(Label.META, Label.META, 9),  # neither
    fate(Label.SPAM, Label.BODY, 80),  # nothing of it removed: no share
)


def test_typed_is_the_share_of_removed_noise_under_its_own_label() -> None:
    found = of(*MIXED)

    assert [0.75, 0.0, None, 1.0] == [
        found.typed_share(x) for x in (Label.TICKER, Label.COMMENT, Label.SPAM, Label.BOILERPLATE)
    ]
    assert 0.7 == found.typed_micro
    assert pytest.approx((0.75 + 0 + 1) / 3) == found.typed_macro


def test_nothing_removed_has_no_share_typed() -> None:
    nothing = doing_nothing([SMALL])

    assert (None, None) == (nothing.typed_micro, nothing.typed_macro)


def test_a_label_that_is_kept_is_not_typed() -> None:
    pipeline = Pipeline(Settings(keep={"spam"}, max_removed_share=1), stages={"s": by_first_letter})

    assert evaluate([page(("xReklame", "spam"))], pipeline).typed_micro is None


def test_confusion_counts_lines_too() -> None:
    found = of(*MIXED, fate(Label.TICKER, Label.TICKER, 1))

    assert 2 == found.confusion_lines[Label.TICKER, Label.TICKER]
    assert found.lines.total() == found.confusion_lines.total() == len(MIXED) + 1


def test_scores_are_told_apart_by_being_right() -> None:
    found = of(
        fate(Label.BODY, Label.BODY, score=0.9, article=0.95),
        fate(Label.TITLE, Label.BODY, score=0.9, article=0.95),
        fate(Label.META, Label.TICKER, score=0.7, article=0.1),
        fate(Label.META, Label.TICKER),
    )

    assert {(0.9, True): 1, (0.9, False): 1, (0.7, False): 1} == found.label_points
    assert {(0.95, True): 2, (0.1, False): 1} == found.article_points


def test_every_line_of_a_pipeline_has_a_score_and_a_voice() -> None:
    [judged] = judge([SMALL], SURE)

    assert [True] * 5 == [found.score is not None and found.score > 0.9 for found in judged.fates]
    assert ["sure.letter"] * 5 == [found.voice.rule for found in judged.fates if found.voice]


def test_a_line_of_several_scores_has_that_of_its_longest_part() -> None:
    def by_words(shown: Page) -> Iterator[Proposal]:
        for i in range(len(shown)):
            weight = 0.9 if len(shown.document.content(i)) > 5 else 0.7
            yield Proposal(i, i, Label.SPAM, weight, "words", f"words.{weight}", "has its length")

    pipeline = Pipeline(Settings(max_removed_share=1), stages={"words": by_words})

    [judged] = judge([page(("kurz\rlang genug", "spam"))], pipeline)

    assert ["words.0.9"] == [found.voice.rule for found in judged.fates if found.voice]


def test_a_record_read_back_has_fates_without_scores() -> None:
    record = SURE.run(segment(SMALL.text, SMALL.id))
    again = Record.model_validate_json(record.model_dump_json())
    again = again.with_removed(record.removed)

    found = list(fates(SMALL, again))

    assert [f.label for f in fates(SMALL, record)] == [f.label for f in found]
    assert {None} == {f.score for f in found}


def test_quarantined_pages_are_counted_but_calibrate_nothing() -> None:
    line = fate(Label.SPAM, Label.BODY, score=0.9, undecided=True)

    found = of(line, quarantined=True)

    assert (1, 0, 0, 0) == (
        found.quarantined,
        found.undecided,
        len(found.label_points),
        len(found.article_points),
    )
    assert Counts(noise=10) == found.total


def test_a_page_that_would_lose_all_is_judged_as_quarantined() -> None:
    pipeline = Pipeline(stages={"sure": by_first_letter})

    [judged] = judge([page(("xReklame eins", "spam"), ("xReklame zwei", "spam"))], pipeline)

    assert judged.quarantined
    assert [False, False] == [found.removed for found in judged.fates]


def test_undecided_lines_are_a_share_of_all() -> None:
    found = of(fate(Label.BODY, Label.BODY, undecided=True), *MIXED[:3])

    assert (1, 0.25) == (found.undecided, found.undecided_share)


def test_groups_add_up_to_the_whole() -> None:
    pages = [page(("Ja", "body"), name=name) for name in ("b1", "a1", "b2")]
    judged = list(judge(pages, SURE))

    groups = score_by(judged, lambda found: found.id[0])

    assert ["a", "b"] == list(groups)
    assert [1, 2] == [len(group.pages) for group in groups.values()]
    assert score(judged).total == sum((group.total for group in groups.values()), Counts())
