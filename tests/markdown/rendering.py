"""Markdown of invented pages, and what an independent library makes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cleaner.decide.decisions import Decisions
from cleaner.html.documents import documents
from cleaner.markdown import markdown
from cleaner.model import ARTICLE, LABELS, Document, HtmlPage, Label

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def page(markup: str, url: str | None = None) -> Document:
    [found] = documents([HtmlPage("page", markup, url=url)], extents=True)
    return found


def labelled(document: Document, labels: Sequence[Label]) -> Decisions:
    """Sure decisions; lines without a label of their own are body."""
    size = len(document.lines)
    found = np.full(size, LABELS.index(Label.BODY), np.int8)
    found[: len(labels)] = [LABELS.index(label) for label in labels[:size]]
    return Decisions(found, np.ones(size), np.zeros(size, np.bool_), evidence=lambda _: ())


def written(document: Document, labels: Sequence[Label] = (), *, links: bool = False) -> str:
    decisions = labelled(document, labels)
    return markdown(document, decisions, decisions.labelled(ARTICLE), links=links)


def of(markup: str, *, gone: Collection[str] = (), links: bool = False) -> str:
    """The Markdown of a page without the lines that end with these."""
    document = page(markup, url="https://example.org/a")
    removed = [content.endswith(tuple(gone)) if gone else False for content in document.contents()]
    return written(document, [Label.TICKER if x else Label.BODY for x in removed], links=links)


def html(source: str) -> str:
    """What the library renders, on one line."""
    return "".join(str(PARSER.render(source)).splitlines())


def rendered(source: str) -> str:
    """All text that the library shows, white space aside."""
    return "".join("".join(_texts(PARSER.parse(source))).split())


def _texts(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.children is not None:
            yield from _texts(token.children)
        elif token.type in {"text", "code_inline", "fence", "code_block", "text_special"}:
            yield token.content
        else:
            assert not token.content, token
