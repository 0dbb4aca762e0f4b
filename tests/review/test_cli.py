"""The verbs around verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Label
from cleaner.review.values import Kind, Scope
from cleaner.writers.runs import read_run
from tests.conftest import Command
from tests.review.made import DOUBTED, REPLY, TICKER, opened, usual_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run with a few verdicts."""
    folder = usual_run(tmp_path / "out")
    with opened(folder) as review:
        review.say("a", TICKER.text, Kind.REJECT)
        review.say("a", REPLY.text, Kind.ACCEPT, Scope.RULE)
    return folder


def test_verdicts_are_exported_and_scored(cleaner_command: Command, run: Path) -> None:
    exported = cleaner_command("review", run, "--export", "gold.jsonl")

    assert exported.code == 0
    assert "3 pages, 5 labelled lines in gold.jsonl" in exported.err
    for gold in ("gold.jsonl", run / "review.sqlite"):
        assert "3 pages" in cleaner_command("eval", gold, "--worst", "0").out


def test_the_rest_is_exported_on_demand(cleaner_command: Command, run: Path) -> None:
    assert "11 labelled lines" in cleaner_command("review", run, "--export", "g", "--rest").err


def test_the_precision_of_rules_is_printed(cleaner_command: Command, run: Path) -> None:
    words = " ".join(cleaner_command("review", run, "--rules").out.split())

    assert "comments.reply comment 4 4 4 100.0% 51.0% – 100.0% 0" in words
    assert "ticker.plus ticker 3 1 0 0.0% 0.0% – 79.3% 0" in words


def test_a_run_is_written_anew(cleaner_command: Command, run: Path) -> None:
    ran = cleaner_command("apply", run, "-o", "new")

    assert ran.code == 0
    assert "5 verdicts on 3 documents in new: 1 lines are something else now" in ran.err
    assert TICKER.text in next(read_run(Path("new"))).text


def test_what_could_not_be_applied_is_told(cleaner_command: Command, run: Path) -> None:
    with opened(run) as review:
        review.say("a", TICKER.text, Label.SPAM, who="ben")

    said = cleaner_command("apply", run, run / "review.sqlite", "-o", "new").err

    assert "1 lines on which reviewers disagree stay as they were" in said


def test_rules_are_suggested_written_and_pass_their_check(
    cleaner_command: Command, run: Path
) -> None:
    with opened(run) as review:
        review.say("a", DOUBTED.text, Label.BOILERPLATE, Scope.TEXT)

    ran = cleaner_command("rules", "suggest", run, "-o", "pack.toml")

    assert ran.code == 0
    assert "boilerplate.kleine_randnotiz.de" in "".join(ran.out.split())
    assert "0 failing" in cleaner_command("rules", "--check", "--rules", "pack.toml").err


def test_where_nothing_was_wrong_twice_nothing_is_suggested(
    cleaner_command: Command, run: Path
) -> None:
    ran = cleaner_command("rules", "suggest", run, "-o", "pack.toml")

    assert "0 rules suggested, 0 of them safe; nothing is written" in ran.err
    assert not Path("pack.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("review", "none"), "not found"),
        (("review", "none", "--export", "gold.jsonl"), "give some with `cleaner review`"),
        (("review", "none", "--rules"), "give some with `cleaner review`"),
        (("review", "none", "--rest"), "of no use without --export"),
        (("review", "none", "--reviewer", "\u202e"), "--reviewer: a name has 1 to 60 characters"),
        (("apply", "none", "-o", "new"), "give some with `cleaner review`"),
        (("rules", "suggest", "none"), "give some with `cleaner review`"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_told_in_a_line(
    cleaner_command: Command, arguments: tuple[str, ...], why: str
) -> None:
    ran = cleaner_command(*arguments)

    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert why in ran.err


def test_a_host_that_others_can_reach_is_refused(cleaner_command: Command, run: Path) -> None:
    ran = cleaner_command("review", run, "--host", "0.0.0.0")  # noqa: S104

    assert ran.code == 2
    assert "add --expose if they may" in ran.err
