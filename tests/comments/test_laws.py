"""Laws of comments that hold for every page and text."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cleaner.comments import comments
from cleaner.model import Document, Label
from cleaner.text.segment import segment
from tests.html.pages import pages
from tests.laws import texts
from tests.markdown.rendering import labelled, page

LABELS = st.lists(st.sampled_from((*Label, Label.COMMENT, Label.COMMENT)), max_size=40)
PIECES = (
    '<li class="comment">', "</li>", '<ol class="children">', "</ol>", "<p>", "</p>", "<br>",
    '<div class="comment-author">', "</div>", "<time>", "</time>", '<time datetime="2020-01-02">',
    '<span class="date">', "</span>", '<a class="fn">', "</a>", "Max sagt:", "3. Mai 2017", "Gut.",
    "Sehr gut.", "Antworten", "Eva, 3. Mai 2017 um 10:12", "<form>", "</form>", "<h3>", "</h3>",
    "字",
)  # fmt: skip


def check(document: Document, labels: Sequence[Label]) -> None:
    """What holds of all comments; raises where it does not."""
    found = comments(document, labelled(document, labels))
    spoken = {c for c, x in zip(document.contents(), labels, strict=False) if x is Label.COMMENT}

    for i, comment in enumerate(found):
        assert comment.text
        assert 0 <= comment.start < comment.end <= len(document.text)
        assert comment.parent is None or comment.parent < i
        lines = comment.text.split("\n")
        assert all(any(line in content for content in spoken) for line in lines)
        inside = document.text[comment.start : comment.end]
        assert all(line in inside for line in lines)


@given(st.one_of(pages(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)), LABELS)
def test_comments_of_a_page_are_of_its_lines(markup: str, labels: list[Label]) -> None:
    document = page(markup)

    check(document, [*labels, *[Label.COMMENT] * len(document.lines)])


@given(texts(), LABELS)
def test_comments_of_a_text_are_of_its_lines(text: str, labels: list[Label]) -> None:
    document = segment(text)

    check(document, [*labels, *[Label.BODY] * len(document.lines)])
