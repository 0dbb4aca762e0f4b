"""What is asked first, what an act reaches, and how far everybody has come."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cleaner import Label
from cleaner.errors import LedgerError, ReviewError
from cleaner.review.lines import State, decided
from cleaner.review.queue import Progress, disputed_lines, lines_to_ask, next_lines, progress
from cleaner.review.runs import reviewed
from cleaner.review.store import standing
from cleaner.review.values import Kind, Scope
from cleaner.writers.formats import ROW_FORMATS
from cleaner.writers.runs import read_run
from tests.review.made import (
    DOUBTED,
    REPLY,
    SENTENCE,
    TICKER,
    Made,
    opened,
    pack,
    quarantined,
    record,
    usual_run,
    write_run,
)

ALL = 100


def test_every_record_is_read_by_its_place_as_in_order(tmp_path: Path) -> None:
    usual_run(tmp_path)

    with opened(tmp_path) as (run, connection):
        assert list(read_run(tmp_path)) == [
            run.numbered(connection, number) for number in (1, 2, 3)
        ]
        assert run.record(connection, "b") == run.numbered(connection, 2)
        assert run.numbered(connection, 4) is None


@pytest.mark.parametrize("suffix", ROW_FORMATS)
def test_runs_in_every_form_are_reviewed(tmp_path: Path, suffix: str) -> None:
    records = list(read_run(usual_run(tmp_path)))
    pack(tmp_path, suffix)

    with opened(tmp_path) as review:
        review.say("c", "Teilen", Kind.REJECT)

        assert [review.run.record(review.connection, each.id) for each in records] == records


def test_the_index_is_made_once(tmp_path: Path) -> None:
    told: list[None] = []
    usual_run(tmp_path)

    for _ in range(2):
        reviewed(tmp_path, lambda: told.append(None))

    assert len(told) == 3


@pytest.mark.parametrize("change", ["other files", "a spoilt index", "no index"])
def test_the_index_is_made_anew(tmp_path: Path, change: str) -> None:
    folder = reviewed(usual_run(tmp_path)).index
    if change == "other files":
        write_run(tmp_path, [record("other", TICKER)])
    elif change == "a spoilt index":
        (folder / "lines.sqlite").write_bytes(b"spoilt")
    else:
        shutil.rmtree(folder)

    with opened(tmp_path) as (run, connection):
        first = run.numbered(connection, 1)

    assert first is not None
    assert first.id == ("other" if change == "other files" else "a")


def test_a_run_that_is_not_there_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="not found"):
        reviewed(tmp_path / "none")

    assert list(tmp_path.iterdir()) == []


def test_lines_are_asked_one_of_each_rule_and_site_first_and_copies_last(tmp_path: Path) -> None:
    usual_run(tmp_path)

    with opened(tmp_path) as (_, connection):
        asked = [(line.doc, line.text) for line in next_lines(connection, "anna", ALL)]

    firsts, copies = asked[:4], asked[4:]
    assert firsts == [
        ("a", DOUBTED.text),
        ("a", REPLY.text),
        ("a", TICKER.text),
        ("c", "Teilen"),
    ]
    assert {text for _, text in copies} == {DOUBTED.text, REPLY.text, TICKER.text}
    assert len(copies) == 7


def test_of_one_rule_the_least_sure_and_the_most_frequent_are_asked_first(tmp_path: Path) -> None:
    sure, unsure, often = (
        Made("Sicher ist das hier", Label.SPAM, 0.99),
        Made("Unsicher ist das hier", Label.SPAM, 0.55),
        Made("Häufig ist das hier", Label.SPAM, 0.6),
    )
    write_run(tmp_path, [record("a", sure, unsure), *(record(f"d{i}", often) for i in range(9))])

    with opened(tmp_path) as (_, connection):
        asked = [line.text for line in next_lines(connection, "anna", 3)]

    assert asked == [often.text, unsure.text, sure.text]


def test_lines_can_be_asked_of_one_rule_and_label(tmp_path: Path) -> None:
    usual_run(tmp_path)

    with opened(tmp_path) as (_, connection):
        found = next_lines(connection, "anna", ALL, rule="comments.reply", label="comment")

    assert [line.doc for line in found] == ["a", "b", "b", "c"]


def test_judged_lines_are_not_asked_again(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)

        asked = [(line.doc, line.text) for line in next_lines(review.connection, "anna", ALL)]

        assert ("a", TICKER.text) not in asked
        assert len(next_lines(review.connection, "ben", ALL)) == len(asked) + 1


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        (Scope.LINE, {("a", REPLY.text)}),
        (Scope.RUN, {("a", TICKER.text), ("a", REPLY.text)}),
        (Scope.TEXT, {(doc, REPLY.text) for doc in "abc"}),
        (Scope.RULE, {(doc, REPLY.text) for doc in "abc"}),
    ],
    ids=str,
)
def test_an_act_reaches(tmp_path: Path, scope: Scope, reached: set[tuple[str, str]]) -> None:
    with opened(usual_run(tmp_path)) as review:
        judged = review.say("a", REPLY.text, Kind.ACCEPT, scope)
        known = {
            line.place: line.text for record_ in read_run(tmp_path) for line in decided(record_)
        }

    assert {(line.place.doc, known[line.place]) for line in judged.lines} == reached


def test_accepting_a_run_gives_each_line_its_own_label(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        judged = review.say("a", REPLY.text, Kind.ACCEPT, Scope.RUN)

    assert {line.label for line in judged.lines} == {Label.TICKER, Label.COMMENT}


def test_an_act_over_many_lines_leaves_those_judged_before_as_they_were(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("b", REPLY.text, Kind.REJECT)
        review.say("a", REPLY.text, Kind.ACCEPT, Scope.RULE)

        [verdict] = [v for v in standing(review.connection, "b") if v.act.kind is Kind.REJECT]

    assert verdict.label is Label.BODY


def test_a_missed_line_is_relabelled_wherever_its_text_stands(tmp_path: Path) -> None:
    missed = Made("Jetzt den Rundbrief bestellen")
    write_run(tmp_path, [record(name, Made(SENTENCE), missed) for name in "ab"])

    with opened(tmp_path) as review:
        judged = review.say("a", missed.text, Label.BOILERPLATE, Scope.TEXT)

    assert [(line.place.doc, line.label) for line in judged.lines] == [
        ("a", Label.BOILERPLATE),
        ("b", Label.BOILERPLATE),
    ]


def test_what_would_have_gone_can_be_judged_on_a_page_that_was_kept_whole(tmp_path: Path) -> None:
    write_run(tmp_path, [quarantined("q", Made(SENTENCE), TICKER, REPLY)])

    with opened(tmp_path) as review:
        states = [line.state for line in next_lines(review.connection, "anna", ALL)]
        accepted = review.say("q", TICKER.text, Kind.ACCEPT)
        rejected = review.say("q", REPLY.text, Kind.REJECT)

    assert states == [State.SPARED, State.SPARED]
    assert [line.label for line in (*accepted.lines, *rejected.lines)] == [
        Label.TICKER,
        Label.BODY,
    ]


@pytest.mark.parametrize(
    ("text", "kind", "scope", "why"),
    [
        (SENTENCE, Kind.REJECT, Scope.LINE, "was kept: say what it is instead"),
        (DOUBTED.text, Kind.REJECT, Scope.LINE, "was kept: say what it is instead"),
        (SENTENCE, Kind.ACCEPT, Scope.RULE, "no rule removed this line"),
        (TICKER.text, Kind.RELABEL, Scope.LINE, "if it relabels it"),
    ],
    ids=["content that was kept", "doubt that was kept", "no rule", "no label"],
)
def test_what_cannot_be_said_is_told(
    tmp_path: Path, text: str, kind: Kind, scope: Scope, why: str
) -> None:
    with opened(usual_run(tmp_path)) as review, pytest.raises(ReviewError, match=why):
        review.say("a", text, kind, scope)


def test_lines_on_which_reviewers_disagree_are_listed(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        for who, kind in (("anna", Kind.ACCEPT), ("ben", Kind.REJECT)):
            review.say("a", TICKER.text, kind, who=who)
            review.say("b", TICKER.text, Kind.ACCEPT, who=who)

        disputed = disputed_lines(review.connection, ALL)

    assert [(line.doc, line.text) for line in disputed] == [("a", TICKER.text)]


def test_progress_is_told_by_reviewer(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.ACCEPT, Scope.TEXT)
        review.say("a", SENTENCE, Label.META)
        review.say("a", REPLY.text, Kind.ACCEPT, who="ben")

        assert progress(review.connection) == [Progress("anna", 4, 3), Progress("ben", 1, 1)]
        assert lines_to_ask(review.connection) == 11


def test_verdicts_on_a_text_that_is_another_now_do_not_count(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)
    other = TICKER._replace(text="+++ Sturm öffnet den Hafen +++")
    write_run(tmp_path, [record("a", Made(SENTENCE), other)])

    with opened(tmp_path) as (_, connection):
        assert [line.text for line in next_lines(connection, "anna", ALL)] == [other.text]
