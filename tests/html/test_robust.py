"""Hostile and enormous pages: bounded time, and never a crash."""

from __future__ import annotations

import time

import pytest

from cleaner.html.bounds import DEEPEST
from cleaner.html.flatten import flatten
from tests.html.pages import lines_of, read_page

# What every machine manages; quadratic work takes minutes on these.
SECONDS = 20.0
MANY = 100_000


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        pytest.param("<div>" * 10_000 + "x", 1, id="10,000 deep"),
        pytest.param("<div>" * MANY + "x" + "</div>" * MANY, 1, id="100,000 deep"),
        pytest.param("<ul><li>" * 10_000 + "x", 1, id="lists in lists"),
        pytest.param("<table><tr><td>" * 10_000 + "x", 1, id="tables in tables"),
        pytest.param("<p>x</p>" * MANY, MANY, id="100,000 siblings"),
        pytest.param("<li>x" * MANY, MANY, id="100,000 unclosed items"),
        pytest.param("<b>" * MANY + "x", 1, id="100,000 unclosed inline elements"),
        pytest.param(
            "<p>" + "".join(f"<font color={i}>" for i in range(3_000)) + "<p>x" * 3_000,
            3_000,
            id="formatting to be opened again and again",
        ),
        pytest.param(f"<p {' '.join(f'a{i}' for i in range(MANY))}>x", 1, id="100,000 attributes"),
        pytest.param(f'<p class="{"a " * 1_000_000}">x', 1, id="a class of 2 MB"),
        pytest.param(f'<p id="{"x" * 5_000_000}">x', 1, id="an id of 5 MB"),
        pytest.param("<table><tr>" + "<td colspan=99999999>x" * 100, 1, id="absurd colspans"),
        pytest.param("<" * 1_000_000, 1, id="only brackets"),
        pytest.param("&" * 1_000_000, 1, id="only ampersands"),
        pytest.param("<!--" * 500_000, 0, id="comments in comments"),
        pytest.param("<plaintext>" + "<!-- >" * 200_000, 1, id="comments in raw text"),
        pytest.param("<p <!--x>x" * MANY, MANY, id="comments in tags"),
        pytest.param(
            "<div>" * MANY + "</" + "a" * 3_000_000, 0, id="a tag of 3 MB that has no end"
        ),
        pytest.param(f"<title>a{' ' * 3_000_000}b</title>x", 1, id="3 MB of blanks in a title"),
        pytest.param(f"<p>von Ada{' ' * 3_000_000}b", 1, id="3 MB of blanks in a byline"),
        pytest.param("<script>" * MANY, 0, id="scripts in scripts"),
        pytest.param("<meta name=a content=b>" * MANY + "x", 1, id="100,000 meta tags"),
        pytest.param(
            '<script type="application/ld+json">' + '{"@type":' * 50_000 + "</script>x",
            1,
            id="deep JSON-LD",
        ),
        pytest.param("x" * 10_000_000, 1, id="one line of 10 MB"),
    ],
)  # fmt: skip
def test_hostile_pages_take_bounded_time(markup: str, lines: int) -> None:
    began = time.process_time()

    assert lines == len(flatten(markup).lines)
    assert time.process_time() - began < SECONDS


@pytest.mark.slow
def test_a_page_of_a_million_tags_is_read_as_text() -> None:
    page = (
        "<title>Titel</title>" + "<script>a<p>b</script><p class=x>eins &amp; <b>zwei</b>" * 200_000
    )
    flat = flatten(page)

    assert 200_000 == len(flat.lines)
    assert {"eins & zwei"} == set(flat.text.splitlines())
    assert ("Titel",) == flat.head.titles
    assert 200_000 == len(flat.markup)
    assert ["all tags left out"] == [repair.detail for repair in flat.repairs]


def test_elements_deeper_than_browsers_nest_them_are_left_out() -> None:
    flat = flatten("<div>" * 50_000 + "x")

    assert ["markup_simplified"] == [repair.kind for repair in flat.repairs]
    assert ["html", "head", "body", *["div"] * DEEPEST] == list(flat.markup.tags)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a\0b", ["ab"]),
        ("a&#0;b", ["a\ufffdb"]),
        ("a\ud800b", ["a\ufffdb"]),
        ("a&#xd800;&#xdfff;b", ["a\ufffd\ufffdb"]),
        ("&#128;&#x110000;", ["€\ufffd"]),
        ("\u202ea\u202cb", ["\u202ea\u202cb"]),
        ("a&#13;b<pre>c&#13;d</pre>", ["a b", "c", "d"]),
        ("</p></div></table>a", ["a"]),
        ("<b><i>a</b>b</i>c", ["abc"]),
        ("<table>a<tr>b<td>c", ["ab", "c"]),
        ("<p>a<table><tr><td>b</p>c", ["a", "b", "c"]),
        ("a</body></html>b", ["ab"]),
        ("<html><body>a<html><body>b", ["ab"]),
        ("<p>a<!-- b", ["a"]),
        ("<!--[if !IE]><!--><div>a</div><!--<![endif]--><p>b", ["a", "b"]),
        ("<p>a<b class='x", ["a"]),
        ("<![CDATA[a]]>b", ["b"]),
        ("<y<z a<b=1>c</y<z>d", ["cd"]),
        ("<plaintext>a<!-- b", ["a<!-- b"]),
        ("<xmp>a<!-- b</xmp><p>c", ["a<!-- b", "c"]),
        ("<p <!--x>a<p>b", ["a", "b"]),
        ("<p <!--x>a<!-- b --><p>c", ["a", "c"]),
    ],
)  # fmt: skip
def test_broken_pages(markup: str, expected: list[str]) -> None:
    assert expected == lines_of(markup)


def test_repairs_of_bytes_and_markup_are_on_record() -> None:
    page = read_page(b"<meta charset=utf-8><p>Caf\xe9 f\xc3\xbcr \x00uns")

    assert "Café für uns" == page.text
    assert ["invalid_bytes", "nul"] == [repair.kind for repair in page.repairs]


@pytest.mark.parametrize(
    ("raw", "charset", "encoding"),
    [
        ("<p>Füße".encode(), None, "utf-8"),
        ("\ufeff<p>Füße".encode(), "windows-1251", "utf-8"),
        ("\ufeff<p>Füße".encode("utf-16-le"), None, "utf-16-le"),
        ("\ufeff<p>Füße".encode("utf-16-be"), "utf-8", "utf-16-be"),
        ("<meta charset=iso-8859-1><p>Füße „“".encode("cp1252"), None, "windows-1252"),
        ("<meta charset=utf-8><p>Füße".encode("latin-1"), "us-ascii", "windows-1252"),
        ("<meta charset=utf-16><p>Füße".encode(), None, "utf-8"),
    ],
)
def test_pages_are_decoded_as_browsers_do(raw: bytes, charset: str | None, encoding: str) -> None:
    page = read_page(raw, charset)

    assert encoding == page.encoding
    assert page.text.startswith("Füße")
