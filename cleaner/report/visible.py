"""Hidden characters told apart from the rest of a text, and long texts cut short."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from cleaner.text.hidden import HIDDEN_RE


def marked(text: str) -> Iterator[tuple[str, str | None]]:
    r"""The pieces of a text in order, each with the name of the hidden character it is, or None.

    >>> list(marked("a\u202ecba"))
    [('a', None), ('U+202E', 'RIGHT-TO-LEFT OVERRIDE'), ('cba', None)]
    >>> list(marked("a \xadsoft hyphen"))
    [('a \xadsoft hyphen', None)]
    """
    for piece in HIDDEN_RE.split(text):
        if HIDDEN_RE.fullmatch(piece):
            yield f"U+{ord(piece):04X}", unicodedata.name(piece, "not a character to be seen")
        elif piece:
            yield piece, None


def shortened(text: str, chars: int) -> str:
    """The text, or its beginning and an ellipsis, `chars` characters at most.

    >>> shortened("Der Zug kam um acht.", 8)
    'Der Zug…'
    """
    return text if len(text) <= chars else f"{text[: chars - 1].rstrip()}…"
