"""A run with its verdicts: cut by the same function, with a ledger that says who decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Label, Settings
from cleaner.errors import ReviewError, RunError
from cleaner.record import Record
from cleaner.review.apply import Applied, apply_verdicts
from cleaner.review.values import Kind, Scope
from cleaner.runs.lock import locked
from cleaner.writers.runs import read_run, read_summary
from tests.conftest import rows
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

HEADLINE = Made("Bahnhof eröffnet", Label.TITLE)


def applied(run: Path, name: str = "a", **how: object) -> Record:
    """The record of a document after its verdicts were applied."""
    apply_verdicts(run, run / "new", **how)  # type: ignore[arg-type]
    return next(each for each in read_run(run / "new") if each.id == name)


def test_a_rejected_line_comes_back_into_the_text(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.REJECT)

    new = applied(tmp_path)

    assert new.text == f"{SENTENCE}\n{TICKER.text}\n{DOUBTED.text}"
    assert [gone.text for gone in new.removed] == [REPLY.text]


def test_a_missed_line_goes_under_the_label_that_it_was_given(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", SENTENCE, Label.SPAM, note="not of this page")

    first = applied(tmp_path).removed[0]

    assert (first.text, first.label, first.score) == (SENTENCE, Label.SPAM, 1.0)
    assert (first.stage, first.rule) == ("review", "review.relabel")
    assert first.evidence[0].reason == "is spam, says anna: not of this page"


def test_an_accepted_line_says_who_decided_before_what_spoke_for_it(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)

    gone = applied(tmp_path).removed[0]

    assert (gone.label, gone.rule) == (Label.TICKER, "review.accept")
    assert [voice.rule for voice in gone.evidence] == [
        "review.accept",
        "ticker.plus",
        "article.prose",
    ]


def test_every_judged_line_has_a_row_of_its_own_those_kept_too(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.REJECT, note="a quote")
        review.say("b", TICKER.text, Kind.ACCEPT)
    applied(tmp_path)

    judged = rows(tmp_path / "new" / "reviewed.jsonl")

    assert [(row["doc"], row["rule"], row["label"]) for row in judged] == [
        ("a", "review.reject", "body"),
        ("b", "review.accept", "ticker"),
    ]
    assert judged[0]["evidence"][0]["reason"] == "is body, says anna: a quote"


def test_restore_stays_exact(tmp_path: Path) -> None:
    before = {each.id: each.restore() for each in read_run(usual_run(tmp_path))}
    with opened(tmp_path) as review:
        review.say("a", TICKER.text, Kind.REJECT, Scope.RUN)
        review.say("b", SENTENCE, Label.META, Scope.TEXT)
    apply_verdicts(tmp_path, tmp_path / "new")

    assert {each.id: each.restore() for each in read_run(tmp_path / "new")} == before


def test_what_no_verdict_is_on_stays_byte_for_byte(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("b", TICKER.text, Kind.REJECT)
    before = {file: (tmp_path / file).read_bytes() for file in ("documents.jsonl", "run.json")}

    apply_verdicts(tmp_path, tmp_path / "new")

    old = before["documents.jsonl"].splitlines()
    new = (tmp_path / "new" / "documents.jsonl").read_bytes().splitlines()
    assert [old[0], old[2]] == [new[0], new[2]]
    assert {file: (tmp_path / file).read_bytes() for file in before} == before


def test_the_run_can_be_replaced_by_itself_and_verdicts_applied_twice(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.REJECT)
        review.say("a", REPLY.text, Kind.ACCEPT)

    apply_verdicts(tmp_path, tmp_path)
    once = (tmp_path / "removed.jsonl").read_bytes()
    apply_verdicts(tmp_path, tmp_path)

    assert (tmp_path / "removed.jsonl").read_bytes() == once
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {
        "documents.jsonl",
        "failed.jsonl",
        "removed.jsonl",
        "review.sqlite",
        "reviewed.jsonl",
        "run.json",
    }


def test_counts_and_flags_follow(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", DOUBTED.text, Kind.ACCEPT)
        review.say("a", TICKER.text, Kind.REJECT)

    new = applied(tmp_path)

    assert new.flags == ()
    assert new.undecided == ()
    assert (new.stats.kept.lines, set(new.stats.removed)) == (3, {Label.COMMENT})
    summary = read_summary(tmp_path / "new")
    assert summary["removed"]["ticker"]["lines"] == 2
    assert summary["flags"] == {"undecided_lines": 2}
    assert summary["review"]["changed"] == 1


def test_a_page_that_was_kept_whole_loses_what_was_accepted(tmp_path: Path) -> None:
    write_run(tmp_path, [quarantined("a", Made(SENTENCE), TICKER, REPLY)])
    with opened(tmp_path) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)

    new = applied(tmp_path)

    assert [gone.text for gone in new.removed] == [TICKER.text]
    assert [(label, score) for _, _, label, score in new.spared] == [(Label.COMMENT, REPLY.score)]
    assert "quarantined" in new.flags


def test_a_page_is_not_kept_whole_any_more_once_all_is_judged(tmp_path: Path) -> None:
    write_run(tmp_path, [quarantined("a", Made(SENTENCE), TICKER, REPLY)])
    with opened(tmp_path) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)
        review.say("a", REPLY.text, Kind.REJECT)
        review.say("a", SENTENCE, Kind.ACCEPT)

    new = applied(tmp_path)

    assert (new.spared, new.flags) == ((), ())
    assert new.text == f"{SENTENCE}\n\n{REPLY.text}".replace("\n\n", "\n")


@pytest.mark.parametrize(
    ("told", "expected"),
    [(HEADLINE.text, None), ("Told by the page", "Told by the page")],
    ids=["found in the text", "told by the page"],
)
def test_a_title_goes_with_the_line_it_was_found_in(
    tmp_path: Path, told: str, expected: str | None
) -> None:
    page = record("a", HEADLINE, Made(SENTENCE)).model_copy(update={"title": told})
    with opened(write_run(tmp_path, [page])) as review:
        review.say("a", HEADLINE.text, Label.TICKER)

    assert applied(tmp_path).title == expected


def test_markdown_and_comments_follow(tmp_path: Path) -> None:
    settings = Settings(format="markdown", comments=True)
    lines = HEADLINE, Made(SENTENCE), Made("Das finde ich gar nicht gut.", Label.COMMENT)
    write_run(tmp_path, [record("a", *lines, settings=settings)], settings)
    with opened(tmp_path) as review:
        review.say("a", SENTENCE, Label.COMMENT)

    new = applied(tmp_path)

    assert new.markdown == f"# {HEADLINE.text}"
    assert new.comments == (SENTENCE, "Das finde ich gar nicht gut.")


def test_lines_stay_where_reviewers_disagree_unless_one_is_named(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.REJECT)
        review.say("a", TICKER.text, Kind.ACCEPT, who="ben")

    assert TICKER.text not in applied(tmp_path).text
    assert TICKER.text in applied(tmp_path, reviewers=["anna"]).text


def test_verdicts_of_several_files_are_taken_together(tmp_path: Path) -> None:
    run = usual_run(tmp_path / "run")
    for who, text in (("anna", TICKER.text), ("ben", REPLY.text)):
        with opened(run) as review:
            review.say("a", text, Kind.REJECT, who=who)
        (run / "review.sqlite").rename(tmp_path / f"{who}.sqlite")

    new = applied(run, verdicts=[tmp_path / "anna.sqlite", tmp_path / "ben.sqlite"])

    assert new.removed == ()


def test_verdicts_on_lines_that_are_gone_are_counted(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.REJECT)
        review.say("c", TICKER.text, Kind.REJECT)
    write_run(tmp_path, [record("a", TICKER._replace(text="+++ Anderes +++"))])

    assert apply_verdicts(tmp_path, tmp_path / "new") == Applied(unmatched=2)


@pytest.mark.parametrize("who", ["carl"])
def test_a_reviewer_without_verdicts_is_told(tmp_path: Path, who: str) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.REJECT)

    with pytest.raises(ReviewError, match="no verdicts of 'carl'; there are some of anna"):
        apply_verdicts(tmp_path, tmp_path / "new", reviewers=[who])


def test_fields_that_rows_brought_along_stay(tmp_path: Path) -> None:
    write_run(tmp_path, [record("a", TICKER, Made(SENTENCE), fields={"license": "CC0"})])
    with opened(tmp_path) as review:
        review.say("a", TICKER.text, Kind.REJECT)

    assert applied(tmp_path).passed == {"license": "CC0"}


@pytest.mark.parametrize("place", [".", "new"], ids=["in place", "elsewhere"])
def test_a_packed_run_is_applied(tmp_path: Path, place: str) -> None:
    pack(usual_run(tmp_path), ".jsonl.gz")
    with opened(tmp_path) as review:
        review.say("c", TICKER.text, Kind.REJECT)

    apply_verdicts(tmp_path, tmp_path / place)

    found = {record.id: record for record in read_run(tmp_path / place)}
    assert list("abc") == list(found)
    assert TICKER.text in found["c"].text


def test_a_run_in_another_form_is_replaced(tmp_path: Path) -> None:
    earlier = pack(usual_run(tmp_path / "new"), ".jsonl.gz")
    with opened(usual_run(tmp_path / "out")) as review:
        review.say("c", TICKER.text, Kind.REJECT)

    apply_verdicts(tmp_path / "out", earlier)

    assert 3 == len(list(read_run(earlier)))


def test_a_folder_in_which_a_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("c", TICKER.text, Kind.REJECT)
    before = (tmp_path / "documents.jsonl").read_bytes()

    with locked(tmp_path), pytest.raises(RunError, match="another run is writing there"):
        apply_verdicts(tmp_path, tmp_path)

    assert before == (tmp_path / "documents.jsonl").read_bytes()


def test_failures_stay_listed(tmp_path: Path) -> None:
    failure = {"source": "x.txt", "error": "SourceError", "message": "x.txt: cannot be read"}
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.REJECT)
    (tmp_path / "failed.jsonl").write_text(f"{json.dumps(failure)}\n", encoding="utf-8")

    apply_verdicts(tmp_path, tmp_path / "new")

    assert rows(tmp_path / "new" / "failed.jsonl") == [failure]
