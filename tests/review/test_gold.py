"""Verdicts as labelled pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Label
from cleaner.errors import ReviewError, SourceError
from cleaner.gold import read_gold
from cleaner.review.gold import read_pages, write_gold
from cleaner.review.values import Kind
from tests.review.made import (
    DOUBTED,
    REPLY,
    SENTENCE,
    TICKER,
    Made,
    opened,
    record,
    usual_run,
    write_run,
)


def exported(run: Path, *, rest: bool = False) -> dict[str, list[tuple[str, Label | None]]]:
    target = run / "gold.jsonl"
    write_gold(run, target, rest=rest)
    return {page.id: [(line.text, line.label) for line in page.lines] for page in read_gold(target)}


def test_judged_lines_have_labels_and_others_none(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)
        review.say("a", REPLY.text, Kind.REJECT)

    assert exported(tmp_path) == {
        "a": [
            (SENTENCE, None),
            (TICKER.text, Label.TICKER),
            (REPLY.text, Label.BODY),
            (DOUBTED.text, None),
        ]
    }


def test_with_the_rest_sure_lines_have_what_was_decided(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Label.SPAM)

    assert exported(tmp_path, rest=True)["a"] == [
        (SENTENCE, Label.BODY),
        (TICKER.text, Label.SPAM),
        (REPLY.text, Label.COMMENT),
        (DOUBTED.text, None),
    ]


def test_a_disputed_line_has_no_label_even_with_the_rest(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", REPLY.text, Kind.ACCEPT)
        review.say("a", TICKER.text, Kind.ACCEPT)
        review.say("a", TICKER.text, Kind.REJECT, who="ben")

    assert dict(exported(tmp_path, rest=True)["a"])[TICKER.text] is None


def test_pages_say_where_they_are_from_and_in_what_language(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)

    [page] = read_pages(tmp_path / "review.sqlite")

    assert (page.id, page.url, page.lang) == ("a", "https://one.example/a", "de")


def test_blank_lines_stay_between_paragraphs(tmp_path: Path) -> None:
    write_run(tmp_path, [record("a", Made("\n\n" + SENTENCE), Made("\n" + SENTENCE + "!"))])
    with opened(tmp_path) as review:
        review.say("a", SENTENCE, Kind.ACCEPT)

    [page] = read_pages(tmp_path)

    assert page.text == f"\n\n{SENTENCE}\n\n{SENTENCE}!"


def test_gold_files_are_read_as_ever(seeds_folder: Path) -> None:
    assert len(read_pages(seeds_folder / "seeds.gold.jsonl")) == 5


def test_a_run_without_verdicts_is_told(tmp_path: Path) -> None:
    usual_run(tmp_path)

    with pytest.raises(ReviewError, match="give some with `cleaner review`"):
        read_pages(tmp_path)


def test_verdicts_of_another_run_are_told(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)
    write_run(tmp_path, [record("other", TICKER)])

    with pytest.raises(ReviewError, match="no verdict is on a line"):
        write_gold(tmp_path, tmp_path / "gold.jsonl")
    assert not (tmp_path / "gold.jsonl").exists()


def test_a_gold_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_pages(tmp_path / "none.jsonl")
