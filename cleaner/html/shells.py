"""The text of pages that show none until their scripts have run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from cleaner.html.head import Head
from cleaner.markup import FEW_LETTERS
from cleaner.model import Repair

# What is shorter asks for a browser that runs scripts.
NOSCRIPT_LETTERS = 200
# No `<` in tags: what was never closed would be searched to the end of the page again and again.
_NOSCRIPT_RE = re.compile(rb"<(/?)noscript\b[^<>]*>", re.IGNORECASE)
_TAG_RE = re.compile(rb"<[^<>]*>")


def is_shell(text: str) -> bool:
    """Whether a page that shows this text says nothing by itself.

    >>> is_shell("Laden …")
    True
    """
    return _has_fewer(text, FEW_LETTERS)


def unshown(markup: bytes, head: Head) -> tuple[bytes, Repair] | None:
    """Markup of what an empty page says out of sight, and the record of where; None if nothing.

    The text that JSON-LD gives the article comes first. What `noscript` holds is next if it is more
    than a request to run scripts: then it is the page as its maker wants it to be read without.
    """
    bodies = sorted(head.linked_texts("articleBody"), key=len)
    if bodies and not is_shell(bodies[-1]):
        return "".join(_paragraphs(bodies[-1].splitlines())).encode(), _taken_from("JSON-LD")
    _, *pieces = _NOSCRIPT_RE.split(markup)
    held = b"<p>".join(text for end, text in zip(pieces[::2], pieces[1::2], strict=True) if not end)
    if _has_fewer(_TAG_RE.sub(b" ", held).decode(), NOSCRIPT_LETTERS):
        return None
    return held, _taken_from("noscript")


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    return (f"<p>{escape(line, quote=False)}" for line in lines)


def _taken_from(place: str) -> Repair:
    return Repair("no_text_shown", 1, f"text taken from {place}")


def _has_fewer(text: str, letters: int) -> bool:
    found = 0
    for char in text:
        found += char.isalnum()
        if found >= letters:
            return False
    return True
