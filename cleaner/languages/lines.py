"""The language of a page, and which of its lines are in another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from cleaner.characters import SCRIPTS
from cleaner.languages import LanguageEngine
from cleaner.model import Bools, Document, Floats, Ints, Measurements

# Text enough to name a page's language; the engine reads no more.
PAGE_SAMPLE_CHARS = 1_000
SAMPLE_LINE_CHARS = 400
PAGE_MIN_LETTERS = 60
PAGE_MIN_PROBABILITY = 0.7
# A line of which this share of words also stands in the page's running text is in its language.
SHARED_WORDS = 0.15
MIN_WORDS = 4
# A line is foreign when another language is this much likelier than the page's; found on lines of
# real pages, where 1.7% of German lines are flagged at it.
FOREIGN_MARGIN = 0.1
# A question costs as much as some lines do; a page longer than any article is not asked through.
MOST_QUESTIONS = 300
OTHER_SCRIPT_SHARE = 0.6
OTHER_SCRIPT_LETTERS = 4
# Scripts that one language has (nearly) to itself.
_SCRIPT_LANGUAGES = {
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
}
_KANA_RE = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


def page_languages(
    documents: Sequence[Document], measured: Sequence[Measurements], engine: LanguageEngine
) -> list[str | None]:
    """The ISO 639-1 code of the language of each page's running text; None if it is too short."""
    scripts = [SCRIPTS[script] for script in page_scripts(measured).tolist()]
    samples = [_sample(d, m) for d, m in zip(documents, measured, strict=True)]
    found = [_language_of_script(*of_page) for of_page in zip(scripts, samples, strict=True)]
    asked = [i for i, known in enumerate(found) if not known and _has_letters(samples[i])]
    for i, answer in zip(asked, engine([samples[i] for i in asked]), strict=True):
        found[i] = _likely(answer)
    return found


def _likely(probabilities: Mapping[str, float]) -> str | None:
    best = max(probabilities, key=lambda code: probabilities[code], default=None)
    return best if best and probabilities[best] >= PAGE_MIN_PROBABILITY else None


def _language_of_script(script: str, sample: str) -> str | None:
    if script == "Han":
        return "ja" if len(_KANA_RE.findall(sample)) * 20 > len(sample) else "zh"
    return _SCRIPT_LANGUAGES.get(script)


def _has_letters(sample: str) -> bool:
    """Whether a text has PAGE_MIN_LETTERS; read no further than to the last of them."""
    return next(islice(filter(str.isalpha, sample), PAGE_MIN_LETTERS - 1, None), None) is not None


def _sample(document: Document, measured: Measurements) -> str:
    """The page's best running text, in order, up to PAGE_SAMPLE_CHARS."""
    widths = np.minimum(measured.width, SAMPLE_LINE_CHARS)
    order = (-(measured.prose * widths)).argsort(kind="stable")
    enough = int(np.count_nonzero(widths[order].cumsum() < PAGE_SAMPLE_CHARS)) + 1
    chosen = sorted(order[:enough].tolist())
    return "\n".join(document.content(i)[:SAMPLE_LINE_CHARS] for i in chosen)


def page_scripts(measured: Sequence[Measurements]) -> Ints:
    """The script of most of each page's letters, those of running text counted ten times."""
    letters = _column(measured, "letters") * (0.1 + _column(measured, "prose"))
    place = _page_of(measured) * len(SCRIPTS) + _column(measured, "script")
    counts = np.bincount(place, letters, len(measured) * len(SCRIPTS))
    counts = counts.reshape(len(measured), len(SCRIPTS))
    counts[:, 0] = 0
    return np.asarray(counts.argmax(axis=1), np.int32)


def _page_of(measured: Sequence[Measurements]) -> Ints:
    """The page each line is of; shape (lines,)."""
    return np.repeat(np.arange(len(measured), dtype=np.int32), [len(m.width) for m in measured])


def _column(measured: Sequence[Measurements], name: str) -> npt.NDArray[Any]:
    """A column of several pages laid end to end."""
    return np.concatenate([getattr(m, name) for m in measured])


def _other_script(measured: Sequence[Measurements], script: Ints, of_page: Ints) -> Bools:
    """Lines in another script than the page's; Latin letters are at home everywhere."""
    latin = SCRIPTS.index("Latin")
    return np.asarray(
        (of_page > 0)
        & (script != of_page)
        & (script != latin)
        & (_column(measured, "script_share") >= OTHER_SCRIPT_SHARE)
        & (_column(measured, "letters") >= OTHER_SCRIPT_LETTERS)
    )


def foreign(
    documents: Sequence[Document],
    measured: Sequence[Measurements],
    languages: Sequence[str | None],
    engine: LanguageEngine,
    min_letters: int,
) -> list[Floats]:
    """How surely each line of some pages is in another language than its page, 0 to 1.

    0 where it cannot be told. The script settles it where it can. The engine is asked only about
    lines long enough to judge that share few words with the page's running text; its doubt counts
    for the page.
    """
    page, script = _page_of(measured), _column(measured, "script")
    of_page = page_scripts(measured)[page]
    other = _other_script(measured, script, of_page)
    asked = np.flatnonzero(
        ~other
        & np.asarray([language is not None for language in languages], np.bool_)[page]
        & (_column(measured, "letters") >= min_letters)
        & (_column(measured, "words") >= MIN_WORDS)
        & (script == of_page)
        & (_column(measured, "shared_prose") < SHARED_WORDS)
    )
    starts = np.cumsum([0, *(len(document.lines) for document in documents)])
    asked = asked[_place_on_page(page[asked]) < MOST_QUESTIONS]
    found = np.where(other, 1.0, 0.0).astype(np.float32)
    pages = page[asked].tolist()
    places = zip(pages, (asked - starts[page[asked]]).tolist(), strict=True)
    answers = engine([documents[page].content(line) for page, line in places])
    found[asked] = [
        _foreignness(answer, languages[page]) for page, answer in zip(pages, answers, strict=True)
    ]
    return np.split(found, starts[1:-1])


def _place_on_page(pages: Ints) -> npt.NDArray[np.intp]:
    """How many before each of some rows, sorted by page, are of the same page."""
    return np.arange(len(pages)) - np.searchsorted(pages, pages)


def _foreignness(probabilities: Mapping[str, float], language: str | None) -> float:
    """How much likelier another language is than the page's; 0 where it is no clear matter."""
    margin = max(probabilities.values(), default=0.0) - probabilities.get(language or "", 0.0)
    return margin if margin > FOREIGN_MARGIN else 0.0
