"""Languages that are hard to tell apart on a short line, or that nobody needs to tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

# One written language under several names, or so near that engines guess: of Serbian sentences 9%
# are taken for Macedonian, of Indonesian ones 8% for Malay, of Danish ones 4% for Norwegian.
_TWINS = (("da", "no"), ("hr", "sr"), ("mk", "sr"), ("id", "ms"))
# Relatives that share many words: only more than a short line tells them apart.
_KIN = (
    ("ca", "es", "fr", "it", "pt", "ro"),
    ("cs", "pl", "sk", "sl"),
    ("be", "bg", "mk", "ru", "sr", "uk"),
    ("hr", "mk", "sl", "sr"),
    ("da", "de", "nl", "no", "sv"),
    ("et", "fi"),
    ("lt", "lv"),
    ("ar", "fa"),
    ("id", "ms"),
)
# Written in Cyrillic and in Latin letters; Latin Serbian is Croatian to an engine.
TWO_SCRIPTS = frozenset({"sr", "hr"})


def _related(groups: Iterable[Iterable[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in groups:
        for code in group:
            found.setdefault(code, set()).update(group)
    return MappingProxyType({code: frozenset(codes) for code, codes in found.items()})


_TWINS_OF, _KIN_OF = _related(_TWINS), _related(_KIN)


def at_home(languages: Iterable[str]) -> frozenset[str]:
    """These languages, and those that are the same to an engine.

    >>> sorted(at_home(["da", "de"]))
    ['da', 'de', 'no']
    """
    own = frozenset(languages)
    return own.union(*(_TWINS_OF.get(code, own) for code in own))


def relatives(languages: Iterable[str]) -> frozenset[str]:
    """Languages of which a short line may look like one of these.

    >>> sorted(relatives(["lv"]))
    ['lt', 'lv']
    """
    own = frozenset(languages)
    return own.union(*(_KIN_OF.get(code, own) for code in own))
