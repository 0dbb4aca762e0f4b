"""Pages as trafilatura extracts them."""

from __future__ import annotations

import pytest

from cleaner.errors import SourceError
from cleaner.html.by_trafilatura import extract
from cleaner.html.documents import documents_by_trafilatura
from cleaner.model import Document, HtmlPage, Repair

PARAGRAPH = (
    "<p>Der Fährmann legt um acht Uhr ab, und wer zu spät kommt, wartet bis zum Abend am Ufer. "
    "Das war schon immer so, sagt er, und das wird auch so bleiben.</p>"
)
PAGE = f"""<!doctype html><html lang="de"><head><meta charset="{{charset}}">
<title>Die Fähre</title><meta name="author" content="Ada Lovelace; Alan Turing">
<meta property="article:published_time" content="2017-02-03T10:00:00Z">
<meta property="og:site_name" content="Flussbote">
<link rel="canonical" href="https://example.com/faehre"></head>
<body><article><h1>Die Fähre</h1>{PARAGRAPH * 3}</article>
<div id="comments"><div class="comment"><p>Ein schöner Artikel, vielen Dank dafür!</p></div></div>
</body></html>"""


def page(charset: str = "utf-8") -> bytes:
    return PAGE.format(charset=charset).encode(charset)


def document(markup: bytes | str) -> Document:
    [found] = documents_by_trafilatura([HtmlPage("page", markup)])
    assert isinstance(found, Document), found
    return found


def test_a_page_gives_article_then_comments() -> None:
    lines = document(page()).text.split("\n")

    assert "Die Fähre" == lines[0]
    assert lines[1].startswith("Der Fährmann legt")
    assert "Ein schöner Artikel, vielen Dank dafür!" == lines[-1]


def test_a_page_gives_its_metadata() -> None:
    assert {
        "title": "Die Fähre",
        "authors": ("Ada Lovelace", "Alan Turing"),
        "date": "2017-02-03",
        "sitename": "Flussbote",
        "url": "https://example.com/faehre",
    } == document(page()).metadata


def test_a_page_that_the_extractor_breaks_on_gives_all_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    found = extract(f"<html><body><nav>Start</nav>{PARAGRAPH}</body></html>")

    assert "Der Fährmann legt um acht Uhr ab" in found.text
    assert (Repair("no_article_found", 1, "all text of the page taken"),) == found.repairs


@pytest.mark.parametrize("markup", ["", " \n", "<!-- x -->", "<html></html>", "\0"], ids=ascii)
def test_an_empty_page_is_an_empty_document(markup: str) -> None:
    assert "" == document(markup).text


WHOLE = {
    "fragment": PARAGRAPH,
    "plain text": "Der Fährmann legt um acht Uhr ab.",
    "nested more deeply than the parser's first limit": "<div>" * 500 + PARAGRAPH,
    "nested more deeply further below": f"<p>Oben.</p>{'<div>' * 500}{PARAGRAPH}",
    "text longer than the parser's first limit": f"<p>{'Wort und ' * 1_200_000}</p>{PARAGRAPH}",
    "nul and controls": f"<html>\0<body>\x01\x0b{PARAGRAPH}\x7f&#0;&#1;\0</body></html>",
    "xml declaration": f"<?xml version='1.0' encoding='utf-8'?><html>{PARAGRAPH * 2}</html>",
}


@pytest.mark.parametrize("markup", WHOLE.values(), ids=WHOLE.keys())
def test_odd_markup_keeps_its_text(markup: str) -> None:
    assert "Der Fährmann legt um acht Uhr ab" in extract(markup).text


def test_nuls_and_surrogates_in_markup_are_put_on_record() -> None:
    found = extract(f"<html><body>{PARAGRAPH}<p>vor\0nach \ud800 Schluss</p></body></html>")

    assert "vornach \ufffd Schluss" in found.text
    assert {"lone_surrogates": 1, "nul": 1} == {r.kind: r.count for r in found.repairs}


def test_a_page_nested_beyond_all_limits_is_an_error_that_names_it() -> None:
    markup = f"{PARAGRAPH}{'<div>' * 5_000}{PARAGRAPH}"
    [found] = documents_by_trafilatura([HtmlPage("page", markup, path="in/page.html")])

    assert isinstance(found, SourceError)
    assert str(found).startswith("in/page.html: HTML cannot be parsed to its end")
    assert str(found).endswith("give its text instead")


def test_metadata_known_beforehand_win() -> None:
    given = HtmlPage("page", page(), metadata={"title": "Mein Titel"})
    [found] = documents_by_trafilatura([given])

    assert isinstance(found, Document)
    assert ("Mein Titel", "Flussbote") == (found.metadata["title"], found.metadata["sitename"])
