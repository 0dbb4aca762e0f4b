from __future__ import annotations

import pytest

from cleaner.repeats.lines import NOT_COUNTED, keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Kommentare", "3 KOMMENTARE"),
        ("Mehr  zum\u00a0Thema", " Mehr zum Thema\t"),
        ("News\u00adletter", "Newsletter"),
        ("Share\u200b this\ufeff", "share this"),
        ("STRASSE", "Straße"),
        ("Seite ٣", "Seite 14"),
    ],
    ids=["figures", "white", "soft-hyphen", "zero-width", "case", "figures-of-others"],
)
def test_lines_that_differ_in_nothing_that_counts_are_one(one: str, other: str) -> None:
    first, second = keys([one, other])

    assert first == second != NOT_COUNTED


def test_other_lines_are_others() -> None:
    assert 3 == len(set(keys(["Mehr zum Thema", "Mehr zum Sport", "Mehrzum Thema"]).tolist()))


@pytest.mark.parametrize("line", ["***", "12.03.2021", "", "1 234 €", "\u00ad"])
def test_lines_without_a_letter_are_not_counted(line: str) -> None:
    assert [NOT_COUNTED] == keys([line]).tolist()


def test_keys_are_the_same_on_every_machine() -> None:
    assert [0xD6ABBD148F3AEA6C] == keys(["Mehr zum Thema"]).tolist()


def test_a_lone_surrogate_has_a_key_too() -> None:
    assert keys(["a\ud800"]).tolist() != keys(["a"]).tolist()
