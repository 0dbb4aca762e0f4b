"""Two runs against each other: documents by id, lines by their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Label
from cleaner.diff import compare
from cleaner.diff.pairs import pairs
from cleaner.diff.runs import Compared
from cleaner.errors import LedgerError
from cleaner.record import Record
from tests.conftest import Command
from tests.report.making import record, run_of

TEXT = "Titel\nEin Satz.\nMeldung"
T, B, K, S = Label.TITLE, Label.BODY, Label.TICKER, Label.SPAM


def shown(folder: Path, before: list[Record], after: list[Record]) -> list[str]:
    """The lines that are shown of two runs with these records."""
    outcomes = compare(run_of(folder / "before", before), run_of(folder / "after", after))
    return [line.text for outcome in outcomes for line in outcome.lines()]


def told(folder: Path, before: list[Record], after: list[Record]) -> dict[str, str]:
    outcomes = compare(run_of(folder / "before", before), run_of(folder / "after", after))
    return {outcome.document: outcome.told for outcome in outcomes}


@pytest.mark.parametrize(
    ("before", "after", "line", "why"),
    [
        (B, K, "-    3 Meldung", "body (kept) → ticker 0.87 ticker.rule"),
        (K, B, "+    3 Meldung", "ticker 0.87 ticker.rule → body (kept)"),
        (K, S, "!    3 Meldung", "ticker 0.87 ticker.rule → spam 0.87 spam.rule"),
        (B, T, "!    3 Meldung", "body (kept) → title (kept)"),
    ],
    ids=["removed now", "kept now", "removed as another", "kept as another"],
)
def test_a_line_with_another_label_is_shown_with_both(
    tmp_path: Path, before: Label, after: Label, line: str, why: str
) -> None:
    head, first, second, *_ = shown(
        tmp_path, [record(TEXT, [T, B, before])], [record(TEXT, [T, B, after])]
    )

    assert ["page: 1 line changed", line, f"#      {why}"] == [head, first, second]


def test_rules_that_speak_in_one_run_alone_are_named(tmp_path: Path) -> None:
    lines = shown(tmp_path, [record("Weg", K)], [record("Weg", S)])

    assert [
        "#        + spam.rule: looks like spam",
        "#        - ticker.rule: looks like ticker",
    ] == lines[3:]


def test_a_document_without_changes_is_not_shown(tmp_path: Path) -> None:
    same = [record(TEXT, [T, B, K])]

    assert [] == shown(tmp_path, same, same)


def test_documents_are_matched_by_id_in_any_order(tmp_path: Path) -> None:
    texts = {name: record(f"Seite {name}", B, name) for name in "abcd"}
    changed = record("Seite a", S, "a")
    other = record("Andere Seite", B, "b")

    found = told(
        tmp_path,
        [texts["a"], texts["b"], texts["c"]],
        [texts["d"], other, changed],
    )

    assert {
        "a": "changed",
        "b": "of another source",
        "c": "only before",
        "d": "only after",
    } == found


def test_pairs_wait_for_their_other() -> None:
    one, two, three = (record(name, B, name) for name in "123")

    found = list(pairs([one, two], [two, one, three]))

    assert [(one, one), (two, two), (None, three)] == sorted(
        found, key=lambda pair: (pair[0] is None, (pair[0] or three).id)
    )


def test_lines_cut_otherwise_are_compared_where_they_begin(tmp_path: Path) -> None:
    text = "date 2017-02 Die Regierung will."
    whole, cut = record(text, B), record(f" {text}", [Label.META, B])
    # The same source in both, cut at the date in one.
    whole = record(f" {text}", [B, B])

    lines = shown(tmp_path, [whole], [cut])

    assert "-    1 date 2017-02" in lines


def test_changes_are_counted_by_labels_and_by_rules(tmp_path: Path) -> None:
    before, after = record(TEXT, [T, B, B]), record(TEXT, [T, K, K])
    compared = Compared()

    for outcome in compare(
        run_of(tmp_path / "before", [before]), run_of(tmp_path / "after", [after])
    ):
        compared.add(outcome)

    assert {("body (kept)", "ticker"): 2} == compared.labels
    assert {("body (kept)", "ticker"): len("Ein Satz.Meldung")} == compared.chars
    assert {("kept", "ticker.rule"): 2} == compared.rules
    assert {"changed": 1} == compared.documents


def test_a_missing_run_is_told(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", [])

    with pytest.raises(LedgerError, match="not found"):
        list(compare(run, tmp_path / "nowhere"))


def test_the_command_compares_two_runs(tmp_path: Path, cleaner_command: Command) -> None:
    before = run_of(tmp_path / "before", [record(TEXT, [T, B, B])])
    after = run_of(tmp_path / "after", [record(TEXT, [T, B, K])])

    ran = cleaner_command("diff", before, after)

    assert (0, "") == (ran.code, ran.err)
    assert "-    3 Meldung" in ran.out
    assert "Documents: 1 changed." in ran.out
    assert "| body (kept)  | ticker      |     1 |          7 |" in ran.out


def test_the_command_says_that_nothing_changed(tmp_path: Path, cleaner_command: Command) -> None:
    run = run_of(tmp_path / "run", [record(TEXT, [T, B, B])])

    ran = cleaner_command("diff", run, run)

    assert "\nDocuments: 1 the same.\n\nNo line has another label.\n" == ran.out
