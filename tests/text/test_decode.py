"""Bytes to text: nothing lost, every repair on record."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.model import Repair
from cleaner.text.decode import SAMPLE_BYTES, Decoded, decode

GERMAN = "Die Bürger fürchten höhere Gebühren für das Gelände am Ölhafen. Größe und Maß zählen.\n"
POLISH = "Prezydent oświadczył w środę, że środki będą obowiązywać również w większych miastach.\n"
RUSSIAN = "Президент заявил в среду, что меры затронут и крупные города. Источники молчат.\n"
GREEK = "Ο πρόεδρος δήλωσε την Τετάρτη ότι τα μέτρα θα αφορούν και τις μεγαλύτερες πόλεις.\n"
JAPANESE = (
    "大統領は水曜日、この措置は大都市にも適用されると述べた。政府筋によると、来年も変わらない。\n"
)
CHINESE = "总统星期三表示，这些措施也将影响大城市。政府消息人士称，明年不会有任何变化。\n"
KOREAN = "대통령은 수요일 이 조치가 대도시에도 적용될 것이라고 밝혔다. 정부 소식통은 말했다.\n"


def kinds(decoded: Decoded) -> dict[str, int]:
    return {repair.kind: repair.count for repair in decoded.repairs}


PLAIN = {
    "empty": "",
    "ascii": "plain",
    "two bytes": "Füße",
    "four bytes": "👩‍👧 😀",
    "carriage returns": "a\r\nb\rc\n",
    "line separator": "a\u2028b\u2029c\u0085d",
    "byte order mark": "\ufeffText",
    "noncharacters": "a\ufffeb\uffffc\U0010ffff",
    "replacement character": "a\ufffdb",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN.keys())
def test_valid_utf8_is_read_exactly_and_without_repair(text: str) -> None:
    assert Decoded(text, "utf-8", ()) == decode(text.encode())


def test_nul_stays_and_is_put_on_record() -> None:
    assert Decoded("a\0b\0", "utf-8", (Repair("nul", 2, "kept"),)) == decode(b"a\0b\0")


def test_valid_utf8_is_not_read_in_the_declared_charset() -> None:
    assert "Füße" == decode("Füße".encode(), "windows-1252").text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_tells_wide_encodings_and_stays(codec: str) -> None:
    assert Decoded(f"\ufeff{GERMAN}", codec, ()) == decode(f"\ufeff{GERMAN}".encode(codec))


@pytest.mark.parametrize(
    "text", [GERMAN, RUSSIAN, "English only, in ASCII."], ids=["de", "ru", "en"]
)
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_nuls(codec: str, text: str) -> None:
    decoded = decode(text.encode(codec))

    assert (text, codec) == (decoded.text, decoded.encoding)
    assert (Repair("encoding_guessed", 1, f"{codec}, by its NUL bytes"),) == decoded.repairs


def test_half_a_utf16_character_at_the_end_is_kept() -> None:
    decoded = decode("\ufeffTor".encode("utf-16-le") + b"\xe9")

    assert "\ufeffToré" == decoded.text
    assert {"invalid_bytes": 1} == kinds(decoded)


def test_lone_surrogates_in_utf16_are_replaced_on_record() -> None:
    decoded = decode("\ufeffa\ud83db😀".encode("utf-16-le", "surrogatepass"))

    assert "\ufeffa\ufffdb😀" == decoded.text
    assert {"lone_surrogates": 1} == kinds(decoded)


def test_a_utf32_mark_before_impossible_characters_is_no_utf32() -> None:
    assert "utf-16-le" == decode(b"\xff\xfe\0\0\xff\xff\xff\xff").encoding


DECLARED = {
    "koi8-r": ("KOI8-R", "koi8-r", RUSSIAN),
    "windows-1250": ("windows-1250", "cp1250", POLISH),
    "iso-8859-2": ("ISO-8859-2", "iso8859-2", POLISH),
    "quoted": (' "windows-1251" ', "cp1251", RUSSIAN),
    "latin-1 with quotes of windows-1252": ("iso-8859-1", "cp1252", "„Füße“ – 5 €"),
    "gb2312 with characters of gbk only": ("gb2312", "gbk", "镕基"),
    "shift_jis with characters of windows-31j only": ("shift_jis", "cp932", "①髙"),
    "label that python does not know": ("x-sjis", "cp932", JAPANESE),
    "euc-kr": ("euc-kr", "cp949", KOREAN),
}


@pytest.mark.parametrize(("declared", "codec", "text"), DECLARED.values(), ids=DECLARED.keys())
def test_a_declared_charset_is_used_where_bytes_are_not_utf8(
    declared: str, codec: str, text: str
) -> None:
    decoded = decode(text.encode(codec), declared)

    assert (text, ()) == (decoded.text, decoded.repairs)


BOGUS = ["", "klingon", "base64", "rot13", "\0", "\ud800", "ü", "x" * 100_000, "unicode_escape"]


@pytest.mark.parametrize("declared", BOGUS, ids=lambda name: ascii(name[:20]))
def test_a_charset_that_is_none_is_ignored(declared: str) -> None:
    raw = (GERMAN * 5).encode("cp1252")

    assert decode(raw) == decode(raw, declared)


def test_a_declared_charset_that_does_not_fit_is_ignored() -> None:
    assert RUSSIAN * 3 == decode((RUSSIAN * 3).encode("cp1251"), "utf-8").text


BROKEN = {
    "latin-1 byte among umlauts": ("Füße, größer ".encode() + b"\xe9", "Füße, größer é", 1),
    "latin-1 byte in ascii": (b"The caf\xe9 is open", "The café is open", 1),
    "quotes of windows-1252": (b"He said \x93yes\x94 again.", "He said “yes” again.", 2),
    "byte that windows-1252 leaves undefined": (b"plain \x81 text", "plain \x81 text", 1),
    "cut in the middle of a character": ("Grüße aus Köln".encode()[:-3], "Grüße aus KÃ", 1),
    "overlong slash": ("Füße, Öl ".encode() + b"\xc0\xaf", "Füße, Öl À¯", 2),
    "surrogate in utf-8": ("Füße, Öl, Maß ".encode() + b"\xed\xa0\x80", "Füße, Öl, Maß í\xa0€", 3),
    "beyond unicode": ("Äöüßéè ".encode() + b"\xf4\x90\x80\x80", "Äöüßéè ô\x90€€", 4),
}


@pytest.mark.parametrize(("raw", "text", "bad"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_utf8_keeps_its_good_parts_and_its_bad_bytes(
    raw: bytes, text: str, bad: int
) -> None:
    repair = Repair("invalid_bytes", bad, "read as windows-1252")

    assert Decoded(text, "utf-8", (repair,)) == decode(raw)


def test_broken_utf8_is_not_turned_to_mojibake_by_a_declared_charset() -> None:
    assert "Füße, größer é" == decode("Füße, größer ".encode() + b"\xe9", "iso-8859-1").text


def test_a_stray_byte_in_much_ascii_is_read_as_windows_1252() -> None:
    raw = b"plain words " * 10_000 + b"\x80"

    assert decode(raw).text.endswith("words €")


GUESSED = {
    "german": ("cp1252", GERMAN),
    "polish": ("cp1250", POLISH),
    "russian": ("cp1251", RUSSIAN),
    "russian, koi8": ("koi8-r", RUSSIAN),
    "greek": ("cp1253", GREEK),
    "japanese": ("cp932", JAPANESE),
    "japanese, euc": ("euc_jp", JAPANESE),
    "chinese": ("gb18030", CHINESE),
    "korean": ("cp949", KOREAN),
}


@pytest.mark.parametrize(("codec", "text"), GUESSED.values(), ids=GUESSED.keys())
def test_other_encodings_are_guessed_on_record(codec: str, text: str) -> None:
    decoded = decode((text * 10).encode(codec))

    assert text * 10 == decoded.text
    assert (Repair("encoding_guessed", 1, decoded.encoding),) == decoded.repairs


def test_a_guess_looks_at_lines_that_are_not_ascii() -> None:
    text = "<div class='navigation'>menu</div>\n" * 3_000 + POLISH * 10

    assert text == decode(text.encode("cp1250")).text


@pytest.mark.parametrize("text", [CHINESE * 2_000, CHINESE.strip() * 2_000], ids=["lines", "one"])
def test_a_sample_does_not_cut_characters_in_half(text: str) -> None:
    raw = text.encode("gb18030")

    assert len(raw) > SAMPLE_BYTES
    assert text == decode(raw).text


def test_a_bad_byte_does_not_spoil_a_guess() -> None:
    decoded = decode((CHINESE * 50).encode("gb18030") + b"\xff\n")

    assert f"{CHINESE * 50}ÿ\n" == decoded.text
    assert {"encoding_guessed": 1, "invalid_bytes": 1} == kinds(decoded)


def test_bytes_that_fit_nothing_are_read_as_windows_1252() -> None:
    raw = bytes(range(256)) * 2

    assert len(raw) == len(decode(raw).text)
    assert 1 == kinds(decode(raw))["encoding_guessed"]


@pytest.mark.parametrize("unit", [b"\xff", b"a\xff", RUSSIAN.encode("cp1251"), b"\xc3\xa4\xff"])
def test_large_input_takes_linear_time(unit: bytes) -> None:
    raw = (unit * 5_000_000)[:5_000_000]
    started = time.process_time()

    decode(raw)

    assert time.process_time() - started < 10


@given(st.text())
@example("\0" * 20)
@example("\ufeff\0")
def test_utf8_round_trip_is_exact(text: str) -> None:
    assert text == decode(text.encode()).text


@given(st.text(), st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_marked_wide_round_trip_is_exact(text: str, codec: str) -> None:
    # U+0000 after the mark of UTF-16 LE makes it the mark of UTF-32 LE.
    marked = f"\ufeff.{text}"

    assert marked == decode(marked.encode(codec)).text


ANY_DECLARED = st.none() | st.text() | st.sampled_from(["latin-1", "big5", "utf-16", "hz", "cp037"])


@given(st.binary(max_size=300), ANY_DECLARED)
def test_any_bytes_give_text_that_can_be_written_as_utf8(raw: bytes, declared: str | None) -> None:
    decode(raw, declared).text.encode()


@given(st.binary(max_size=300))
def test_the_same_bytes_give_the_same_text(raw: bytes) -> None:
    assert decode(raw) == decode(raw)


@given(st.binary(max_size=300))
def test_bytes_that_are_not_utf8_are_never_read_without_a_record(raw: bytes) -> None:
    decoded = decode(raw)

    if decoded.text.encode() != raw and decoded.encoding not in {"utf-16-le", "utf-16-be"}:
        assert decoded.repairs or decoded.encoding.startswith("utf-32")


@given(st.text(), st.binary(min_size=1, max_size=3), st.text())
def test_ascii_is_never_lost(before: str, bad: bytes, after: str) -> None:
    raw = f"Some plain words. {before}".encode() + bad + after.encode() + b" Plain words end."

    assert decode(raw).text.startswith("Some plain words. ")
    assert decode(raw).text.endswith(" Plain words end.")
