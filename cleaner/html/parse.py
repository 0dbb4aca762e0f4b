"""Markup to tags and the texts between them, by way of a tree as browsers build it.

Lexbor parses, and writes the tree down again: every start tag then has its end tag in its place,
attributes stand in double quotes, and `<` and `>` are escaped everywhere but around tags. So tags
and texts are told apart by their brackets, in less time than a walk over the tree takes Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from cleaner.html.elements import UNREAD
from cleaner.html.tokens import Tokens

# What these hold is text even where it looks like tags, and is written down as it stands.
_RAW = ("noframes", "xmp", "plaintext")
# JSON-LD, what may be a shadow tree, and raw text: to look through the tree takes half the time of
# a search.
_TOLD = ", ".join(('script[type*="ld+json" i]', "template", *_RAW))
# Comments and instructions come as tags without a name. What has no end reaches to the end: else it
# would be looked for again and again.
_TOKEN_RE = re.compile(rb"<(?:!--.*?(?:--(?=>)|\Z)|\?[^>]*|([^>]*))(?:>|\Z)([^<]*)", re.DOTALL)
_TEMPLATE_RE = re.compile(rb"<(/?)template\b([^<>]*>)", re.IGNORECASE)
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS


def parse(markup: bytes) -> Tokens:
    """The tokens of a page or a fragment, as browsers that run scripts see it; never raises.

    `markup` is UTF-8 without NUL. The end tags pair with the start tags. A frameset gives way to
    what its `noframes` holds.

    >>> parse(b"<p>Eins &lt; <b>zwei").tags
    ['html', 'head', '/head', 'body', 'p', 'b', '/b', '/p', '/body', '/html']
    """
    tree = _tree(markup)
    told = tree.css(_TOLD)
    if any(node.tag == "template" for node in told) and b"shadowrootmode" in markup:
        tree = _tree(_without_shadows(markup))
        told = tree.css(_TOLD)
    linked = tuple(node.text() for node in told if node.tag == "script")
    tree.strip_tags(list(UNREAD))
    if any(node.tag in _RAW for node in told):
        tree = _without_frames(tree)
        _escape_raw(tree)
    return _split(_written(tree), linked)


def _tree(markup: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(markup, options=_WITHOUT_EVENTS, scripting=True)


def _without_shadows(markup: bytes) -> bytes:
    """The markup with what browsers show of shadow trees where it stands."""
    shown: list[bool] = []

    def as_block(found: re.Match[bytes]) -> bytes:
        if not found[1]:
            shown.append(b"shadowrootmode" in found[2].lower())
            return b"<div" + found[2] if shown[-1] else found[0]
        return b"</div>" if shown and shown.pop() else found[0]

    return _TEMPLATE_RE.sub(as_block, markup)


def _written(tree: LexborHTMLParser) -> bytes:
    return ((tree.root and tree.root.html) or "").encode()


def _without_frames(tree: LexborHTMLParser) -> LexborHTMLParser:
    """What a frameset holds for browsers without frames; the tree itself if there is none."""
    inside = "".join(node.text() for node in tree.css("frameset noframes"))
    if inside:
        tree = _tree(inside.encode())
        tree.strip_tags(list(UNREAD))
    tree.strip_tags(["noframes"])
    return tree


def _escape_raw(tree: LexborHTMLParser) -> None:
    for node in tree.css(",".join(_RAW)):
        node.replace_with(node.text())


def _split(written: bytes, linked: tuple[str, ...]) -> Tokens:
    """The tags and texts of a written tree; comments are dropped, or are void tags with no name."""
    pieces = list(_without_comments(written))
    plain = b"".join(pieces)
    chars = np.frombuffer(plain, np.uint8)
    starts, ends = np.flatnonzero(chars == ord("<")) + 1, np.flatnonzero(chars == ord(">"))
    # A broken tag can have `<` in its name and in those of its attributes, even `<!--`.
    edges = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    opened, closed = np.searchsorted(starts, edges, side="right"), np.searchsorted(ends, edges)
    if not np.array_equal(opened, closed) or (chars[starts] == ord("?")).any():
        return Tokens.of(_TOKEN_RE.findall(written), linked)
    return Tokens(plain, starts, ends, linked)


def _without_comments(written: bytes) -> Iterator[bytes]:
    """What stands between comments, which may hold what looks like the start of another."""
    start = 0
    while (end := written.find(b"<!--", start)) >= 0:
        yield written[start:end]
        closed = written.find(b"-->", end + len(b"<!--"))
        start = closed + len(b"-->") if closed >= 0 else len(written)
    yield written[start:]
