"""Labels brought from flat lines to the lines of the markup."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

import cleaner
from cleaner.errors import SourceError
from cleaner.evaluate import judge
from cleaner.evaluate.listing import listing
from cleaner.gold import GoldLine, GoldPage
from cleaner.gold.marked import MarkedPage, read_marked
from cleaner.html.documents import documents
from cleaner.model import HtmlPage, Label

MARKUP = """<nav><a href="/">Start</a></nav><h1>Die  Fähre</h1><p>Sie legt um acht Uhr ab.</p>
<div class="comments"><p>Schön!</p><p>Start</p></div>"""


def gold(*lines: tuple[str, Label | None]) -> GoldPage:
    return GoldPage(id="4f89", lang="de", lines=[GoldLine(text=t, label=x) for t, x in lines])


def marked(page: GoldPage, markup: str = MARKUP) -> MarkedPage:
    [document] = documents([HtmlPage(page.id, markup)])
    return MarkedPage.of(page, document)


PAGE = gold(
    ("Start", Label.BOILERPLATE),
    ("Die Fähre", Label.TITLE),
    ("Sie legt um acht Uhr ab.", Label.BODY),
    ("Schön!", Label.COMMENT),
    ("Start", Label.SPAM),
)


def labels(page: GoldPage) -> list[Label | None]:
    return [line.label for line in page.lines]


def test_lines_have_the_labels_of_lines_with_their_text_in_order() -> None:
    assert labels(PAGE) == labels(marked(PAGE))


def test_a_line_that_nobody_labelled_is_not_scored() -> None:
    page = gold(("Sie legt um acht Uhr ab.", Label.BODY))

    assert [None, None, Label.BODY, None, None] == labels(marked(page))


def test_a_line_out_of_order_is_found_all_the_same() -> None:
    page = gold(("Schön!", Label.COMMENT), ("Die Fähre", Label.TITLE))

    assert {Label.COMMENT, Label.TITLE, None} == set(labels(marked(page)))


def test_labelled_lines_that_the_markup_does_not_have_are_told() -> None:
    page = gold(("Die Fähre", Label.TITLE), ("Fehlt.", Label.BODY), ("", None))

    assert ["Fehlt."] == [line.text for line in marked(page).missing]


def test_other_fields_of_the_page_stay() -> None:
    found = marked(PAGE)

    assert ("4f89", "de") == (found.id, found.lang)


def test_a_page_of_some_lines_keeps_what_is_said_of_them() -> None:
    page = marked(PAGE)
    rows = np.asarray([False, True, True, False, True])
    some = page.only(rows)

    document, whole = some.document(), page.document()
    assert document.markup is not None
    assert whole.markup is not None
    assert ["Die Fähre", "Sie legt um acht Uhr ab.", "Start"] == document.contents()
    assert np.array_equal(whole.markup.numbers[rows], document.markup.numbers)
    assert document.markup.counts.sum() == len(document.markup.buckets)
    assert [Label.TITLE, Label.BODY, Label.SPAM] == labels(some)
    assert document.lines.starts.tolist() == some.starts()


def test_a_page_that_says_something_else_keeps_its_markup() -> None:
    page = marked(PAGE)
    other = page.saying([x.model_copy(update={"text": f"{x.text} Δ"}) for x in page.lines])

    document, before = other.document(), page.document()
    assert [f"{content} Δ" for content in before.contents()] == document.contents()
    assert document.markup is before.markup
    assert labels(page) == labels(other)
    assert document.lines.starts.tolist() == other.starts()


@pytest.mark.parametrize("name", ["4f89.html", "4f89.html.gz"])
def test_markup_is_read_from_a_file_named_by_the_page(tmp_path: Path, name: str) -> None:
    raw = MARKUP.encode()
    (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)

    [found] = read_marked([PAGE], tmp_path)

    assert labels(PAGE) == labels(found)


@pytest.mark.parametrize("raw", [None, b"\x1f\x8b no gzip", gzip.compress(b"x" * 99)[:-9]])
def test_a_page_without_its_file_is_named(tmp_path: Path, raw: bytes | None) -> None:
    if raw is not None:
        (tmp_path / "4f89.html.gz").write_bytes(raw)

    with pytest.raises(SourceError, match="4f89"):
        list(read_marked([PAGE], tmp_path))


def test_a_missing_line_counts_as_removed_and_is_listed() -> None:
    page = marked(gold(("Die Fähre", Label.TITLE), ("Fehlt.", Label.BODY)))
    [judged] = judge([page], cleaner.Pipeline())

    [missing] = [fate for fate in judged.fates if fate.label is None]

    assert (True, "Fehlt.") == (missing.is_lost, judged.text(missing))
    assert any("Fehlt." in row for row in listing(judged))
