"""Pages as Markdown; the pages are invented."""

from __future__ import annotations

import pytest

from cleaner.model import Label
from tests.markdown.rendering import html, of, page, written


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<h1>Eins</h1><h3>Drei<br>vier</h3><p>Text.", "# Eins\n\n### Drei vier\n\nText."),
        ("<h2>C #</h2>", "## C \\#"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", "- a\n  - b\n  - c\n- d"),
        ("<ol start=9><li>a<ul><li>b</ul><li>c</ol>", "9. a\n   - b\n10. c"),
        ("<ol><li>a<li value=5>b<li>c</ol>", "1. a\n\n5) b\n6) c"),
        ("<ol reversed start=-2><li>a</ol>", "- a"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b"),
        ("<ul><li>a<ol><li>b</ol></ul>", "- a\n\n  1. b"),
        ("<ul><li>a</li><ul><li>b</ul></ul>", "- a\n  - b"),
        ("<ul><li><p>a<p>b<li>c</ul>", "- a\n\n  b\n\n- c"),
        ("<ul>Nur Text</ul>", "Nur Text"),
        ("<li>verwaist", "- verwaist"),
        ("<blockquote><p>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<blockquote><ul><li>a<li>b</ul><p>c</blockquote>", "> - a\n> - b\n>\n> c"),
        ("<ul><li><blockquote>a</blockquote></ul>", "- > a"),
        ("<p>Der Mond<br>ist auf<br>1. Mai", "Der Mond\\\nist auf\\\n1\\. Mai"),
        (f"<p>{'Lang. ' * 20}<br>Kurz.", f"{'Lang. ' * 19}Lang.\n\nKurz."),
        ("<div>a<p>b</p>c</div>", "a\n\nb\n\nc"),
        ("<p>a <b>b</b>, <em>c</em> und <code>d*</code>", "a **b**, *c* und `d*`"),
        ("<p>a<b>b</b><i>c</i>", "a**b**c"),
        ("<p><b>„Zitat“</b> und <b>fett</b>", "„Zitat“ und **fett**"),
        ("<p><code>a`b</code> <code>`</code>", "``a`b`` `` ` ``"),
        ("<p>2 * 3 < 4_000 [x] snake_case `a` \\ &amp;amp;",
         "2 \\* 3 \\< 4_000 \\[x\\] snake_case \\`a\\` \\\\ \\&amp;"),
        ("<p># a<p>+ b<p>- c<p>2) d<p>---<p>&gt; e<p>| f |<p>-3 Grad",
         "\\# a\n\n\\+ b\n\n\\- c\n\n2\\) d\n\n\\---\n\n\\> e\n\n\\| f |\n\n-3 Grad"),
        ("<p dir=rtl>שלום <b>עולם</b>", "שלום **עולם**"),
        ("<p>東京で<b>新しい</b>駅。<ul><li>一<li>二</ul>", "東京で**新しい**駅。\n\n- 一\n- 二"),
    ],
)  # fmt: skip
def test_markup_becomes_markdown(markup: str, expected: str) -> None:
    assert expected == of(markup)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<pre><code class='hljs language-c++'>if (a) {\n    b;\n\n}</code></pre>",
         "```c++\nif (a) {\n    b;\n\n}\n```"),
        ("<p>x<pre>  a\n b</pre>", "x\n\n```\n  a\n b\n```"),
        ("<pre>a\n```\n````b</pre>", "`````\na\n```\n````b\n`````"),
        ("<ul><li>a<pre>b\n  c</pre></ul>", "- a\n\n  ```\n  b\n    c\n  ```"),
        ("<blockquote><pre>a\n\nb</pre></blockquote>", "> ```\n> a\n>\n> b\n> ```"),
    ],
    ids=["language", "indented", "backticks", "in a list", "in a quote"],
)  # fmt: skip
def test_code_keeps_its_lines(markup: str, expected: str) -> None:
    assert expected == of(markup)


TABLE = """<table><thead><tr><th>Ort<th>Abfahrt<th>Gleis</thead><tr><td>A|B<td><td><b>3</b>
<tr><td colspan=2>fällt aus<td><code>x|y</code><tr><td rowspan=2>C<td>8:00<td>1<tr><td>9:00<td>2
</table>"""


