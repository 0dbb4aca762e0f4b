from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.measure import BATCH_CHARS, LONGEST_MEASURED_CHARS, measure
from cleaner.measure.characters import SCRIPTS
from cleaner.model import Measurements
from cleaner.text.segment import segment
from tests.laws import REAL, texts

COLUMNS = tuple(name for name in Measurements.__slots__ if name != "buckets")


def measured(text: str) -> Measurements:
    [found] = measure([segment(text)])
    return found


def column(name: str, text: str) -> list[object]:
    return getattr(measured(text), name).tolist()


def of_line(name: str, line: str) -> object:
    [value] = column(name, line)
    return value


def columns(found: Measurements) -> dict[str, list[object]]:
    return {name: getattr(found, name).tolist() for name in COLUMNS}


@given(st.lists(texts(), max_size=5))
def test_a_batch_measures_each_document_as_it_would_alone(several: list[str]) -> None:
    documents = [segment(text) for text in several]

    alone = [columns(measure([document])[0]) for document in documents]

    assert alone == [columns(found) for found in measure(documents)]


@given(texts())
def test_every_column_has_one_row_a_line(text: str) -> None:
    lines = len(segment(text).lines)

    assert dict.fromkeys(COLUMNS, lines) == {
        name: len(getattr(measured(text), name)) for name in COLUMNS
    }


@given(texts())
def test_shares_lie_between_zero_and_one(text: str) -> None:
    found = measured(text)

    assert all(0 <= share <= 1 for share in found.prose.tolist() + found.script_share.tolist())


@given(texts())
def test_no_count_is_negative_or_larger_than_the_line(text: str) -> None:
    found = measured(text)

    for name in ("letters", "uppers", "digits", "marks", "commas", "emojis", "sentences", "words"):
        counts = getattr(found, name)
        assert (counts >= 0).all(), name
        assert (counts <= found.width).all(), name


def test_no_documents_give_no_measurements() -> None:
    assert [] == measure([])


def test_empty_documents_have_columns_without_rows() -> None:
    documents = [segment(""), segment("Ein Satz."), segment(" \n")]

    assert [0, 1, 0] == [len(found.words) for found in measure(documents)]


def test_more_characters_than_a_batch_holds_are_measured_in_order() -> None:
    line = "Wort " * 1_000
    count = BATCH_CHARS // len(line) + 3
    text = "\n".join(f"{line} {number}" for number in range(count))

    documents = [segment(text), segment("Nur drei Wörter")]

    assert [[1_001] * count, [3]] == [found.words.tolist() for found in measure(documents)]


