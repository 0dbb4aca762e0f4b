"""Pages as documents."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.html.charset import declared_charset
from cleaner.html.documents import documents
from cleaner.html.parse import parse
from cleaner.html.tokens import Tokens
from cleaner.model import HtmlPage
from tests.html.pages import pages, read_page

PAGE = """<!doctype html><html lang="de"><head><meta charset="{charset}"><title>Die Fähre</title>
</head><body><nav><a href="/">Start</a></nav><h1>Die Fähre</h1><p>Der Fährmann legt um acht Uhr ab,
und wer zu spät kommt, wartet bis zum Abend am Ufer.</body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "cp850"])
def test_a_page_is_decoded_as_it_declares(charset: str) -> None:
    found = read_page(PAGE.format(charset=charset).encode(charset))

    assert "Der Fährmann legt" in found.text
    assert () == found.repairs


CHARSETS = {
    "short": (b'<meta charset="koi8-r">', "koi8-r"),
    "no quotes": (b"<META CHARSET=koi8-r />", "koi8-r"),
    "http-equiv": (
        b"<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>",
        "koi8-r",
    ),
    "xml": (b'<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
    "utf-16 in ascii": (b'<meta charset="utf-16">', None),
    "comment before": (b'<!-- <meta charset=utf-8> --><meta charset="koi8-r">', "koi8-r"),
    "short comment": (b"<!--><meta charset=koi8-r><!-- -->", "koi8-r"),
    "in an attribute": (b"""<p title='<meta charset="koi8-r">'>""", None),
    "in a doctype": (b"<!doctype <meta charset=koi8-r><p>", None),
    "of something else": (b"<meta name=x content='text/html; charset=koi8-r'>", None),
    "unknown, then known": (b"<meta charset=klingon><meta charset=koi8-r>", "koi8-r"),
    "meta before xml": (b'<?xml encoding="koi8-u"?><meta charset="koi8-r">', "koi8-r"),
    "xml not first": (b'<p><?xml version="1.0" encoding="koi8-r"?>', None),
    "first of two": (b"<meta charset=koi8-r charset=utf-8>", "koi8-r"),
    "slashes": (b"<meta/charset=koi8-r />", "koi8-r"),
    "none": (b"<html><body>charset=koi8-r", None),
    "too late": (b" " * 2048 + b'<meta charset="koi8-r">', None),
}


@pytest.mark.parametrize(("raw", "expected"), CHARSETS.values(), ids=CHARSETS.keys())
def test_a_charset_is_read_from_the_head(raw: bytes, expected: str | None) -> None:
    assert expected == declared_charset(raw)


def test_a_document_says_where_its_page_came_from() -> None:
    raw = PAGE.format(charset="utf-8").encode()
    [found] = documents([HtmlPage("a", raw, path="a.html", url="https://example.com/")])

    assert ("a", "a.html", "https://example.com/") == (found.id, found.path, found.url)
    assert ("text/html", "utf-8") == (found.media_type, found.encoding)
    assert sha256(raw).hexdigest() == found.sha256


def test_what_was_text_already_has_no_encoding() -> None:
    [found] = documents([HtmlPage("a", PAGE)])

    assert (None, None) == (found.encoding, found.sha256)


def test_metadata_known_beforehand_win() -> None:
    [found] = documents([HtmlPage("a", PAGE, metadata={"title": "Mein Titel"})])

    assert ("Mein Titel", "de") == (found.metadata["title"], found.metadata["declared_language"])


def test_a_page_is_the_same_in_company() -> None:
    pages = [HtmlPage(str(i), PAGE + "<p>mehr" * i) for i in range(3)]
    together = documents(pages)

    assert [documents([page])[0].text for page in pages] == [each.text for each in together]


def test_a_pipeline_cleans_pages_among_texts() -> None:
    inputs = ["Ein ganzer Satz steht hier, damit etwas zu lesen ist.", HtmlPage("a", PAGE)]
    text, page = cleaner.Pipeline().map(inputs)

    assert ("text/plain", "text/html") == (text.source.media_type, page.source.media_type)
    assert "Der Fährmann legt" in page.text
    assert page.restore().startswith("Start\nDie Fähre\n")


def test_a_page_that_cannot_be_read_does_not_end_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def parse_or_raise(markup: bytes) -> Tokens:
        if "Unglück".encode() in markup:
            raise ValueError("no tree")
        return parse(markup)

    monkeypatch.setattr("cleaner.html.flatten.parse", parse_or_raise)
    pages = [HtmlPage("a", PAGE), HtmlPage("b", "<p>Unglück"), HtmlPage("c", PAGE)]
    one, failed, two = cleaner.Pipeline().outcomes(pages)

    assert isinstance(failed, cleaner.CleanerError)
    assert "b: ValueError('no tree'); please report it" in str(failed)
    assert [str(one), str(two)] == [str(r) for r in cleaner.Pipeline().map([pages[0], pages[2]])]


def test_trafilatura_reads_pages_on_request() -> None:
    pipeline = cleaner.Pipeline(cleaner.Settings(extractor="trafilatura"))
    nav, paragraph = "<nav><a href='/'>Start</a></nav>", PAGE.partition("<p>")[2]
    found = pipeline.run(HtmlPage("a", f"<body>{nav}<article><h1>Die Fähre</h1>{paragraph * 9}"))

    assert "Der Fährmann legt" in found.text
    assert "Start" not in found.restore()


EVERYTHING = cleaner.Pipeline(cleaner.Settings(comments=True, format="markdown", links=True))


@given(st.lists(pages(), min_size=1, max_size=3))
def test_any_pages_are_cleaned_alike_alone_and_together_and_lose_nothing(
    markups: list[str],
) -> None:
    given_pages = [HtmlPage(str(number), markup) for number, markup in enumerate(markups)]

    records = list(EVERYTHING.map(given_pages))

    assert [EVERYTHING.run(page) for page in given_pages] == records
    assert [documents([page])[0].text for page in given_pages] == [r.restore() for r in records]
    assert all(record.model_dump_json().encode() for record in records)
