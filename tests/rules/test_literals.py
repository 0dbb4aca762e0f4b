from __future__ import annotations

import re

import pytest
import re2
import regex

from cleaner.rules.bags import bag, bags_of
from cleaner.rules.folding import fold, fold_lines, foldable_to_words, is_word, marked
from cleaner.rules.literals import Literal
from cleaner.rules.needs import derive as needs_of


def shown(literal: Literal) -> str:
    return f"{'^' * literal.at_head}{literal.text}{'$' * literal.at_tail}"


@pytest.mark.parametrize(
    ("pattern", "literals", "least", "most"),
    [
        ("^Sport$", ["^sport$"], 5, 5),
        ("Sport", ["sport"], 5, None),
        ("(?i)ÜBER UNS", ["über uns"], 7, None),
        (r"^[^\pL\pN]*Sport[^\pL\pN]*$", ["^sport$"], 5, 5),
        (r"^\s*Sport\s*:", ["^sport   ", "^sport  :", "^sport :", "^sport:"], 5, None),
        ("^(?:Sport|Politik)$", ["^politik$", "^sport$"], 5, 6),
        ("^Sport(?:teil)?$", ["^sport$", "^sportteil$"], 5, 9),
        ("^.*Sport.*$", ["sport"], 5, None),
        ("^.{0,10}Sport$", ["sport$"], 5, 35),
        ("^[+*]*Sport", ["^sport"], 5, None),
        ("gr[oö]ß", ["gross", "gröss"], 5, None),
        (r"Teil \d+$", ["teil 0$", "teil 00$", "teil 000"], 5, None),
        (r"^\d{2}[.:]\d{2} Uhr$", ["^00.00 uhr$", "^00:00 uhr$"], 7, 7),
        (r"\x{416}ук", ["жук"], 3, None),
        ("(?:Sport){2}", ["sportsport"], 10, None),
        (r"(?P<name>Sport)(?=er)", ["sport"], 5, None),
        (r"\bSport\b", ["sport"], 5, None),
        (r"(Sport|Ski)\1", ["ski", "sport"], 2, None),
        (r"\w+", [], 0, None),
        (r"^[[:alpha:]]+$", [], 0, None),
        ("^.{3}$", [], 0, 9),
        ("(?m)^Sport$", [], 0, None),
        (r"\QSport\E", [], 0, None),
        ("Sport?s", ["spors", "sports"], 5, None),
        ("a|", [], 0, None),
        ("", [], 0, None),
    ],
)
def test_what_a_pattern_needs(
    pattern: str, literals: list[str], least: int, most: int | None
) -> None:
    need = needs_of(pattern)

    assert (sorted(literals), least, most) == (
        sorted(map(shown, need.literals)),
        need.least_words,
        need.most_words,
    )


@pytest.mark.parametrize("marks", [r"[^\pL\pN]*", r"(?i)[!-/:-@\[-`{-¿×÷‐-⯿\x{fe0f}\s]*"])
def test_what_rules_skip_at_the_edges_has_no_word_characters(marks: str) -> None:
    assert ("^sport$",) == tuple(map(shown, needs_of(f"^{marks}Sport{marks}$").literals))


def test_what_may_skip_a_word_character_holds_nothing_at_the_head() -> None:
    assert ("sport",) == tuple(map(shown, needs_of("^[^a-z]*Sport").literals))


@pytest.mark.parametrize(("one", "other"), ["sſ", "kK", "åÅ", "ßẞ", "σς", "µμ", "ǆǅ", "ΐΐ"])
def test_what_matches_in_either_case_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_all_characters_that_fold_to_word_characters_are_known() -> None:
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    changed = [each for each in every if regex.match(r"[\p{L}\p{N}\p{M}\p{S}\p{P}]", each)]

    assert set(foldable_to_words()) == {e for e in changed if any(map(is_word, fold(e)))}


def test_all_blanks_and_digits_fold_to_one() -> None:
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    text = "".join(every)
    blanks = {*re2.findall(r"[\s\pZ]", text), *regex.findall(r"[\s\p{Z}]", text)}
    blanks |= {each for each in every if each.isspace()}
    digits = re2.findall(r"\p{Nd}", text)

    assert {" "} == set(map(fold, blanks))
    assert {"0"} == set(map(fold, digits))


def test_lines_fold_as_literals_do() -> None:
    every = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    lines = [f"–{each}a" for each in every]

    folded = fold_lines(lines).text.removesuffix(b"\n").split(b"\n")

    # In front of a word character, the first one of the line is marked.
    expected = [fold(line).encode() for line in lines]
    assert [] == [
        line
        for line, text, literal in zip(lines, folded, expected, strict=True)
        if text != marked(literal)
    ]


@pytest.mark.slow
def test_what_re2_matches_in_either_case_folds_to_the_same() -> None:
    every = (chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)
    cased = [e for e in every if {e, e.lower(), e.upper(), e.title(), e.casefold()} != {e}]
    text = "\n".join([*cased, "ı"])

    assert [] == [
        (each, other)
        for each in [*cased, "ı"]
        for other in re2.findall(f"(?i){re.escape(each)}", text)
        if fold(other) != fold(each)
    ]


@pytest.mark.parametrize("other", "İı")
def test_re2_takes_no_turkish_letter_for_an_i(other: str) -> None:
    assert re2.search("(?i)i", other) is None
    assert re2.search(f"(?i){other}", "iI") is None


@pytest.mark.parametrize(
    ("pattern", "line", "expected"),
    [
        ("^am [0-9]+ (?:mai|juni)$", "am 3. Mai", True),
        ("^am [0-9]+ (?:mai|juni)$", "am 3. März", False),
        ("(?:tel|fax):", "Fax: 12", True),
        ("(?:tel|fax):", "Faxgerät", False),
        ("[:.]", "a.", True),
        ("[:.]", "a", False),
        (r"a*\w?", "", True),
        ("жук", "Жуки", True),
        ("(?:a|b|c|d|e|f|g|h|i|j|l){1,2}!", "l!", True),
        ("(?:a|b|c|d|e|f|g|h|i|j|l){1,2}!", "l", False),
    ],
)
def test_a_bag_tells_which_characters_a_line_lacks(
    pattern: str, line: str, *, expected: bool
) -> None:
    [has] = bags_of(fold_lines([line])).tolist()

    assert expected == any(has & bag == bag for bag in needs_of(pattern).bags)


def test_marking_a_line_leaves_its_bag() -> None:
    for text in ("sport", "00", "élan", "жук", "茶"):
        [has] = bags_of(fold_lines([text])).tolist()

        assert bag(text) == has
