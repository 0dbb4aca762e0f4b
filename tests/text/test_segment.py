from __future__ import annotations

import pickle
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import Line, Lines, Repair
from cleaner.text.segment import prefix_date, prefix_lines, segment
from tests.laws import texts, without_surrogates


def contents(text: str) -> list[str]:
    document = segment(text)
    return [document.content(i) for i in range(len(document.lines))]


def numbered(text: str) -> list[tuple[int, str]]:
    document = segment(text)
    return [(line.number, document.content(i)) for i, line in enumerate(document.lines)]


def found_one_by_one(text: str, body_start: int) -> list[Line]:
    """The lines below the prefixes by a search for each: slow, and plainly what is meant."""
    lines = []
    for match in re.finditer(r"[^\r\n]+", text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        number = 1 + len(re.findall(r"\r\n|\n|\r", text[: match.start()]))
        if piece.strip():
            lines.append(Line(number, body_start + start, body_start + start + len(piece.strip())))
    return lines


@given(texts())
def test_lines_are_those_a_search_for_each_finds(text):
    document = segment(text)
    prefixes = list(document.lines)[: prefix_lines(document)]
    glued = [line for line in prefixes if document.text[line.end : line.end + 1].strip("\r\n")]
    body_start = glued[-1].end if glued else 0

    below = found_one_by_one(document.text[body_start:], body_start)

    assert [*glued, *below] == list(document.lines)


@given(texts(), st.integers(1, 40))
def test_lines_do_not_depend_on_how_much_is_read_at_once(text, chars):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.text.segment.STRETCH_CHARS", chars)
        piecemeal = segment(text)

    assert segment(text) == piecemeal


@given(texts())
def test_contents_are_those_of_the_lines_one_by_one(text):
    document = segment(text)

    assert [document.text[x.start : x.end] for x in document.lines] == document.contents()
    assert contents(text) == document.contents()


@given(texts())
def test_lines_made_one_by_one_are_those_of_the_columns(text):
    lines = segment(text).lines

    assert lines == Lines.of(lines)
    assert list(lines) == [lines[i] for i in range(len(lines))]


def test_a_document_can_be_pickled():
    document = segment("Titel\r\n\r\n  Text", "a.txt", metadata={"title": "Titel"})

    assert document == pickle.loads(pickle.dumps(document))  # noqa: S301  # our own bytes


@given(texts())
def test_lines_lie_in_order_and_do_not_overlap(text):
    ends = [end for line in segment(text).lines for end in (line.start, line.end)]

    assert sorted(ends) == ends


@given(texts())
def test_no_line_is_empty(text):
    assert [] == [line for line in segment(text).lines if line.start >= line.end]


@given(texts())
def test_between_lines_stands_nothing_but_white_space(text):
    document = segment(text)
    ends = [0, *(line.end for line in document.lines)]
    starts = [*(line.start for line in document.lines), len(document.text)]

    gaps = [document.text[end:start] for end, start in zip(ends, starts, strict=True)]

    assert [] == [gap for gap in gaps if gap.strip()]


@given(texts())
def test_content_has_no_white_space_around_it(text):
    assert [] == [content for content in contents(text) if content != content.strip()]


@given(texts())
def test_no_line_holds_a_line_end(text):
    assert [] == [content for content in contents(text) if re.search(r"[\r\n]", content)]


@given(texts())
def test_text_is_not_changed_but_for_lone_surrogates(text):
    assert without_surrogates(text) == segment(text).text


@given(texts())
def test_line_numbers_are_those_of_an_editor(text):
    document = segment(text)
    expected = [
        1 + len(re.findall(r"\r\n|\n|\r", document.text[: line.start])) for line in document.lines
    ]

    assert expected == [line.number for line in document.lines]


@given(texts())
def test_only_prefixes_of_the_first_line_share_its_number(text):
    shared = [b for a, b in pairwise(line.number for line in segment(text).lines) if a == b]

    assert set(shared) <= {1}
    assert len(shared) <= 2


@pytest.mark.parametrize(
    "line_end", ["\n", "\r\n", "\r"], ids=["line-feed", "both", "carriage-return"]
)
def test_every_kind_of_line_end_counts_once(line_end):
    text = line_end.join(["Zum ersten Mal", "", "reist Putin", "ins Ausland."])

    assert [(1, "Zum ersten Mal"), (3, "reist Putin"), (4, "ins Ausland.")] == numbered(text)


def test_kinds_of_line_ends_may_be_mixed():
    assert [(1, "a"), (2, "b"), (3, "c"), (5, "d")] == numbered("a\r\nb\rc\n\rd")


@pytest.mark.parametrize(
    "separator",
    ["\u2028", "\u2029", "\u0085", "\v", "\f", "\x1c", "\x1d", "\x1e"],
    ids=lambda char: f"U+{ord(char):04X}",
)
def test_what_only_splitlines_takes_for_a_line_end_splits_nothing(separator):
    text = f"Taliban{separator}international"

    assert [text] == contents(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" date 2017-02 Die Regierung will", ["date 2017-02", "Die Regierung will"]),
        ("date 2017-02-28 Die Regierung", ["date 2017-02-28", "Die Regierung"]),
        ("date: 2017-02\tDie Regierung", ["date: 2017-02", "Die Regierung"]),
        ("\ufeff date 2017-02 Die Regierung", ["\ufeff", "date 2017-02", "Die Regierung"]),
        ("date 2017-13 war ein Tippfehler", ["date 2017-13 war ein Tippfehler"]),
        ("date 2017-02-32 Die Regierung", ["date 2017-02-32 Die Regierung"]),
        ("date 2017-02", ["date 2017-02"]),
        ("date 2017-02\nDie Regierung", ["date 2017-02", "Die Regierung"]),
        ("Das date 2017-02 Die Regierung", ["Das date 2017-02 Die Regierung"]),
        ("Titel\ndate 2017-02 Die Regierung", ["Titel", "date 2017-02 Die Regierung"]),
        ("date 2017-021 Euro", ["date 2017-021 Euro"]),
    ],
    ids=[
        "month",
        "day",
        "colon-and-tab",
        "after-byte-order-mark",
        "no-such-month",
        "no-such-day",
        "alone",
        "alone-above-the-text",
        "inside-a-line",
        "on-a-later-line",
        "longer-number",
    ],
)
def test_date_glued_to_the_first_line_is_a_line_of_its_own(text, expected):
    assert expected == contents(text)


