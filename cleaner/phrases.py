"""Measurements in words: what a reader is told about a line."""

from __future__ import annotations


def phrase(part: str) -> str:
    """A part of the reasons in words.

    >>> phrase("page")
    'what the page as a whole is like'
    """
    return _PHRASES.get(part, f"what the stage '{part}' did not say")


_PHRASES = {
    "shape": "its length, punctuation and case",
    "shared": "the words it shares with the rest of the page",
    "place": "where it stands on the page",
    "wording": "its words",
    "neighbours": "the lines around it",
    "page": "what the page as a whole is like",
    "prior": "how common such lines are",
    "together": "nothing by itself, all of it together",
}
