"""The kept lines of a document as Markdown: CommonMark, with tables as GitHub has them."""

from __future__ import annotations

from cleaner.decide.decisions import Decisions
from cleaner.model import Bools, Document


def markdown(document: Document, decisions: Decisions, stays: Bools, *, links: bool = False) -> str:
    """The lines that stay as Markdown; rendered, it gives their text.

    Headings, lists, quotes, tables, code and, where its markup has extents, emphasis and links are
    those of the page. A text without markup has its title for heading, and lists where its lines
    begin with bullets or numbers.
    """
    if document.markup is None:
        from cleaner.markdown.plain import of_text  # noqa: PLC0415

        return of_text(document, decisions, stays)
    from cleaner.markdown.pages import of_page  # noqa: PLC0415  # text needs no HTML

    return of_page(document, decisions, stays, links=links)
