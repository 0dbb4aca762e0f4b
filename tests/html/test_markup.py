"""What the markup says about lines."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.html.families import FAMILIES
from cleaner.html.flatten import Flat, flatten
from cleaner.html.paths import path
from cleaner.markup import FAR, ITSELF, NUMBERS, WITHIN_2, WITHIN_5, Block

PAGE = """<html lang=de><head><title>Die Fähre kommt heute später | Flussbote</title>
<meta property="og:title" content="Die Fähre kommt heute später">
<link rel=canonical href="https://example.org/a?b=1&amp;c=2">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Spät",
"articleBody": "Der Fährmann legt um acht Uhr ab, und wer zu spät kommt, wartet."}]}</script></head>
<body><nav><ul><li><a href=/>Start</a><li><a href=/b>Sport</a><li><a href=/c>Wetter</a></ul></nav>
<main><article><h1>Die Fähre kommt heute später</h1><p class="lead">Der <a href=x>Fährmann</a> legt
um acht Uhr ab, und wer zu spät kommt, wartet.</p><p>Mehr.<br>Und <b>mehr</b>.</p></article>
<section id="comments"><div class="comment-12"><p>Gut.</p></div>
<div class="comment-13"><p>Schön.</p></div><div class="comment-14"><div hidden>Ja.</div></div>
</section></main><footer>Ende</footer></body></html>"""


@pytest.fixture(scope="module")
def page() -> Flat:
    return flatten(PAGE)


def line(page: Flat, text: str) -> int:
    found = (page.text[a:b] for a, b in zip(page.lines.starts, page.lines.ends, strict=True))
    return next(i for i, content in enumerate(found) if text in content)


def number(page: Flat, name: str, text: str) -> float:
    return round(float(page.markup.numbers[line(page, text), NUMBERS.index(name)]), 3)


def family(page: Flat, name: str, text: str) -> int:
    return int(page.markup.families[line(page, text), FAMILIES.index(name)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sport", Block.ITEM),
        ("Die Fähre", Block.HEADING_1),
        ("Fährmann", Block.PARAGRAPH),
        ("Ja.", Block.OTHER),
    ],
)
def test_block_kinds(page: Flat, text: str, expected: Block) -> None:
    assert expected == page.markup.block(line(page, text))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<td>x", []),
        ("<table><tr><td>x", [Block.CELL]),
        ("<blockquote>x", [Block.QUOTE]),
        ("<pre>x", [Block.CODE]),
        ("<figcaption>x", [Block.CAPTION]),
        ("<form><div>x", [Block.FORM]),
        ("<h4><span>x", [Block.HEADING_4]),
    ],
)
def test_kinds_of_single_blocks(markup: str, expected: Sequence[Block]) -> None:
    assert expected == [kind for kind in flatten(markup).markup.blocks.tolist() if kind]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("in_nav", "Sport", WITHIN_5),
        ("in_link", "Sport", ITSELF),
        ("in_nav", "Fährmann", 0),
        ("in_article", "Fährmann", WITHIN_2),
        ("in_main", "Fährmann", WITHIN_2),
        ("comment", "Gut", WITHIN_2),
        ("comment", "Mehr", 0),
        ("deck", "Fährmann", ITSELF),
        ("in_footer", "Ende", ITSELF),
    ],
)
def test_families(page: Flat, name: str, text: str, expected: int) -> None:
    assert expected == family(page, name, text)


def test_a_family_high_above_is_far() -> None:
    page = flatten("<div class=kommentare>" + "<div>" * 6 + "x")

    assert FAR == family(page, "comment", "x")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("link_share", "Sport", 1.0),
        ("link_share", "Fährmann", round(8 / 52, 3)),
        ("strong_share", "Und", round(4 / 8, 3)),
        ("links", "Fährmann", 0.693),
        ("alike", "Sport", 1.386),
        ("alike", "Fährmann", 0.0),
        ("alike", "Schön", 1.386),
        ("levels_to_alike", "Schön", 0.693),
        ("lines_of_block", "Und", 1.099),
        ("lines_to_headline", "Die Fähre", 0.0),
        ("lines_to_headline", "Fährmann", 0.693),
        ("levels_to_headline", "Fährmann", 1.0),
        ("levels_to_headline", "Gut", 3.0),
        ("is_title", "Die Fähre", 1.0),
        ("starts_title", "Die Fähre", 1.0),
        ("is_headline", "Die Fähre", 1.0),
        ("is_title", "Sport", 0.0),
        ("in_article_body", "Fährmann", 1.0),
        ("in_article_body", "Gut", 0.0),
        ("has_article_body", "Gut", 1.0),
    ],
)
def test_numbers(page: Flat, name: str, text: str, expected: float) -> None:
    assert expected == number(page, name, text)


@pytest.mark.parametrize("title", ["Die Fähre", "Die Fähre | Flussbote", "Flussbote: Die Fähre"])
def test_a_title_is_known_with_and_without_the_name_of_the_site(title: str) -> None:
    site = '<meta property="og:site_name" content="Flussbote">'
    flat = flatten(f"{site}<title>{title}</title><h1>Die Fähre</h1><p>Flussbote")

    assert (1.0, 0.0) == (number(flat, "is_title", "Die"), number(flat, "is_title", "Flussbote"))


def test_hidden_lines_are_kept_and_marked(page: Flat) -> None:
    assert [line(page, "Ja.")] == page.markup.hidden.nonzero()[0].tolist()


def test_names_of_the_elements_around_a_line_are_hashed(page: Flat) -> None:
    ends = page.markup.counts.cumsum()

    def names(text: str) -> set[int]:
        at = line(page, text)
        return set(page.markup.buckets[ends[at] - page.markup.counts[at] : ends[at]].tolist())

    assert names("Gut") == names("Schön")
    assert names("Gut") != names("Fährmann")


def test_the_path_of_a_line_reads_like_a_style_sheet(page: Flat) -> None:
    found = path(page.markup, line(page, "Schön"), longest=4)

    assert "main > section#comments > div.comment-13 > p" == found


def test_the_head_of_a_page(page: Flat) -> None:
    head = page.head

    assert "Die Fähre kommt heute später | Flussbote" == head.titles[0]
    assert ("Die Fähre kommt heute später",) == head.meta["og:title"]
    assert "https://example.org/a?b=1&c=2" == head.url
    assert "de" == head.language
    assert ["Spät"] == head.linked_texts("headline")
