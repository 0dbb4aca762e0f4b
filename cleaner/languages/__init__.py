"""Which language a text is in: engines behind one protocol, and a script test in front of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from types import MappingProxyType
from typing import Protocol

from cleaner.errors import SettingsError
from cleaner.languages import fasttext, langdetect, lingua, py3langid


class LanguageEngine(Protocol):
    """Says how probable each language is; deterministic, never raises, touches no network."""

    def __call__(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Probabilities by ISO 639-1 code for each text; empty where one says nothing."""


ENGINES: Mapping[str, Callable[[], LanguageEngine]] = MappingProxyType(
    {
        "py3langid": py3langid.engine,
        "langdetect": langdetect.engine,
        "lingua": lingua.engine,
        "fasttext": fasttext.engine,
        "off": lambda: _silent,
    }
)
OPTIONAL: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "langdetect": langdetect.PACKAGES,
        "lingua": lingua.PACKAGES,
        "fasttext": fasttext.PACKAGES,
    }
)
"""The packages that an engine needs beside those that come with cleaner."""


def is_installed(name: str) -> bool:
    """Whether the packages of the engine of this name are there."""
    return all(find_spec(package) is not None for package in OPTIONAL.get(name, ()))


def check(name: str) -> None:
    """Nothing, where the engine of this name can be used.

    Raises:
        SettingsError: its packages are not installed.
    """
    if not is_installed(name):
        raise SettingsError(
            f"language.engine = '{name}' needs a package that is not installed; get it with"
            f" pip install 'cleaner[{name}]', or choose py3langid"
        )


@cache
def engine(name: str) -> LanguageEngine:
    """The engine of this name, loaded once."""
    return ENGINES[name]()


def _silent(texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
    return [{} for _ in texts]
