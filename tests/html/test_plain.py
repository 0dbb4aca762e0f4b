"""Pages too large for a tree."""

from __future__ import annotations

import time

import pytest

from cleaner.html.flatten import flatten
from cleaner.html.plain import MOST_TAGS, STRETCH_BYTES, plain_text

SECONDS = 20.0


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>a  b\n c<p>d &amp; <b>e</b>f", "a b c\nd & ef"),
        ("<title>t</title>a<script>x<p></script><!-- <p>y -->b<style>z", "ab"),
        ("<pre>a\n  b</pre>c\nd", "a\nb\nc d"),
        ("a<svg>b", "a\nb"),
        ("1 < 2", "1 < 2"),
        ("", ""),
    ],
    ids=["breaks", "unread", "preformatted", "never closed", "no tag", "empty"],
)
def test_plain_text(markup: str, expected: str) -> None:
    assert expected == plain_text(markup.encode())


@pytest.mark.parametrize(
    "piece", ["<p>eine Zeile &auml; <a href='x y'>b</a>", "ein Wort &auml; ", "<pre>x\ny"]
)
def test_stretches_leave_no_trace(piece: str) -> None:
    times = 3 * STRETCH_BYTES // len(piece)

    whole = [line.strip() for line in plain_text((piece * times).encode()).split("\n")]
    once = [line.strip() for line in plain_text(piece.encode()).split("\n")]
    expected = " ".join(once * times).split()
    assert expected == " ".join(whole).split()
    assert len([line for line in whole if line]) in (1, len(once) * times)


@pytest.mark.parametrize(
    "markup",
    [
        "<a " * (MOST_TAGS + 1),
        "<p" * (MOST_TAGS + 1),
        "<b x='" * (MOST_TAGS + 1),
        "<svg>" * (MOST_TAGS + 1),
        "<pre>" * (MOST_TAGS + 1),
        "<script>" * (MOST_TAGS + 1),
        "&nbsp;" * 2_000_000,
        "<p>&nbsp;\n" * (MOST_TAGS + 1),
    ],
    ids=["a", "p", "attributes", "svg", "pre", "script", "blanks", "blank lines"],
)
def test_tags_that_were_never_closed_take_bounded_time(markup: str) -> None:
    began = time.process_time()
    flatten(markup)

    assert time.process_time() - began < SECONDS


def test_columns_of_a_page_without_tags_have_a_row_a_line() -> None:
    flat = flatten("<p>x" * (MOST_TAGS + 1))
    columns = (flat.markup.numbers, flat.markup.families, flat.markup.counts, flat.markup.elements)

    assert {MOST_TAGS + 1} == {len(flat.lines), len(flat.markup), *map(len, columns)}
    assert ["all tags left out"] == [repair.detail for repair in flat.repairs]
