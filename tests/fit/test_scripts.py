from __future__ import annotations

import random

import regex

from cleaner.fit.scripts import SPACED, SPACELESS, in_another_script
from cleaner.gold import GoldLine
from cleaner.model import Label

LINES = [
    GoldLine(text="Home | News", label=Label.BOILERPLATE),
    GoldLine(text="A new bridge opened on Monday", label=Label.TITLE),
    GoldLine(text="Monday was warm, and 300 people crossed the bridge.", label=Label.BODY),
    GoldLine(text="東京で橋", label=Label.BODY),
]
DRAWN = [in_another_script(LINES, random.Random(seed)) for seed in range(60)]  # noqa: S311
LETTER_RE = regex.compile(r"\p{L}")
SCRIPT_RE = {
    name: regex.compile(rf"\p{{Script={name}}}", regex.V1) for name in (*SPACED, *SPACELESS)
}


def script(text: str) -> str:
    """The script of a text's letters, which are all of one."""
    [found] = {
        name for name, of in SCRIPT_RE.items() for c in LETTER_RE.findall(text) if of.match(c)
    }
    return found


def test_lines_and_labels_stay() -> None:
    for lines in DRAWN:
        assert [x.label for x in lines] == [x.label for x in LINES]
        assert [regex.findall(r"\d+|[|]", x.text) for x in lines] == [
            regex.findall(r"\d+|[|]", x.text) for x in LINES
        ]


def test_every_letter_is_of_the_one_other_script() -> None:
    for lines in DRAWN:
        assert script(lines[1].text) == script(lines[2].text) != "Latin"
    assert {script(lines[1].text) for lines in DRAWN} > {"Thai", "Tamil", "Armenian"}


def test_menus_are_translated_or_not() -> None:
    left = [lines for lines in DRAWN if lines[0] == LINES[0]]
    assert 0 < len(left) < len(DRAWN)
    for lines in DRAWN:
        assert lines in left or script(lines[0].text) == script(lines[1].text)


def test_the_same_words_are_still_the_same() -> None:
    for lines in DRAWN:
        title, body = lines[1].text.split(), lines[2].text.split()
        if script(lines[1].text) in SPACED:
            assert title[-1] == body[0], "Monday"
            assert len(title) == 6


def test_sentences_end_as_in_the_script() -> None:
    ends = {script(lines[1].text): lines[2].text[-1] for lines in DRAWN}

    assert ("។", "।", "։", ".") == tuple(
        ends[name] for name in ("Khmer", "Bengali", "Armenian", "Greek")
    )
    assert LETTER_RE.match(ends["Thai"]) or regex.match(r"\p{M}", ends["Thai"])
    assert all("warm," not in lines[2].text for lines in DRAWN)


def test_scripts_without_blanks_between_words_have_few() -> None:
    for lines in DRAWN:
        if script(lines[1].text) in SPACELESS:
            assert len(lines[1].text.split()) < 6


def test_ideographs_stay() -> None:
    assert {lines[3].text for lines in DRAWN} == {LINES[3].text}
