"""The language that a page says it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.html.head import Head
from cleaner.html.linked import Thing, texts

_TAG_RE = re.compile(
    r"([a-z]{2})(?:[-_][a-z]+)*[-_]?(?:[a-z]{2,4}|\d{3})?", re.IGNORECASE | re.ASCII
)
# ISO 639-2 codes and names that pages give instead, and codes that have been withdrawn.
_CODES = {
    "ger": "de", "deu": "de", "german": "de", "deutsch": "de", "eng": "en", "english": "en",
    "fra": "fr", "fre": "fr", "french": "fr", "français": "fr", "spa": "es", "spanish": "es",
    "español": "es", "ita": "it", "italian": "it", "italiano": "it", "por": "pt",
    "portuguese": "pt", "português": "pt", "nld": "nl", "dut": "nl", "pol": "pl", "rus": "ru",
    "jpn": "ja", "zho": "zh", "chi": "zh", "nob": "no", "nno": "no", "swe": "sv", "dan": "da",
    "fin": "fi", "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "jp": "ja", "cz": "cs",
    "ua": "uk", "cn": "zh", "kr": "ko", "gr": "el", "dk": "da",
}  # fmt: skip
_NAMES = ("content-language", "dc.language", "dcterms.language", "language", "lang", "inlanguage")
DEFAULT = "en"


def language(head: Head, articles: Sequence[Thing]) -> str | None:
    """The ISO 639-1 code of the language a page names; both forms of Norwegian are "no".

    Templates say English unless they are told otherwise, so whatever else is said is believed more.
    """
    said = list(filter(None, map(code, _named(head, articles))))
    return next((each for each in said if each != DEFAULT), said[0] if said else None)


def _named(head: Head, articles: Sequence[Thing]) -> Iterator[str]:
    for thing in articles:
        yield from texts(thing.get("inLanguage"))
    yield head.language or ""
    for name in _NAMES:
        yield from head.meta.get(name, ())
    yield from head.meta.get("og:locale", ())


def code(tag: str) -> str | None:
    """The ISO 639-1 code in a language tag or a locale; None if there is none.

    >>> code("de-DE"), code("pt_BR"), code("nb"), code("Deutsch"), code("x-default"), code("de, en")
    ('de', 'pt', 'no', 'de', None, 'de')
    """
    tag = re.split(r"[,;\s]", tag.strip().lower(), maxsplit=1)[0][:40]
    if tag in _CODES:
        return _CODES[tag]
    found = _TAG_RE.fullmatch(tag)
    return _CODES.get(found.group(1), found.group(1)) if found else None
