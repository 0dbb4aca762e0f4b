"""The language of a page, and which of its lines are in another one."""

from __future__ import annotations

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
# A line is foreign when another language is this much likelier than the page's; found on lines of
# real pages, where 1.7% of German lines are flagged at it.
FOREIGN_MARGIN = 0.1
# A question costs as much as a hundred lines; a page longer than any article is not asked through.
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
    asked = (
        (found == 0)
        & (measured.letters >= min_letters)
        & (measured.words >= MIN_WORDS)
        & (measured.script == page_script(measured))
        & (measured.shared_prose < SHARED_WORDS)
    )
    for i in np.flatnonzero(asked)[:MOST_QUESTIONS]:
        found[i] = _foreignness(engine(document.content(int(i))), language)
    return found


def _foreignness(probabilities: Mapping[str, float], language: str) -> float:
    """How much likelier another language is than the page's; 0 where it is no clear matter."""
    margin = max(probabilities.values(), default=0.0) - probabilities.get(language, 0.0)
    return margin if margin > FOREIGN_MARGIN else 0.0
