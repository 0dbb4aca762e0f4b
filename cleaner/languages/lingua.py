"""lingua as a language engine: n-grams up to five letters and telling words; accurate, and slow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cleaner.languages.py3langid import LANGUAGES
from cleaner.languages.texts import readable

PACKAGES = ("lingua",)
LONGEST_CHARS = 250
# It adds numbers up in another order each time: the last digits differ.
DECIMALS = 6
# It tells the two written forms of Norwegian apart.
_CODES = {"nb": "no", "nn": "no"}


class LinguaEngine:
    """Probabilities from lingua's models, which its package carries."""

    def __init__(self) -> None:
        import lingua  # noqa: PLC0415  # an optional package

        known = [x for x in lingua.Language.all() if _code(x) in LANGUAGES]
        # In one order, whatever order a set has.
        known.sort(key=lambda language: language.name)
        self._detector: Any = lingua.LanguageDetectorBuilder.from_languages(*known).build()

    def __call__(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """Probabilities by ISO 639-1 code, from the first LONGEST_CHARS characters of each text."""
        return [self._answer(readable(text, LONGEST_CHARS)) for text in texts]

    def _answer(self, text: str) -> Mapping[str, float]:
        if not any(map(str.isalpha, text)):
            return {}
        line = text.encode("utf-8", "replace").decode()
        found: dict[str, float] = {}
        for each in self._detector.compute_language_confidence_values(line):
            code = _code(each.language)
            found[code] = found.get(code, 0.0) + float(each.value)
        return {code: round(share, DECIMALS) for code, share in found.items()}


def _code(language: Any) -> str:
    code: str = language.iso_code_639_1.name.lower()
    return _CODES.get(code, code)


def engine() -> LinguaEngine:
    """The engine; its models are loaded as they are needed."""
    return LinguaEngine()
