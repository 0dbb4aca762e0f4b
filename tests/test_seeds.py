"""The five documents this project began with, exactly: from files and from gold rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cleaner import Label, Pipeline, Record
from cleaner.evaluate import GoldPage, read_gold
from cleaner.text.segment import segment
from tests.conftest import ROOT

SEEDS = ROOT / "seeds"
GOLD = {page.id: page for page in read_gold(SEEDS / "seeds.gold.jsonl")}
# Crawl dumps glue it to the first line; it is a removed line of its own.
PREFIX_RE = re.compile(r"\s*(date \d{4}-\d\d) (?=\S)")

TITLES = {
    "000_6538770c36a86116": None,
    "001_c11d820a8b29f7a9": "Besuch in Tadschikistan Putin will Beziehung zu Taliban aufbauen",
    "002_79704d73633bf000": None,
    "003_4f89b40b5df85bc8": "Russland vertieft Taliban-Bindung",
    "004_d389304084a65964": (
        '"Tue alles dafür": Putin will seine Beziehung zu den Taliban verbessern'
    ),
}
DATES = dict(zip(TITLES, ("2017-02", "2022-06", "2018-07", None, None), strict=True))
UNTOUCHED = ("000_6538770c36a86116", "001_c11d820a8b29f7a9", "002_79704d73633bf000")

every_seed = pytest.mark.parametrize("name", TITLES)
from_file_and_gold = pytest.mark.parametrize("form", ["file", "gold"])


def text_of(name: str, form: str) -> str:
    if form == "gold":
        return GOLD[name].text
    return (SEEDS / f"{name}.txt").read_bytes().decode("utf-8")


@cache
def record_of(name: str, form: str) -> Record:
    return Pipeline().run(segment(text_of(name, form), name))


def expected_lines(page: GoldPage) -> Iterator[tuple[str, Label]]:
    for line in page.lines:
        text = line.text
        if prefix := PREFIX_RE.match(text):
            yield prefix.group(1), Label.META
            text = text[prefix.end() :]
        assert line.label is not None
        yield text.strip(), line.label


def differences(record: Record, page: GoldPage) -> list[str]:
    """Each line that is not what it should be: number, expected, got, voices."""
    expected, got = list(expected_lines(page)), record.explained
    return [
        f"{number}: {text[:60]!r} is {label}, taken for {decision.label} {decision.score:.2f} by "
        + "; ".join(f"{v.label} {v.weight:.2f} {v.rule}" for v in decision.voices)
        for number, ((text, label), (content, decision)) in enumerate(
            zip(expected, got, strict=True), 1
        )
        if (text, label) != (content, decision.label)
    ]


@every_seed
@from_file_and_gold
def test_every_line_gets_its_label(name: str, form: str) -> None:
    assert [] == differences(record_of(name, form), GOLD[name])


@every_seed
@from_file_and_gold
def test_every_article_line_is_kept_word_for_word(name: str, form: str) -> None:
    article = [
        text for text, label in expected_lines(GOLD[name]) if label in {Label.TITLE, Label.BODY}
    ]

    assert article == [line for line in re.split(r"\s*\n\s*", record_of(name, form).text) if line]


@every_seed
@from_file_and_gold
def test_every_other_line_is_removed_under_its_label(name: str, form: str) -> None:
    noise = [
        (text, label)
        for text, label in expected_lines(GOLD[name])
        if label not in {Label.TITLE, Label.BODY}
    ]

    assert noise == [(removal.text, removal.label) for removal in record_of(name, form).removed]


@from_file_and_gold
def test_a_hundred_ticker_eleven_spam_and_eleven_comment_lines_go(form: str) -> None:
    removed = Counter(r.label for name in TITLES for r in record_of(name, form).removed)

    assert {Label.TICKER: 100, Label.SPAM: 11, Label.COMMENT: 11, Label.META: 3} == removed


@every_seed
@from_file_and_gold
def test_titles(name: str, form: str) -> None:
    assert TITLES[name] == record_of(name, form).title


@every_seed
@from_file_and_gold
def test_dates(name: str, form: str) -> None:
    assert DATES[name] == record_of(name, form).date


@every_seed
@from_file_and_gold
def test_language_is_german(name: str, form: str) -> None:
    assert "de" == record_of(name, form).language


@every_seed
@from_file_and_gold
def test_seeds_raise_no_flag(name: str, form: str) -> None:
    assert () == record_of(name, form).flags


@every_seed
@from_file_and_gold
def test_seeds_are_restored(name: str, form: str) -> None:
    assert text_of(name, form) == record_of(name, form).restore()


@pytest.mark.parametrize("name", UNTOUCHED)
def test_a_clean_document_is_its_source_without_the_prefix(name: str) -> None:
    source = text_of(name, "file")

    assert PREFIX_RE.sub("", source, count=1).strip() == record_of(name, "file").text


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("001_c11d820a8b29f7a9", "Russland hat wichtige Militärbasis in Tadschikistan"),
        ("002_79704d73633bf000", "Auch Pompeo hat Afghanistan besucht"),
        (
            "002_79704d73633bf000",
            "Geopolitische Konkurrenten bezichtigen USA der Untätigkeit gegenüber dem IS",
        ),
        ("004_d389304084a65964", "Taliban international nicht anerkannt"),
        ("004_d389304084a65964", '"Gemeinsame Verantwortung"'),
    ],
)
def test_subheadings_are_kept(name: str, heading: str) -> None:
    assert heading in record_of(name, "file").text.splitlines()


def test_gold_and_files_say_the_same() -> None:
    assert [] == [
        f"{name}:{line.model_extra['line']}"  # type: ignore[index]  # all seeds have line numbers
        for name, page in GOLD.items()
        for source in [text_of(name, "file").split("\n")]
        for line in page.lines
        if source[line.model_extra["line"] - 1].strip() != line.text.strip()  # type: ignore[index]
    ]


def test_seeds_are_those_of_the_folder() -> None:
    assert sorted(TITLES) == sorted(Path(file).stem for file in SEEDS.glob("*.txt"))
