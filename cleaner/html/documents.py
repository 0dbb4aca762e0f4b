"""HTML pages to documents: their text in lines, with what their markup says about each."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

from cleaner.batches import batches
from cleaner.errors import SourceError
from cleaner.html.charset import declared_charset
from cleaner.html.flatten import Flat, flatten_pages
from cleaner.html.metadata import metadata
from cleaner.model import Document, HtmlPage
from cleaner.text.decode import Decoded, decode
from cleaner.text.segment import segment

MEDIA_TYPE = "text/html"
_BYTE_ORDER_MARK = "\ufeff"


def documents(pages: Sequence[HtmlPage], *, extents: bool = False) -> list[Document]:
    """The document of each page, never raises; many at once take half the time.

    `extents` asks for the places of all elements too, see `cleaner.html.extents`.
    """
    found: list[Document] = []
    # So that no more markup is in memory twice than is read at once.
    for some in batches(pages, size=lambda page: len(page.markup)):
        decoded = list(map(_decoded, some))
        markups = [_utf8(*each) for each in zip(some, decoded, strict=True)]
        flats = flatten_pages(markups, extents=extents)
        found += (_document(*of_page) for of_page in zip(some, decoded, flats, strict=True))
    return found


def documents_by_trafilatura(pages: Sequence[HtmlPage]) -> list[Document | SourceError]:
    """What trafilatura extracts from each page, without markup; the error where it cannot."""
    # It takes longer to import than cleaner may.
    from cleaner.html.by_trafilatura import extract  # noqa: PLC0415

    found: list[Document | SourceError] = []
    for page in pages:
        decoded = _decoded(page)
        try:
            extracted = extract(decoded.text)
        except SourceError as error:
            found.append(SourceError(f"{page.path or page.id}: {error}"))
            continue
        about = _about(page, decoded)
        about["repairs"] = (*decoded.repairs, *extracted.repairs)
        about["metadata"] = {**extracted.metadata, **page.metadata}
        about["url"] = page.url or extracted.metadata.get("url")
        found.append(segment(extracted.text, page.id, **about))
    return found


def _decoded(page: HtmlPage) -> Decoded:
    """The markup as text.

    As in browsers a byte order mark comes before what the HTTP header names, and the page's own
    `meta` after it; unlike there, all give way to UTF-8 where the bytes are that.
    """
    if isinstance(page.markup, str):
        return Decoded(page.markup, page.encoding or "", page.repairs)
    found = decode(page.markup, page.charset or partial(declared_charset, page.markup))
    # NULs are left out, and told of, where the text is read.
    of_decoding = tuple(repair for repair in found.repairs if repair.kind != "nul")
    text = found.text.removeprefix(_BYTE_ORDER_MARK)
    return replace(found, text=text, repairs=(*page.repairs, *of_decoding))


def _utf8(page: HtmlPage, decoded: Decoded) -> str | bytes:
    """The markup in UTF-8 if it is that already, or else as text."""
    raw = page.markup
    if isinstance(raw, str) or decoded.encoding != "utf-8" or decoded.repairs != page.repairs:
        return decoded.text
    return raw.removeprefix(BOM_UTF8)


def _document(page: HtmlPage, decoded: Decoded, flat: Flat) -> Document:
    about = _about(page, decoded)
    about["repairs"] = (*decoded.repairs, *flat.repairs)
    of_page = metadata(flat, page.url)
    about["metadata"] = {**of_page, **page.metadata}
    about["url"] = page.url or of_page.get("url")
    return Document(page.id, flat.text, flat.lines, markup=flat.markup, **about)


def _about(page: HtmlPage, decoded: Decoded) -> dict[str, Any]:
    raw = page.markup
    return {
        "path": page.path,
        "url": page.url,
        "media_type": MEDIA_TYPE,
        "encoding": decoded.encoding or None,
        "sha256": sha256(raw).hexdigest() if isinstance(raw, bytes) else page.sha256,
        "fields": page.fields,
    }