def test_glued_date_stands_on_the_line_of_the_text():
    assert [(1, "date 2017-02"), (1, "Die Regierung"), (2, "will.")] == numbered(
        " date 2017-02 Die Regierung\nwill."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffDie Regierung", [(1, "\ufeff"), (1, "Die Regierung")]),
        ("\ufeff\r\nDie Regierung", [(1, "\ufeff"), (2, "Die Regierung")]),
        ("\ufeff", [(1, "\ufeff")]),
        ("Die\ufeffRegierung", [(1, "Die\ufeffRegierung")]),
    ],
    ids=["glued", "above", "alone", "inside"],
)
def test_byte_order_mark_is_a_line_of_its_own_only_at_the_start(text, expected):
    assert expected == numbered(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\r\n\t\n", "\u00a0\u2028\u3000"],
    ids=["nothing", "blank", "line", "lines", "wide"],
)
def test_text_of_white_space_has_no_lines(text):
    assert [] == contents(text)


def test_null_character_is_content():
    assert ["\x00", "a\x00b"] == contents("\x00\na\x00b")


def test_lone_surrogates_are_replaced_and_the_repair_recorded():
    document = segment("Die \ud83d Regierung \udc00\n")

    assert "Die \ufffd Regierung \ufffd\n" == document.text
    assert (Repair("lone_surrogates", 2, "replaced by U+FFFD"),) == document.repairs


def test_repair_of_surrogates_stands_behind_those_of_decoding():
    earlier = Repair("nul", 1)

    assert ["nul", "lone_surrogates"] == [
        repair.kind for repair in segment("\ud800", repairs=(earlier,)).repairs
    ]


def test_sound_text_needs_no_repair():
    assert () == segment("Zwei Zeichen: 🙂\n").repairs


def test_further_facts_come_through():
    document = segment("Text", "a/b.txt", url="https://example.org/", media_type="text/html")

    assert ("a/b.txt", "https://example.org/", "text/html") == (
        document.id,
        document.url,
        document.media_type,
    )


def test_one_line_of_a_million_characters_is_one_line():
    assert [1_000_000] == [line.end - line.start for line in segment("x" * 1_000_000).lines]


def test_many_lines_are_numbered_to_the_last():
    assert 200_000 == segment("Zeile\r\n" * 200_000).lines[-1].number


def test_only_what_stands_before_the_first_line_is_a_prefix() -> None:
    document = segment("Die Regierung tagt.\ndate 2017-02\nUnd vertagt sich.")

    assert 0 == prefix_lines(document)
    assert prefix_date(document) is None
