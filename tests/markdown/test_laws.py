"""Laws of Markdown that hold for every page and text."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.model import ARTICLE, Document, Label
from cleaner.text.segment import segment
from tests.html.pages import pages
from tests.laws import texts
from tests.markdown.rendering import page, rendered, written

LABELS = st.lists(st.sampled_from((*Label, Label.BODY, Label.BODY)), max_size=30)
# All that Markdown reads as markup, and what it makes of neighbours.
MARKS = (
    "*", "**", "_", "__", "`", "``", "```", "~~", "[", "](x)", "]:", "!", "!(", "<b>", "<!--", "&",
    "&amp;", "&copy;", "&#65;", "\\", "#", "## ", "- ", "+ ", "* ", "1. ", "2) ", "> ", "---",
    "===", "|", "| a |", "|---|", ":--", "    ", "\t", "a", "1", "字", "é", " ", "\n", "\n\n", ".",
)  # fmt: skip
BLOCKS = (
    "<ul><li>{}</ul>", "<ol start=0><li>{}<li value=7>{}</ol>", "<blockquote>{}</blockquote>",
    "<pre>{}</pre>", "<pre><code class='lang-x'>{}</code></pre>", "<p>{}<br>{}</p>", "<h2>{}</h2>",
    "<table><tr><th>{}<th>{}<tr><td rowspan=2>{}<td><tr><td colspan=3>{}</table>",
    "<table><tr><td><p>{}</p><td>{}</table>", "<p><b>{}</b><i>{}</i><code>{}</code></p>",
    "<p>{}<a href='/x?a=(1)&amp;copy=2'>{}<em>{}</em></a></p>", "<ul><li>{}<ul>{}<li>{}</ul></ul>",
    "<dl><dt>{}<dd>{}</dl>", "<ul>{}<ol><li>{}</ol></ul>", "<h1>{}<br>{}</h1>",
)  # fmt: skip


def marked_pages() -> st.SearchStrategy[str]:
    """Blocks in each other, full of what looks like Markdown."""
    text = st.lists(st.sampled_from(MARKS), max_size=6).map("".join)
    leaf = text.map(lambda found: found.replace("&", "&amp;").replace("<", "&lt;"))

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        filled = st.tuples(st.sampled_from(BLOCKS), st.lists(inner, min_size=4, max_size=4))
        return filled.map(lambda each: each[0].format(*each[1]))

    return st.lists(st.recursive(leaf, around, max_leaves=8), max_size=4).map("".join)


def kept(document: Document, labels: Sequence[Label]) -> str:
    """The text of the kept lines without list marks, white space aside."""
    assert document.markup is not None
    own = [*labels, *[Label.BODY] * len(document.lines)]
    marked = zip(document.contents(), document.markup.marks.tolist(), own, strict=False)
    return "".join("".join(c[mark:] for c, mark, label in marked if label in ARTICLE).split())


@given(st.one_of(marked_pages(), pages()), LABELS, st.booleans())
def test_rendered_markdown_of_a_page_is_its_kept_text(
    markup: str,
    labels: list[Label],
    links: bool,  # noqa: FBT001  # drawn
) -> None:
    document = page(markup)

    assert kept(document, labels) == rendered(written(document, labels, links=links))


@given(st.one_of(texts(), st.lists(st.sampled_from(MARKS)).map("".join)), LABELS)
@example("1. Mai\n2. Juni\n4. Juli\n- a\n* b", [])
def test_rendered_markdown_of_a_text_is_its_kept_text(text: str, labels: list[Label]) -> None:
    document = segment(text.replace("\0", ""))

    own = [*labels, *[Label.BODY] * len(document.lines)]
    lines = [c for c, label in zip(document.contents(), own, strict=False) if label in ARTICLE]
    assert without_marks("".join(lines)) == without_marks(rendered(written(document, labels)))


def without_marks(text: str) -> str:
    """A text without the characters that bullets and numbers of lists are made of."""
    return "".join(text.translate(dict.fromkeys(map(ord, "-•*.)0123456789"))).split())
