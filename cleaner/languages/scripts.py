"""What the script of a page's letters, and of a line's, says of the language."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from cleaner.measure.characters import SCRIPTS
from cleaner.measure.places import Positions
from cleaner.model import Ints, Measurements

LATIN = SCRIPTS.index("Latin")
# Long lines of running text tell more of a page than as many letters in short ones: a block of
# headlines below a short article may have more letters than the article.
LONG_LINES_POWER = 1.5
# Lines that do not read like running text count this much of one that does.
OTHER_SHARE = 0.1
# Of Japanese text, a character in twenty is kana, at least.
KANA_SHARE = 0.05
# Scripts that one language has (nearly) to itself.
_LANGUAGES = {
    "Greek": "el",
    "Hebrew": "he",
    "Hangul": "ko",
    "Thai": "th",
    "Georgian": "ka",
    "Armenian": "hy",
    "Tamil": "ta",
    "Telugu": "te",
    "Bengali": "bn",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Khmer": "km",
    "Lao": "lo",
    "Myanmar": "my",
    "Sinhala": "si",
    "Ethiopic": "am",
    "Tibetan": "bo",
}
# What is written in one of them, engines need not be asked: some do not know its language.
OF_ONE_LANGUAGE = tuple(map(SCRIPTS.index, _LANGUAGES))
_KANA_RE = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


def page_scripts(measured: Sequence[Measurements], page: Positions) -> Ints:
    """The script of each page's running text; `page` is the page each line of all is of."""
    letters = column(measured, "letters") * (OTHER_SHARE + column(measured, "prose"))
    place = page * len(SCRIPTS) + column(measured, "script")
    size = len(measured) * len(SCRIPTS)
    counts = np.bincount(place, letters**LONG_LINES_POWER, size).reshape(-1, len(SCRIPTS))
    counts[:, 0] = 0
    return np.asarray(counts.argmax(axis=1), np.int32)


def language_of_script(script: int, texts: Sequence[str], counts: Sequence[float]) -> str | None:
    """The language of texts whose script few others have; None where many have it.

    `counts` says how much each text counts: a Japanese quotation makes no Chinese page Japanese.

    >>> han = SCRIPTS.index("Han")
    >>> language_of_script(han, ["東京に行きました。", "北京"], [9, 2])
    'ja'
    >>> language_of_script(han, ["「お元気ですか」", "他从北京回来以后就住在这里。"], [6, 14])
    'zh'
    >>> language_of_script(LATIN, ["Oui"], [1])
    """
    name = SCRIPTS[script]
    if name == "Han":
        japanese = sum(map(mul, counts, map(_has_kana, texts)))
        return "ja" if 2 * japanese > sum(counts) else "zh"
    return _LANGUAGES.get(name)


def _has_kana(text: str) -> bool:
    return len(_KANA_RE.findall(text)) > KANA_SHARE * len(text)


def column(measured: Sequence[Measurements], name: str) -> npt.NDArray[Any]:
    """A column of several pages laid end to end."""
    return np.concatenate([getattr(m, name) for m in measured])
