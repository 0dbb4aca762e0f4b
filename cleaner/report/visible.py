"""Characters that cannot be seen, or that reorder others, told apart from the rest of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# C0 but for tab and line feed, DEL, C1 and noncharacters: a browser drops or alters them.
_UNSHOWABLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff"
# Zero-width space, separators of lines and paragraphs, embeddings, overrides and isolates of
# direction, word joiner, byte order mark: they hide text or turn it round. Whole languages are
# written with zero-width joiners, direction marks and soft hyphens; those are left alone.
_DECEPTIVE = "\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff"
_HIDDEN_RE = re.compile(f"([{_UNSHOWABLE}{_DECEPTIVE}])")


def marked(text: str) -> Iterator[tuple[str, str | None]]:
    r"""The pieces of a text in order, each with the name of the hidden character it is, or None.

    >>> list(marked("a\u202ecba"))
    [('a', None), ('U+202E', 'RIGHT-TO-LEFT OVERRIDE'), ('cba', None)]
    >>> list(marked("a \xadsoft hyphen"))
    [('a \xadsoft hyphen', None)]
    """
    for piece in _HIDDEN_RE.split(text):
        if _HIDDEN_RE.fullmatch(piece):
            yield f"U+{ord(piece):04X}", unicodedata.name(piece, "not a character to be seen")
        elif piece:
            yield piece, None


def shortened(text: str, chars: int) -> str:
    """The text, or its beginning and an ellipsis, `chars` characters at most.

    >>> shortened("Der Zug kam um acht.", 8)
    'Der Zug…'
    """
    return text if len(text) <= chars else f"{text[: chars - 1].rstrip()}…"
