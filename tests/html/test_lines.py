"""Pages to lines: what breaks them, what does not, and what is no line."""

from __future__ import annotations

import pytest

from cleaner.html.flatten import flatten
from tests.html.pages import lines_of


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Eins<p>Zwei", ["Eins", "Zwei"]),
        ("<div>Eins <b>zwei</b><i> drei</i>\n vier</div>", ["Eins zwei drei vier"]),
        ("Eins<br>zwei<br/>drei<wbr>vier", ["Eins", "zwei", "dreivier"]),
        ("Eins<div>zwei</div>drei", ["Eins", "zwei", "drei"]),
        ("<p>  Eins \n\t zwei  </p>", ["Eins zwei"]),
        ("<p>Eins&nbsp;&nbsp;zwei</p>&nbsp;", ["Eins\xa0\xa0zwei"]),
        ("<tr><td>a", ["a"]),
        ("<table><tr><th>a<td> b <td><i>c</i><tr><td>d</table>", ["a\tb\tc", "d"]),
        ("<table><tr><td><p>a</p><p>b</p><td>c</table>", ["a", "b", "c"]),
        ("<pre>def f():\n    pass\n\n  # <b>x</b></pre>y", ["def f():", "pass", "# x", "y"]),
        ("<ul><li>a<li><p>b</p><p>c</p></ul>", ["• a", "• b", "c"]),
        ("<ul><li><a>a</a><ul><li>b</ul><li></ul>", ["• a", "• b"]),
        ("<ol start=3><li>a<li value=9>b<li>c</ol>", ["3. a", "9. b", "10. c"]),
        ("<ol><li>a<ol><li>b</ol><li>c</ol>", ["1. a", "1. b", "2. c"]),
        ("a<button>b</button>c<label>d</label>", ["a", "b", "c", "d"]),
        ("<details><summary>a</summary>b</details>", ["a", "b"]),
        ("<figure><img alt=x><figcaption>a</figcaption></figure>", ["a"]),
        ("1 &lt; 2 &amp;amp; &quot;x&#34; &#8211; &euro;", ['1 < 2 &amp; "x" – €']),
        ("<ruby>次<rp>（<rt>つぎ<rp>）</ruby>の", ["次（つぎ）の"]),
        ("<p hidden>a</p><p style='display:none'>b</p>", ["a", "b"]),
    ],
    ids=[
        "paragraphs", "inline", "breaks", "text beside a block", "white space", "hard blanks",
        "cell without a table", "a row a line", "cells with blocks", "preformatted", "list",
        "nested list", "numbers", "nested numbers", "form controls", "details",
        "figure", "entities", "readings", "hidden",
    ],
)  # fmt: skip
def test_lines(markup: str, expected: list[str]) -> None:
    assert expected == lines_of(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "", "<!doctype html>", "<script>x()</script>", "<style>p{}</style>", "<title>x</title>",
        "<template><p>x</template>", "<noscript><p>x</noscript>", "<!-- <p>x -->", "<img alt=x>",
        "<svg><text>x</text></svg>", "<select><option>x</select>", "<textarea>x</textarea>",
        "<input value=x>", "<iframe><p>x</iframe>", "<video>x</video>",
        "<frameset><frame></frameset>", "<div id=app></div><script>x()</script>",
        "<script><!--<script></script>x</script>",
    ],
)  # fmt: skip
def test_what_is_no_text_makes_no_line(markup: str) -> None:
    assert [] == lines_of(markup)


def test_a_frameset_gives_way_to_what_it_has_without_frames() -> None:
    markup = "<frameset><frame><NOFRAMES><body><h1>a</h1><p>b</p></body></NOFRAMES></frameset>"

    assert ["a", "b"] == lines_of(markup)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<x-a><template shadowrootmode=open><p>a<slot></slot></template>b</x-a>", ["a", "b"]),
        ("<template>n<template shadowrootmode=open>n</template>n</template>b", ["b"]),
        ("<x-a><template shadowrootmode=closed>a<template>n</template>b</template></x-a>", ["ab"]),
    ],
)
def test_shadow_trees_are_read_as_browsers_show_them(markup: str, expected: list[str]) -> None:
    assert expected == lines_of(markup)


def test_outdated_elements_of_plain_text_are_read_as_text() -> None:
    assert ["<b>a", "c", "<d"] == lines_of("<xmp><b>a</xmp><p>c <plaintext><d")


def test_preformatted_text_keeps_its_indents_and_blank_lines() -> None:
    assert "a:\n    b\n\n    c" == flatten("<pre>a:\n    b\n\n    c\n</pre>").text


def test_numbers_of_lines_count_blank_ones() -> None:
    assert [1, 3] == flatten("<pre>a\n\nb</pre>").lines.numbers.tolist()


def test_a_broken_attribute_does_not_spill_into_the_text() -> None:
    assert ["a", "b"] == lines_of('<p>a</p><div class="x" <p="">b</div>')


@pytest.mark.parametrize(
    "comment",
    [
        "<!--[if !IE]><!-->",
        "<!-- <!-- -->",
        "<!-->",
        "<!--->",
        "<!-- --!>",
        "<!x-->",
        "<!->",
        "</ >",
    ],
)
def test_a_comment_ends_where_it_does_in_browsers(comment: str) -> None:
    assert ["a", "b", "c"] == lines_of(f"a{comment}<p>b</p><!-- x --><p>c")


def test_reading_order_is_that_of_the_source() -> None:
    markup = "<aside>a</aside><main><h1>b</h1><p>c<table><tr><td>d</table></main><footer>e</footer>"

    assert ["a", "b", "c", "d", "e"] == lines_of(markup)
