"""Pages in scripts that no gold page is written in.

Else all that a fit knows of such scripts are the foreign headlines around articles: it takes an
article in Tamil below an English menu for a block of them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

import regex

from cleaner.fit.dress import Lines, with_text
from cleaner.model import Label

SPACED = (
    "Arabic", "Armenian", "Bengali", "Cyrillic", "Devanagari", "Ethiopic", "Georgian", "Greek",
    "Gujarati", "Gurmukhi", "Hangul", "Hebrew", "Kannada", "Malayalam", "Sinhala", "Tamil",
    "Telugu",
)  # fmt: skip
SPACELESS = ("Khmer", "Lao", "Myanmar", "Thai", "Tibetan")
# Pages that are written without blanks between most words, and the blanks that stay there.
SPACELESS_SHARE, BLANK_SHARE = 0.35, 0.15
# Site software is often translated less than what is published with it.
UNTRANSLATED_SHARE = 0.5
_UNTRANSLATED = (Label.BOILERPLATE, Label.META)
# What sentences end with, and what stands for a comma, where these are marks of a script's own.
_STOPS = {
    "Armenian": "։", "Bengali": "।", "Devanagari": "।", "Ethiopic": "።", "Gurmukhi": "।",
    "Khmer": "។", "Lao": "", "Myanmar": "။", "Thai": "", "Tibetan": "།",
}  # fmt: skip
_COMMAS = {"Arabic": "،", "Ethiopic": "፣", "Lao": "", "Myanmar": "၊", "Thai": "", "Tibetan": ""}
# An alphabet has no more letters than this: those used most stand first in their blocks.
MOST_LETTERS = 40
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûаеиоуыэюя")
_LETTER_RE = regex.compile(r"[\p{L}--[\p{Han}\p{Hiragana}\p{Katakana}]]", regex.V1)
_STOP_RE = regex.compile(r"(?<=\p{L}{2})\.(?=[”“»)\]]*(?:\s|$))")
_COMMA_RE = regex.compile(r"(?<=\p{L}),(?=\s)")
_BLANK_RE = regex.compile(r"(?<=\p{L}) (?=\p{L})")


def in_another_script(lines: Lines, rng: random.Random) -> Lines:
    """The lines with each letter replaced by one of another script; in some, menus stay as is.

    What they say is nothing, but words that were the same still are. Ideographs and kana stay.
    """
    spaceless = rng.random() < SPACELESS_SHARE
    script = rng.choice(SPACELESS if spaceless else SPACED)
    letters, signs = _alphabet(script)
    kept = _UNTRANSLATED if rng.random() < UNTRANSLATED_SHARE else ()

    def written(text: str) -> str:
        if spaceless:  # blanks behind marks stay
            text = _BLANK_RE.sub(lambda _: " " if rng.random() < BLANK_SHARE else "", text)
        text = _STOP_RE.sub(_STOPS.get(script, "."), text)
        text = _COMMA_RE.sub(_COMMAS.get(script, ","), text)
        return _LETTER_RE.sub(lambda found: _letter(found[0], letters, signs), text)

    return [x if x.label in kept else with_text(x, written(x.text)) for x in lines]


def _letter(letter: str, letters: Sequence[str], signs: Sequence[str]) -> str:
    lower = letter.lower()
    drawn = signs if signs and lower in _VOWELS else letters
    return drawn[ord(lower[0]) % len(drawn)]


@cache
def _alphabet(script: str) -> tuple[Sequence[str], Sequence[str]]:
    """The letters of a script, and the signs it writes vowels with, where these stand apart."""
    letters, signs = (
        regex.findall(rf"[\p{{Script={script}}}&&{kind}]", _all_characters(), regex.V1)
        for kind in (r"[\p{Ll}\p{Lo}]", r"[\p{Mc}\p{Mn}]")
    )
    return letters[:MOST_LETTERS], signs[:MOST_LETTERS]


@cache
def _all_characters() -> str:
    """Those of the first plane that alphabets are in."""
    return "".join(map(chr, range(0x300, 0xD7A4)))