def test_tables_have_their_cells_in_their_columns() -> None:
    assert of(TABLE) == (
        "| Ort | Abfahrt | Gleis |\n| --- | --- | --- |\n| A\\|B |  | **3** |\n"
        "| fällt aus |  | `x\\|y` |\n| C | 8:00 | 1 |\n|  | 9:00 | 2 |"
    )


def test_tables_are_read_as_tables() -> None:
    shown = html(of(TABLE))

    assert "<th>Ort</th><th>Abfahrt</th><th>Gleis</th>" in shown
    assert "<td>A|B</td><td></td><td><strong>3</strong></td>" in shown
    assert "<td>fällt aus</td><td></td><td><code>x|y</code></td>" in shown


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<table><tr><td>a<td>b</table>", "|  |  |\n| --- | --- |\n| a | b |"),
        ("<table><tr><td>a<tr><td>b</table>", "a\n\nb"),
        ("<table><tr><td><p>a<p>b<td>c</table>", "a\n\nb\n\nc"),
        ("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
         "a\n\n|  |  |\n| --- | --- |\n| b | c |"),
        ("<table><caption>Plan</caption><tr><th>a<td>b</table>",
         "Plan\n\n|  |  |\n| --- | --- |\n| a | b |"),
        ("<ul><li>x<table><tr><td>a<td>b</table></ul>",
         "- x\n\n  |  |  |\n  | --- | --- |\n  | a | b |"),
        ("<table><tr><td colspan=99999999>a<tr><td>b<td>c</table>".replace("99999999", "2"),
         "|  |  |\n| --- | --- |\n| a |  |\n| b | c |"),
    ],
    ids=["no head", "one column", "layout", "nested", "caption", "in a list", "wide cell"],
)  # fmt: skip
def test_only_tables_of_data_are_tables(markup: str, expected: str) -> None:
    assert expected == of(markup)


@pytest.mark.parametrize(
    ("markup", "gone", "expected"),
    [
        ("<ol><li>a<li>b<li>c</ol>", "b", "1. a\n\n3) c"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "a", "- - b\n- c"),
        ("<blockquote><p>a<p>b<p>c</blockquote>", "b", "> a\n>\n> c"),
        ("<table><tr><th>a<th>x<tr><td>b<td>y<tr><td>c<td>z</table>", "y",
         "| a | x |\n| --- | --- |\n| c | z |"),
        ("<p>a<br>b<br>c", "b", "a\n\nc"),
        ("<pre>a\nb\nc</pre>", "b", "```\na\nc\n```"),
    ],
    ids=["numbers", "outer item", "quote", "table", "verse", "code"],
)  # fmt: skip
def test_removed_lines_fall_out(markup: str, gone: str, expected: str) -> None:
    assert expected == of(markup, gone=[gone])


LINKED = """<p>Siehe <a href="/b?x=(1)&amp;copy=2">die <em>Seite</em></a>, <a href="#top">oben</a>,
<a href="javascript:go()">los</a> [1]<a href=c>!</a></p>"""


def test_links_are_written_when_asked_for() -> None:
    assert "Siehe die *Seite*, oben, los \\[1\\]!" == of(LINKED)
    assert (
        "Siehe [die *Seite*](https://example.org/b?x=%281%29&copy=2), oben, los"
        " \\[1\\][!](https://example.org/c)"
    ) == of(LINKED, links=True)


def test_no_link_becomes_an_image() -> None:
    assert "Los\\![hier](https://example.org/b)" == of("<p>Los!<a href=b>hier</a>", links=True)


def test_the_title_is_a_heading_wherever_it_stands() -> None:
    document = page("<ul><li>Der Titel<li>Text</ul>")

    assert written(document, [Label.TITLE, Label.BODY]) == "# Der Titel\n\n- Text"


def test_deep_pages_are_written() -> None:
    markup = "<blockquote><ul><li><b>" * 150 + "tief"

    assert of(markup).startswith("> - > - ")
    assert of(markup).endswith("**tief**")
