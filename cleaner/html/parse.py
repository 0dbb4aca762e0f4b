"""Markup to tags and the texts between them, by way of a tree as browsers build it.

Lexbor parses, and writes the tree down again: every start tag then has its end tag in its place,
attributes stand in double quotes, and `<` and `>` are escaped everywhere but around tags. So tags
and texts are told apart by splitting, in less time than a walk over the tree from Python takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from cleaner.html.elements import UNREAD

_LINKED_DATA = 'script[type*="ld+json" i]'
# Comments and instructions come as tags without a name.
_TOKEN_RE = re.compile(r"<(?:!--.*?--|\?[^>]*|([^>]*))>([^<]*)", re.DOTALL)
# What these hold is text even where it looks like tags, and is written down as it stands.
_RAW = ("noframes", "xmp", "plaintext")
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tree written down: tags without their angle brackets, and the text after each, escaped."""

    tags: Sequence[str]
    texts: Sequence[str]
    linked_data: tuple[str, ...] = ()
    """The JSON-LD of the page, as it stands in its scripts."""


def parse(markup: str) -> Tokens:
    """The tokens of a page or a fragment, as browsers that run scripts see it; never raises.

    `markup` holds neither NUL nor lone surrogates. There are as many texts as tags, and the end
    tags pair with the start tags. A frameset gives way to what its `noframes` holds.

    >>> parse("<p>Eins &lt; <b>zwei").tags
    ['html', 'head', '/head', 'body', 'p', 'b', '/b', '/p', '/body', '/html']
    """
    tree = _tree(markup)
    linked = [node.text() for node in tree.css(_LINKED_DATA)] if "ld+json" in markup else []
    tree.strip_tags(list(UNREAD))
    written = _written(tree)
    if any(f"<{name}" in written for name in _RAW):
        tree = _without_frames(tree)
        _escape_raw(tree)
        written = _written(tree)
    return Tokens(*_split(written), tuple(linked))


def _tree(markup: str) -> LexborHTMLParser:
    return LexborHTMLParser(markup.encode(), options=_WITHOUT_EVENTS, scripting=True)


def _written(tree: LexborHTMLParser) -> str:
    return (tree.root and tree.root.html) or ""


def _without_frames(tree: LexborHTMLParser) -> LexborHTMLParser:
    """What a frameset holds for browsers without frames; the tree itself if there is none."""
    inside = "".join(node.text() for node in tree.css("frameset noframes"))
    if inside:
        tree = _tree(inside)
        tree.strip_tags(list(UNREAD))
    tree.strip_tags(["noframes"])
    return tree


def _escape_raw(tree: LexborHTMLParser) -> None:
    for node in tree.css(",".join(_RAW)):
        node.replace_with(node.text())


def _split(written: str) -> tuple[list[str], list[str]]:
    """The tags and texts of a written tree; comments are dropped, or are void tags with no name."""
    pieces = list(_without_comments(written))
    plain = "".join(pieces)
    # A broken tag can have `<` in its name and in those of its attributes, even `<!--`.
    broken = any(piece.rfind("<") > piece.rfind(">") for piece in pieces)
    if broken or "<?" in written or plain.count("<") != plain.count(">"):
        found = _TOKEN_RE.findall(written)
        return [tag for tag, _ in found], [text for _, text in found]
    parts = plain.replace("<", ">").split(">")
    return parts[1::2], parts[2::2]


def _without_comments(written: str) -> Iterator[str]:
    """What stands between comments, which may hold what looks like the start of another."""
    start = 0
    while (end := written.find("<!--", start)) >= 0:
        yield written[start:end]
        start = written.find("-->", end + len("<!--")) + len("-->")
    yield written[start:]