def test_lines_are_measured_the_same_in_batches_of_any_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = ["\n".join(REAL), "東京Tower\n・a 東京", "\n".join(REAL[::-1])]
    documents = [segment(text) for text in texts]
    together = measure(documents)

    monkeypatch.setattr("cleaner.measure.BATCH_CHARS", 100)

    for expected, found in zip(together, measure(documents), strict=True):
        for name in expected.__slots__:
            assert np.array_equal(getattr(expected, name), getattr(found, name)), name
            assert getattr(expected, name).dtype == getattr(found, name).dtype, name


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Die Leiter der Geheimdienste", 4),
        ("Terror-Staat Frankreichs", 3),
        ("don't", 2),
        ("Россия: Тайна диктатора Путина", 4),
        ("أعلن الوزير عن افتتاح المحطة", 5),
        ("東京で新しい駅が開業", 5),
        ("東京 Tower", 2),
        ("30.000 Euro", 3),
        ("---", 0),
        ("🙂 🙂", 0),
        ("Cafe\u0301 noir", 2),
        ("เปิดใช้สะพานใหม่ใน เมือง", 6),
    ],
    ids=[
        "latin",
        "hyphen",
        "apostrophe",
        "cyrillic",
        "arabic",
        "two-han-letters-a-word",
        "han-and-latin",
        "number",
        "marks",
        "emoji",
        "combining-accent",
        "five-thai-letters-a-word",
    ],
)
def test_words(line: str, expected: int) -> None:
    assert expected == of_line("words", line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Der Bär", 7), ("東京", 4), ("カナ", 4), ("a東", 3)],
    ids=["latin", "han", "kana", "mixed"],
)
def test_width_counts_wide_letters_twice(line: str, expected: int) -> None:
    assert expected == of_line("width", line)


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("letters", "Österreich 2024!", 10),
        ("uppers", "EU-Generalanwältin", 3),
        ("digits", "1,3 Milliarden Euro 2024", 6),
        ("digits", "٢٠٢٤", 4),
        ("marks", "Scholz-Regierung: EINE!", 3),
        ("commas", "Russland, Iran; China、Indien，USA،", 5),
        ("capitalised", "Neuer Pass mit früherem Geburtsjahr", 3),
        ("capitalised", "Новый паспорт Путина", 2),
        ("emojis", "🙂 und 😉 und ⚽", 3),
        ("emojis", "© 2024 Verlag ® Marke ™ #1 *", 0),
    ],
    ids=[
        "letters",
        "uppers",
        "digits",
        "arabic-digits",
        "marks",
        "commas-of-all-scripts",
        "capitalised",
        "capitalised-cyrillic",
        "emojis",
        "signs-are-no-emojis",
    ],
)
def test_counts(name: str, line: str, expected: int) -> None:
    assert expected == of_line(name, line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Russland und der Iran", 0),
        ("Das teilte der Kreml mit.", 1),
        ("Er kam. Sie ging! Wer blieb?", 3),
        ("30.000 Euro Schaden in Version 3.5", 0),
        ('"Da bin ich mir sicher." So Lawrow.', 2),
        ("Er sagte: „Ich komme.“ Dann ging er.", 2),
        ("東京で新しい駅が開業しました。多くの人が集まりました。", 2),
        ("یہ ایک جملہ ہے۔ یہ دوسرا ہے۔", 2),
        ("यह एक वाक्य है। यह दूसरा है।", 2),
        ("เทศบาลเปิดใช้สะพานใหม่ การก่อสร้างใช้เวลาสามปี และใช้งบประมาณมาก", 1),
        ("ສະພານໃໝ່", 0),
    ],
    ids=[
        "none",
        "one",
        "three",
        "points-inside-numbers",
        "straight-quotes",
        "german-quotes",
        "japanese",
        "urdu",
        "hindi",
        "blanks-end-thai-ones",
        "none-in-lao",
    ],
)
def test_sentences(line: str, expected: int) -> None:
    assert expected == of_line("sentences", line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Das teilte der Kreml mit.", True),
        ("Das teilte der Kreml mit", False),
        ('"Da bin ich mir sicher."', True),
        ("„Da bin ich mir sicher.“", True),
        ("« C'est fini. »", True),
        ("(So steht es im Vertrag.)", True),
        ('Sie sagte: "(Ende.)"', True),
        ("“Gemeinsame Verantwortung”", False),
        ("Wer zahlt das?", True),
        ("それは駅です。」", True),
        ("هل هذا صحيح؟", True),
        ("Er wartete …", True),
        ("Mehr dazu:", False),
        ("“", False),
        (".", True),
    ],
    ids=[
        "full-stop",
        "open",
        "straight-quote",
        "german-quote",
        "guillemet-after-space",
        "bracket",
        "three-closers",
        "quote-without-stop",
        "question",
        "japanese-corner",
        "arabic-question",
        "ellipsis",
        "colon",
        "only-a-quote",
        "only-a-stop",
    ],
)
def test_ends_sentence(line: str, expected: bool) -> None:  # noqa: FBT001  # a table's column
    assert expected is of_line("ends_sentence", line)


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("ends_loudly", "Diese Schwäche wird Russland das Genick brechen!", True),
        ("ends_loudly", "Formel 1 zurück nach Südafrika?“", True),
        ("ends_loudly", "Das ist das Ende.", False),
        ("ends_colon", "Lesen Sie auch:", True),
        ("ends_colon", "相关阅读：", True),
        ("ends_colon", "12:30 Uhr", False),
        ("ends_ellipsis", "Weiter geht es …", True),
        ("ends_ellipsis", "Weiter geht es...", True),
        ("ends_ellipsis", "Weiter geht es.", False),
        ("ends_ellipsis", ".", False),
        ("starts_upper", "„Der Zug", True),
        ("starts_upper", "der Zug", False),
        ("starts_lower", "- und dann", True),
        ("starts_digit", "31-Jährige in Hagen", True),
        ("starts_digit", "(31) Jahre", True),
        ("starts_upper", "東京", False),
        ("only_marks", "*** — ***", True),
        ("only_marks", "* 1 *", False),
        ("only_marks", "🙂", True),
    ],
    ids=lambda value: str(value).replace(" ", "_"),
)
def test_facts(name: str, line: str, expected: bool) -> None:  # noqa: FBT001  # a table's column
    assert expected is of_line(name, line)


@pytest.mark.parametrize("bullet", ["-", "–", "•", "*", "+", "»", "›", "▶", "→", "✓", "|", "·"])
def test_bullets_start_a_line(bullet: str) -> None:
    assert of_line("starts_bullet", f"{bullet} Torjäger beendet Karriere")


