"""The language of a page, and which of its lines are in another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import regex

from cleaner.characters import SCRIPTS
from cleaner.languages import LanguageEngine
from cleaner.model import Bools, Document, Floats, Measurements

# Text enough to name a page's language; the engine reads no more.
PAGE_SAMPLE_CHARS = 1_000
PAGE_MIN_LETTERS = 60
PAGE_MIN_PROBABILITY = 0.7
# A line of which this share of words also stands in the page's running text is in its language.
SHARED_WORDS = 0.15
MIN_WORDS = 4
# langdetect is overconfident on short lines: only a clear verdict against the page counts.
SURE_FOREIGN = 0.99
MAX_PAGE_LANGUAGE = 0.01
# Even then it errs on names and titles.
ENGINE_TRUST = 0.8
# A question costs as much as a hundred lines; a page longer than any article is not asked through.
MOST_QUESTIONS = 300
OTHER_SCRIPT_SHARE = 0.6
OTHER_SCRIPT_LETTERS = 4
_WORD_RE = regex.compile(r"\p{L}{3,}")
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


def page_language(document: Document, measured: Measurements, engine: LanguageEngine) -> str | None:
    """The ISO 639-1 code of the language of the page's running text; None where it is too short."""
    sample = _sample(document, measured)
    script = page_script(measured)
    name = SCRIPTS[script]
    if name in _SCRIPT_LANGUAGES:
        return _SCRIPT_LANGUAGES[name]
    if name == "Han":
        return "ja" if len(_KANA_RE.findall(sample)) * 20 > len(sample) else "zh"
    if sum(map(str.isalpha, sample)) < PAGE_MIN_LETTERS:
        return None
    found = engine(sample)
    best = max(found, key=lambda code: found[code], default=None)
    return best if best and found[best] >= PAGE_MIN_PROBABILITY else None


def _sample(document: Document, measured: Measurements) -> str:
    """The page's best running text, in order, up to PAGE_SAMPLE_CHARS."""
    order = np.argsort(-(measured.prose * np.minimum(measured.width, 400)), kind="stable")
    chosen, chars = [], 0
    for i in order:
        if chars >= PAGE_SAMPLE_CHARS:
            break
        chosen.append(int(i))
        chars += min(int(measured.width[i]), 400)
    return "\n".join(document.content(i)[:400] for i in sorted(chosen))


def page_script(measured: Measurements) -> int:
    """The script of most of the page's letters, those of running text counted ten times."""
    letters = measured.letters * (0.1 + measured.prose)
    counts = np.bincount(measured.script, letters, len(SCRIPTS))
    counts[0] = 0
    return int(counts.argmax())


def other_script(measured: Measurements) -> Bools:
    """Lines in another script than the page's; Latin letters are at home everywhere."""
    page, latin = page_script(measured), SCRIPTS.index("Latin")
    return np.asarray(
        (page > 0)
        & (measured.script != page)
        & (measured.script != latin)
        & (measured.script_share >= OTHER_SCRIPT_SHARE)
        & (measured.letters >= OTHER_SCRIPT_LETTERS)
    )


def foreign(
    document: Document,
    measured: Measurements,
    language: str | None,
    engine: LanguageEngine,
    min_letters: int,
) -> Floats:
    """How surely each line is in another language than the page, 0 to 1; 0 where it cannot be told.

    The script settles it where it can. The engine is asked only about lines long enough to judge
    that share few words with the page's running text; its doubt counts for the page.
    """
    found = np.where(other_script(measured), 1.0, 0.0).astype(np.float32)
    if language is None:
        return found
    known = _vocabulary(document, measured)
    asked = (
        (found == 0)
        & (measured.letters >= min_letters)
        & (measured.words >= MIN_WORDS)
        & (measured.script == page_script(measured))
    )
    questions = 0
    for i in np.flatnonzero(asked):
        if questions >= MOST_QUESTIONS:
            break
        content = document.content(int(i))
        shared = _shared(content, known, is_known=bool(measured.prose[i] >= 0.5))
        if shared < SHARED_WORDS:
            questions += 1
            found[i] = _foreignness(engine(content), language)
    return found


def _vocabulary(document: Document, measured: Measurements) -> Counter[str]:
    """In how many lines of running text each word stands."""
    prose = np.flatnonzero(measured.prose >= 0.5)
    return Counter(word for i in prose for word in _words(document.content(int(i))))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD_RE.findall(text.lower()))


def _shared(content: str, known: Counter[str], *, is_known: bool) -> float:
    """The share of a line's words that stand in other lines of running text too."""
    words = _words(content)
    return sum(known[word] > is_known for word in words) / max(1, len(words))


def _foreignness(probabilities: Mapping[str, float], language: str) -> float:
    best = max(probabilities.values(), default=0.0)
    if best < SURE_FOREIGN or probabilities.get(language, 0.0) > MAX_PAGE_LANGUAGE:
        return 0.0
    return ENGINE_TRUST
