"""HTML pages by trafilatura: article and comments as flat text, and metadata."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cleaner.errors import SourceError
from cleaner.html.people import authors
from cleaner.model import Metadata, Repair
from cleaner.text.decode import nul_repairs, without_surrogates


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page without its markup."""

    text: str
    metadata: Metadata = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()


def extract(markup: str) -> Extracted:
    """Article, then comments, and the metadata of a page; all of its text if it has no article.

    Raises:
        SourceError: the page cannot be parsed to its end.
    """
    markup, surrogates = without_surrogates(markup)
    nuls = nul_repairs(markup, "left out, HTML cannot hold it")
    markup = markup.replace("\0", "")
    # trafilatura takes a tree that was cut off for the whole page.
    _, cut_off = _parsed(markup)
    page = (None if cut_off else _article(markup)) or _anything(markup)
    return Extracted(page.text, page.metadata, (*surrogates, *nuls, *page.repairs))


def _article(page: Any) -> Extracted | None:
    """The article in markup or in a tree; None if there is none, or the parser raises."""
    # trafilatura takes longer to import than cleaner may, and text does not need it.
    from trafilatura import bare_extraction  # noqa: PLC0415

    try:
        found: Any = bare_extraction(
            page,
            favor_recall=True,
            include_comments=True,
            include_tables=True,
            with_metadata=True,
            deduplicate=False,
        )
    except Exception:  # noqa: BLE001 - whatever the parser makes of a page, its plain text is next
        return None
    text = "\n".join(part for part in (found.text, found.comments) if part) if found else ""
    return Extracted(text, _metadata(found)) if text else None


def _metadata(found: Any) -> Metadata:
    named = {
        "title": found.title,
        "authors": authors(found.author or ""),
        "date": found.date,
        "sitename": found.sitename,
        "language": found.language,
        "url": found.url,
    }
    return {key: _encodable(value) for key, value in named.items() if value}


def _encodable(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """The value fit to be written as UTF-8; a page's JSON-LD may hold lone surrogates."""
    if isinstance(value, str):
        return without_surrogates(value)[0]
    return tuple(without_surrogates(part)[0] for part in value)


def _anything(markup: str) -> Extracted:
    """All the text of a page, or the article after all if the page was a fragment, or too large."""
    tree, cut_off = _parsed(markup, huge_tree=True)
    if cut_off:
        raise _unparsed(cut_off)
    article = None if tree is None else _article(tree)
    text = "" if tree is None or article else _plain(tree)
    repair = Repair("no_article_found", 1, "all text of the page taken")
    return article or Extracted(text, {}, (repair,))


def _plain(tree: Any) -> str:
    from trafilatura import html2txt  # noqa: PLC0415 - as above

    try:
        return html2txt(tree)
    except Exception as error:  # noqa: BLE001 - one page must not end the run
        raise _unparsed(error) from None


def _parsed(markup: str, *, huge_tree: bool = False) -> tuple[Any, str]:
    """The tree of a page, None if the page is empty, and why it was cut off, '' if it is whole.

    Fragments and plain text become a body. A huge tree may be 2,048 levels deep instead of 256, and
    hold texts of more than 10 MB (limits of libxml2).
    """
    # Text does not need lxml and should not pay for the import; lxml has no types.
    import lxml.html  # type: ignore[import-untyped]  # noqa: PLC0415

    parser = lxml.html.HTMLParser(
        huge_tree=huge_tree, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.html.document_fromstring(markup.encode(), parser=parser)
    except lxml.etree.ParserError:  # "Document is empty"
        return None, ""
    except Exception as error:  # noqa: BLE001 - one page must not end the run
        return None, str(error) or repr(error)
    fatal = [entry.message for entry in parser.error_log if entry.level_name == "FATAL"]
    return tree, fatal[0] if fatal else ""


def _unparsed(reason: object) -> SourceError:
    return SourceError(f"HTML cannot be parsed to its end ({reason}); give its text instead")
