"""Which language a text is in: engines behind one protocol, and a script test in front of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Protocol

from cleaner.languages import langdetect, py3langid


class LanguageEngine(Protocol):
    """Says how probable each language is; deterministic, never raises, touches no network."""

    def __call__(self, text: str) -> Mapping[str, float]:
        """Probabilities by ISO 639-1 code; empty where the text says nothing."""


ENGINES: Mapping[str, Callable[[], LanguageEngine]] = MappingProxyType(
    {"py3langid": py3langid.engine, "langdetect": langdetect.engine, "off": lambda: _silent}
)


@cache
def engine(name: str) -> LanguageEngine:
    """The engine of this name, loaded once."""
    return ENGINES[name]()


def _silent(text: str) -> Mapping[str, float]:  # noqa: ARG001  # the protocol's
    return {}
