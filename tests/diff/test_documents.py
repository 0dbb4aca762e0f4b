"""A document's source against its clean text, for a terminal and as Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from cleaner import Label
from cleaner.diff import diff_of_run
from cleaner.diff.documents import CONTEXT_LINES, diff_of_record
from cleaner.diff.printed import markdown
from cleaner.record import Record
from tests.conftest import BIDI_CONTROLS, Command
from tests.report.making import doubtful, quarantined, record, run_of

T, B, K, S = Label.TITLE, Label.BODY, Label.TICKER, Label.SPAM


def shown(each: Record) -> list[str]:
    return [line.text for line in diff_of_record(each)]


def test_removed_lines_stand_among_those_around_them_with_the_reason_above() -> None:
    each = record("Titel\nErster Satz.\n\nMeldung\nZweiter Satz.", [T, B, K, B])

    assert [
        "page: 1 of 4 lines removed",
        "@@ -1,4 +1,3 @@",
        "     1 Titel",
        "     2 Erster Satz.",
        "#      ticker 0.87 ticker.rule: looks like ticker",
        "-    4 Meldung",
        "     5 Zweiter Satz.",
    ] == shown(each)


def test_lines_removed_by_one_rule_share_their_reason() -> None:
    each = record("Eins\nZwei\nDrei", [K, K, S])

    assert [
        "#      2 lines: ticker 0.87 ticker.rule: looks like ticker",
        "#      spam 0.87 spam.rule: looks like spam",
    ] == [line for line in shown(each) if line.startswith("#")]


def test_what_is_far_from_any_change_is_left_out() -> None:
    kept = [f"Satz {i}." for i in range(3 * CONTEXT_LINES)]
    text = "\n".join(["Weg", *kept, "Weg"])

    lines = shown(record(text, [S, *[B] * len(kept), S]))

    assert ["@@ -1,4 +1,3 @@", "@@ -8,4 +7,3 @@"] == [line for line in lines if line[0] == "@"]
    assert "     6 Satz 4." not in lines


def test_a_document_that_lost_nothing_is_not_shown() -> None:
    assert [] == shown(record("Titel\nEin Satz.", [T, B]))


def test_lines_in_doubt_are_told() -> None:
    assert "#      kept in doubt" in shown(doubtful((T, False), (B, True)))
    assert "#      kept, but would go: spam 0.87" in shown(quarantined())


@pytest.mark.parametrize("document", ["b", "2"], ids=["id", "number"])
def test_one_document_is_named_by_id_or_number(tmp_path: Path, document: str) -> None:
    run = run_of(tmp_path, [record("Weg", S, name) for name in "abc"])

    [head, *_] = diff_of_run(run, document)

    assert "b: 1 of 1 lines removed" == head.text


def test_a_document_that_is_not_there_is_told(tmp_path: Path, cleaner_command: Command) -> None:
    run = run_of(tmp_path / "run", [record("Weg", S)])

    ran = cleaner_command("diff", run, "other")

    assert 2 == ran.code
    assert "has no document 'other'; name one by its id or its number" in ran.err


def test_nothing_of_a_page_steers_the_terminal(tmp_path: Path, cleaner_command: Command) -> None:
    hostile = f"\x1b[31mrot\x07 [bold]{BIDI_CONTROLS}"
    run = run_of(tmp_path / "run", [record(f"{hostile}\nWeg {hostile}", [B, S], hostile)])

    ran = cleaner_command("diff", run)

    assert not set("\x1b\x07" + BIDI_CONTROLS) & set(ran.out)
    assert "[bold]" in ran.out


def test_markdown_shows_every_line_in_a_block_that_no_line_closes() -> None:
    each = record("```\n# Titel\n````diff\n<b>", [B, S, S, B], "name `x` *y*")

    text = "\n".join(markdown(diff_of_record(each)))

    heading, fence = (
        token for token in MarkdownIt().parse(text) if token.type in {"inline", "fence"}
    )
    assert "name 'x' *y*: 2 of 4 lines removed" == heading.children[0].content
    assert [line.text for line in diff_of_record(each)][1:] == fence.content.splitlines()


def test_the_command_prints_markdown(tmp_path: Path, cleaner_command: Command) -> None:
    run = run_of(tmp_path / "run", [record("Weg", S, name) for name in "ab"])

    ran = cleaner_command("diff", run, "--markdown")

    assert 2 == ran.out.count("```diff")
    assert 4 == ran.out.count("```")
    assert ran.out.startswith("### `a: 1 of 1 lines removed`\n\n```diff\n@@ -1,1 +0,0 @@\n")
