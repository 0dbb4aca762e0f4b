"""Laws that hold for every page, however broken."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.html.elements import BITS, CLOSES, SKIPPED, VOID
from cleaner.html.flatten import Flat, flatten
from cleaner.html.nesting import Nesting
from cleaner.html.parse import parse
from cleaner.html.paths import path
from cleaner.html.shapes import Shapes
from cleaner.markup import NUMBERS
from cleaner.text.decode import without_surrogates
from cleaner.text.segment import segment
from tests.html.pages import contents, pages, read_page, tokens_of


def readable(markup: str) -> bytes:
    return without_surrogates(markup)[0].replace("\0", "").encode()


def bits_of(tags: Sequence[str]) -> list[int]:
    found: list[int] = Shapes.of(tokens_of(tags)).bits.tolist()
    return found


def visible(markup: str) -> str:
    """The characters of all text nodes that are read, white space aside, by a plain walk."""
    tokens, open_elements, found = parse(readable(markup)), [], []
    for source, text, bits in zip(tokens.tags, tokens.texts, bits_of(tokens.tags), strict=True):
        name = source.partition(" ")[0]
        if bits & CLOSES:
            assert name == f"/{open_elements.pop()}"
        elif not bits & VOID:
            open_elements.append(name)
        if not any(BITS.get(each, 0) & SKIPPED for each in open_elements):
            found.append(unescape(text))
    assert not open_elements
    return "".join("".join(found).split())


def without_marks(flat: Flat) -> str:
    marked = zip(contents(flat), flat.markup.marks.tolist(), strict=True)
    return "".join("".join(line[length:] for line, length in marked).split())


@given(pages())
def test_every_visible_character_is_in_exactly_one_line_in_order(markup: str) -> None:
    assert visible(markup) == without_marks(flatten(markup))


@given(pages())
def test_lines_are_those_of_the_text(markup: str) -> None:
    flat = flatten(markup)

    assert segment(flat.text).contents() == [line for line in contents(flat) if line]
    assert all(line == line.strip() != "" for line in contents(flat))
    assert flat.text == flat.text.strip()


@given(pages())
def test_columns_have_a_row_a_line_and_are_finite(markup: str) -> None:
    flat = flatten(markup)
    found, size = flat.markup, len(flat.lines)

    assert (size, len(NUMBERS)) == found.numbers.shape
    assert np.isfinite(found.numbers).all()
    assert {size} == {len(x) for x in (found.families, found.marks, found.hidden, found.counts)}
    assert int(found.counts.sum()) == len(found.buckets)
    assert all(path(found, line).startswith("html") for line in range(size))


@given(pages())
def test_the_same_page_gives_the_same_twice(markup: str) -> None:
    one, two = flatten(markup), flatten(markup)

    assert one.text == two.text
    assert one.lines == two.lines
    assert one.markup.numbers.tobytes() == two.markup.numbers.tobytes()
    assert one.markup.buckets.tobytes() == two.markup.buckets.tobytes()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_page(raw: bytes) -> None:
    page = read_page(raw)

    assert page.markup is not None
    assert len(page.lines) == len(page.markup)


@given(pages())
def test_nesting_is_that_of_a_walk_with_a_stack(markup: str) -> None:
    bits = bits_of(parse(readable(markup)).tags)
    stack: list[int] = []
    owners, parents = [], []
    for each in bits:
        if each & CLOSES:
            stack.pop()
        elif not each & VOID:
            parents.append(stack[-1] if stack else len(parents))
            stack.append(len(parents) - 1)
        owners.append(stack[-1] if stack else 0)
    nesting = Nesting.of(np.array(bits))

    assert owners == nesting.owners.tolist()
    assert parents == nesting.parents.tolist()
