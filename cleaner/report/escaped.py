"""Text from a page as HTML: escaped, and its hidden characters named."""

from __future__ import annotations

from markupsafe import Markup, escape

from cleaner.report.visible import marked
from cleaner.text.hidden import HIDDEN_RE

_MARK = Markup('<span class="mark" title="{}">{}</span>')


def escaped(text: str) -> Markup:
    r"""The text as HTML that shows every character and obeys none.

    >>> escaped("<b>\u202e")
    Markup('&lt;b&gt;<span class="mark" title="RIGHT-TO-LEFT OVERRIDE">U+202E</span>')
    """
    if not HIDDEN_RE.search(text):
        return escape(text)
    pieces = (_MARK.format(name, piece) if name else escape(piece) for piece, name in marked(text))
    return Markup("").join(pieces)
