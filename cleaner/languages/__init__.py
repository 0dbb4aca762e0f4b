"""Which language a text is in: engines behind one protocol, and a script test in front of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Protocol

from cleaner.languages import langdetect, py3langid


class LanguageEngine(Protocol):
    """Says how probable each language is; deterministic, never raises, touches no network."""

    def __call__(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Probabilities by ISO 639-1 code for each text; empty where one says nothing."""


ENGINES: Mapping[str, Callable[[], LanguageEngine]] = MappingProxyType(
    {"py3langid": py3langid.engine, "langdetect": langdetect.engine, "off": lambda: _silent}
)


@cache
def engine(name: str) -> LanguageEngine:
    """The engine of this name, loaded once."""
    return ENGINES[name]()


def _silent(texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
    return [{} for _ in texts]