@pytest.mark.parametrize("line", ["Der - Zug", '"Extrem"', "1. Platz", "(Foto)", "#Taliban"])
def test_what_is_no_bullet(line: str) -> None:
    assert not of_line("starts_bullet", line)


@pytest.mark.parametrize(
    ("line", "expected", "share"),
    [
        ("Afghanistan", "Latin", 1.0),
        ("Россия", "Cyrillic", 1.0),
        ("Putin Путин Россия", "Cyrillic", 11 / 16),
        ("東京タワーの駅", "Han", 1.0),
        ("駅 Bahnhof", "Latin", 7 / 8),
        ("위키백과", "Hangul", 1.0),
        ("شبكة", "Arabic", 1.0),
        ("ไทย", "Thai", 1.0),
        ("12:30 - 🙂", "", 0.0),
    ],
    ids=[
        "latin",
        "cyrillic",
        "mixed",
        "kana-with-han",
        "few-han",
        "korean",
        "arabic",
        "thai",
        "none",
    ],
)
def test_script_of_most_letters(line: str, expected: str, share: float) -> None:
    found = measured(line)

    assert expected == SCRIPTS[found.script[0]]
    assert pytest.approx(share) == found.script_share[0]


def test_ideographs_beyond_the_tables_are_han() -> None:
    assert "Han" == SCRIPTS[measured("\U00020000\U0002a6d6").script[0]]


def test_repetition_ignores_case_and_surrounding_white_space() -> None:
    text = "Weiterlesen\nEin Satz\n  WEITERLESEN \nweiterlesen"

    assert [3, 1, 3, 3] == column("repeated", text)


def test_repetition_is_counted_within_a_document() -> None:
    documents = [segment("Teilen\nTeilen"), segment("Teilen")]

    assert [[2, 2], [1]] == [found.repeated.tolist() for found in measure(documents)]


def test_enormous_line_is_measured_by_both_its_ends() -> None:
    line = "Anfang " + "x" * 1_000_000 + " Ende."

    found = measured(f"{line}\nKurz.")

    assert [True, False] == found.truncated.tolist()
    assert [True, True] == found.ends_sentence.tolist()
    assert found.starts_upper[0]
    assert found.letters[0] <= LONGEST_MEASURED_CHARS


def test_longest_line_measured_whole_is_not_truncated() -> None:
    assert [False, True] == column(
        "truncated",
        "\n".join("x" * n for n in (LONGEST_MEASURED_CHARS, LONGEST_MEASURED_CHARS + 1)),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Russland befürworte es außerdem, die Taliban in die Gespräche einzubeziehen, sagte er.",
        "Tadschikistan ist stark abhängig von Russland. Moskau unterhält dort eine Basis.",
        "Россия заявила в понедельник, что готова продолжить переговоры с соседними странами.",
        "東京の中心部で月曜日に新しい駅が開業し、朝から多くの人が集まりました。市長も出席しました。",
        (
            "เทศบาลเปิดใช้สะพานใหม่ข้ามแม่น้ำเมื่อวันจันทร์ การก่อสร้างใช้เวลาสามปีและใช้งบประมาณ"
            "มากกว่าที่คาดไว้ นายกเทศมนตรีกล่าวว่าสะพานทำให้สองย่านใกล้กันมากขึ้น"
        ),
    ],
    ids=["german", "two-sentences", "russian", "japanese", "thai"],
)
def test_running_text_reads_like_prose(line: str) -> None:
    assert of_line("prose", line) >= 0.5


@pytest.mark.parametrize(
    "line",
    [
        "Startseite",
        "Finanzminister der Eurogruppe beraten in Luxemburg",
        "Neueste | Beliebteste | Archiv | Impressum",
        "-",
        "31.12.2021, 14:05",
    ],
)
def test_menus_and_headlines_do_not(line: str) -> None:
    assert of_line("prose", line) < 0.5


def test_measuring_changes_no_document() -> None:
    document = segment("Die Regierung\n\nwill.")

    measure([document])

    assert segment("Die Regierung\n\nwill.") == document


def test_columns_are_arrays_of_their_declared_types() -> None:
    found = measured("Ein Satz.")

    assert np.int32 == found.words.dtype
    assert np.bool_ == found.ends_sentence.dtype
    assert np.float32 == found.prose.dtype


@given(st.lists(st.text("aBbßsSſ ıİi1²", max_size=4), max_size=12))
def test_lines_stand_as_often_as_a_loop_finds_in_either_case(lines: list[str]) -> None:
    document = segment("\n".join(lines))
    folded = [content.casefold() for content in document.contents()]

    [found] = measure([document])

    assert [folded.count(each) for each in folded] == found.repeated.tolist()
