from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.measure.laid import Laid
from cleaner.measure.words import BUCKETS, READ_CHARS, Wording, Words, find_words
from cleaner.text.segment import segment
from tests.laws import texts

PLAIN = st.text("abcäéжяЖÄ", min_size=1, max_size=12)


def words_of(*lines: str) -> Words:
    return find_words(Laid(lines))[0]


def tokens(line: str) -> list[str]:
    """The tokens of a line, by where they begin and how long they are."""
    found, at = [], 0
    for length in words_of(line).lengths.tolist():
        while line[at] == " ":
            at += 1
        found.append(line[at : at + length])
        at += length
    return found


def wording_of(*lines: str) -> list[list[int]]:
    """The buckets of each line."""
    return rows(find_words(Laid(lines))[1])


def rows(wording: Wording) -> list[list[int]]:
    buckets = iter(wording.buckets.tolist())
    return [[next(buckets) for _ in range(n)] for n in wording.counts.tolist()]


def hash_of(word: str) -> int:
    [found] = words_of(word).hashes.tolist()
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Der Zug kam an", ["Der", "Zug", "kam", "an"]),
        ("Lesen Sie auch:", ["Lesen", "Sie", "auch", ":"]),
        ("30.000 Euro", ["30", ".", "000", "Euro"]),
        ("don't", ["don", "'", "t"]),
        ("東京で", ["東", "京", "で"]),
        ("東京Tower", ["東", "京", "Tower"]),
        ("iPhone版 12月", ["iPhone", "版", "12", "月"]),
        ("서울 시장", ["서울", "시장"]),
        ("***", ["*", "*", "*"]),
        ("Cafe\u0301 noir", ["Cafe\u0301", "noir"]),
        ("เปิดใช้สะพานใหม่", ["เปิด", "ใช้สะพาน", "ใหม่"]),
        ("ສະພານໃໝ່", ["ສະພານ", "ໃໝ່"]),
    ],
    ids=[
        "latin",
        "mark",
        "number",
        "apostrophe",
        "han-and-kana",
        "word-after-han",
        "mixed",
        "hangul",
        "marks",
        "combining-accent",
        "thai-before-leading-vowels",
        "lao-before-leading-vowels",
    ],
)
def test_tokens(line: str, expected: list[str]) -> None:
    assert expected == tokens(line)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zug", "ZUG"), ("Österreich", "österreich"), ("Жена", "жЕНА"), ("2024", "1999"), ("٢", "7")],
    ids=["latin", "umlaut", "cyrillic", "digits", "arabic-digit"],
)
def test_case_and_digits_are_folded(one: str, other: str) -> None:
    assert hash_of(one) == hash_of(other)


def test_numbers_of_different_length_differ() -> None:
    assert hash_of("2024") != hash_of("24")


def test_white_space_of_any_kind_is_a_blank() -> None:
    assert wording_of("Der Zug") == wording_of("Der\u00a0Zug") == wording_of("Der\tZug")


@given(PLAIN, st.lists(PLAIN), st.lists(PLAIN))
def test_a_word_has_one_hash_wherever_it_stands(
    word: str, before: list[str], after: list[str]
) -> None:
    line = " ".join([*before, word, *after])

    found = words_of("Davor steht etwas.", line)

    assert hash_of(word) == found.hashes[found.lines == 1][len(before)]


@given(PLAIN, PLAIN)
def test_different_words_have_different_hashes(one: str, other: str) -> None:
    assert (one.lower() == other.lower()) == (hash_of(one) == hash_of(other))


@given(texts())
def test_the_wording_of_a_line_does_not_depend_on_its_neighbours(text: str) -> None:
    lines = segment(text).contents()

    alone = [bucket for line in lines for bucket in wording_of(line)]

    assert alone == wording_of(*lines)


@given(texts())
def test_buckets_point_into_the_table(text: str) -> None:
    _, wording = find_words(Laid(segment(text).contents()))

    assert ((wording.buckets >= 0) & (wording.buckets < BUCKETS)).all()


@given(texts())
def test_every_line_has_a_token(text: str) -> None:
    lines = segment(text).contents()

    visible = [i for i, line in enumerate(lines) if any(c.isalnum() for c in line)]

    assert set(visible) <= set(words_of(*lines).lines.tolist())


def test_of_the_middle_of_a_line_only_the_hash_of_all_of_it_tells() -> None:
    edge = "Wort um Wort " * 7  # 91 characters
    one, other = (f"{edge}{middle} {edge}".strip() for middle in ("Zug " * 9, "Bahnsteig " * 9))
    assert len(edge) > READ_CHARS

    [first], [second] = wording_of(one), wording_of(other)

    assert len(first) == len(second)
    assert 1 == sum(a != b for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("place", [0, 7, 14], ids=["first", "middle", "last"])
def test_every_word_of_a_short_line_is_read(place: int) -> None:
    words = ["Wort"] * 15
    other = [*words[:place], "Bahnsteig", *words[place + 1 :]]

    assert set(wording_of("Bahnsteig")[0]) & set(wording_of(" ".join(other))[0])
    assert not set(wording_of("Bahnsteig")[0]) & set(wording_of(" ".join(words))[0])


def test_no_lines_have_no_wording() -> None:
    assert [] == wording_of()
