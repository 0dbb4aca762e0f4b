"""Characters that cannot be seen, that steer a terminal, or that turn round the text beside them.

One definition for the terminal, the report and the listings.
"""

from __future__ import annotations

import re

# C0 but for tab and line feed, DEL, C1 and noncharacters: they steer a terminal, and a browser
# drops or alters them.
_UNSHOWABLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff"
# Marks, embeddings, overrides and isolates of direction: they show text in another order than it
# stands in, also what is not from the page.
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Zero-width space, separators of lines and paragraphs, word joiner, byte order mark. Whole
# languages are written with zero-width joiners and soft hyphens: those are left alone.
_UNSEEN = "\u200b\u2028\u2029\u2060\ufeff"
HIDDEN_RE = re.compile(f"([{_UNSHOWABLE}{_TURNING}{_UNSEEN}])")
REPLACEMENT = "\ufffd"


def inert(text: str) -> str:
    r"""The text with hidden characters replaced: a page must not steer what shows it.

    >>> inert("a\x1b[31mb\u202ec")
    'a�[31mb�c'
    """
    return HIDDEN_RE.sub(REPLACEMENT, text)
