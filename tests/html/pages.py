"""Markup for laws that hold whatever the page, and what a browser would show of it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from cleaner.html.documents import documents
from cleaner.html.flatten import Flat, flatten
from cleaner.html.tokens import Tokens
from cleaner.model import Document, HtmlPage

NAMES = (
    "div", "p", "span", "a", "b", "ul", "ol", "li", "table", "tr", "td", "th", "h1", "h2", "pre",
    "blockquote", "article", "nav", "section", "figure", "figcaption", "form", "label", "button",
    "dl", "dt", "dd", "em", "custom-element", "body", "html", "center", "font", "caption",
)  # fmt: skip
ATTRIBUTES = (
    "", ' class="comment list"', " id=x1", ' title="a<b>c"', " hidden", ' style="display: none"',
    " class='", ' a"b<c', " start=7", ' colspan="99999999"', " data-x=\"'>\"", " /",
)  # fmt: skip
ODD = (
    "<br>", "<hr/>", "<!-- x > y -->", "<!--[if !IE]><!-->", "<!-->", "<!",
    "<?php echo 1 ?>", "</", "<", ">", "&", "&amp;lt;",
    "&#xd800;", "&#0;", "&nbsp;", "\0", "\ud800", "\u202e", "\u2028", "\x1c",
    "<script>a<b>c</script>",
    "<style>p{}</style>", "<img alt=x>", "<p", "<![CDATA[x]]>", "\r\n", "\n", "  ", "\t",
    "<svg><path/></svg>", "<select><option>o</select>", "<title>t</title>",
    "<template><p>n</template>",
    "<noscript><p>n</noscript>", "<textarea>\n<p></textarea>", "<math><mi>m</mi></math>",
)  # fmt: skip


def pages() -> st.SearchStrategy[str]:
    """Tags in any order, open, closed and broken, with texts between them."""
    name, attributes = st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)
    start = st.builds("<{}{}>".format, name, attributes)
    end = st.builds("</{}>".format, name)
    text = st.one_of(st.text(max_size=8), st.sampled_from(("Wort", "zwei Worte", "字")))
    piece = st.one_of(start, start, end, text, text, st.sampled_from(ODD))
    return st.lists(piece, max_size=40).map("".join)


def lines_of(markup: str) -> list[str]:
    """The lines of a page, list marks among them."""
    return contents(flatten(markup))


def contents(flat: Flat) -> list[str]:
    bounds = zip(flat.lines.starts.tolist(), flat.lines.ends.tolist(), strict=True)
    return [flat.text[start:end] for start, end in bounds]


def read_page(raw: bytes, charset: str | None = None) -> Document:
    """The document of a page as it was fetched."""
    [found] = documents([HtmlPage("page", raw, charset=charset)])
    return found


def tokens_of(tags: Sequence[str]) -> Tokens:
    """Tags as they stand in a written tree, without texts."""
    return Tokens.of([(tag.encode(), b"") for tag in tags])
