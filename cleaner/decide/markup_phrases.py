"""What the markup says about a line, in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from cleaner.markup import FAR, ITSELF, WITHIN_2, Block

# What elements of a family are for.
_FAMILIES = {
    "comment": "comments",
    "related": "related articles",
    "teaser": "teasers",
    "share": "sharing",
    "nav": "navigation",
    "header": "a page header",
    "footer": "a page footer",
    "sidebar": "a sidebar",
    "ad": "advertising",
    "newsletter": "a newsletter or subscription",
    "cookie": "cookies or privacy",
    "login": "logging in",
    "author": "an author",
    "date": "a date",
    "meta": "information about the article",
    "caption": "pictures and captions",
    "headline": "a headline",
    "deck": "a lead or summary",
    "article": "an article",
    "body": "the text of an article",
    "main": "the main part of the page",
    "modal": "pop-ups and notices",
    "hidden": "hidden parts",
    "product": "products",
    "quote": "quotations",
    "bio": "a biography or contact",
}
_HOLDERS = {
    "in_main": "<main>", "in_article": "<article>", "in_nav": "<nav>", "in_header": "<header>",
    "in_footer": "<footer>", "in_aside": "<aside>", "in_form": "<form>", "in_figure": "<figure>",
    "in_table": "a table", "in_list": "a list", "in_quote": "<blockquote>", "in_link": "a link",
    "in_control": "a button or label", "in_heading": "a heading", "in_time": "<time>",
    "in_code": "code", "in_section": "<section>",
}  # fmt: skip
_BLOCKS = {
    Block.PARAGRAPH: "a paragraph",
    Block.ITEM: "a list item",
    Block.TERM: "a term of a list",
    Block.CELL: "a table cell",
    Block.QUOTE: "a quotation",
    Block.CODE: "code",
    Block.CAPTION: "a caption",
    Block.FORM: "part of a form",
    **{Block(Block.HEADING_1 + i): f"a heading of level {i + 1}" for i in range(6)},
}
_FLAGS = {
    "is_title": "says what the page's title says",
    "starts_title": "begins as the page's title does",
    "is_headline": "is the headline that the page's metadata name",
    "in_article_body": "stands in the article's text as the metadata give it",
    "hidden": "is hidden from readers",
    "list_mark": "has a list mark",
}
_SHARES = {
    "link_share": "{} of it is a link",
    "strong_share": "{} of it is set off",
    "link_density_0": "{} of its block is links",
    "link_density_1": "{} of the block around it is links",
    "share_of_paragraphs_1": "{} of the page's paragraphs stand in the block around it",
    "share_of_paragraphs_2": "{} of the page's paragraphs stand two blocks up",
    "share_of_paragraphs_3": "{} of the page's paragraphs stand three blocks up",
}
_COUNTS = {
    "links": "{} links begin in it",
    "lines_of_block": "its block has {} lines",
    "alike": "one of {} blocks of one shape",
    "levels_to_headline": "{} levels below what holds the headline too",
}
# Of these a few say nothing.
_MANY = {"links": 1, "lines_of_block": 2, "alike": 3, "levels_to_headline": 4}


def markup_fact(name: str, value: float) -> str:
    """A number about a line's place in the markup in words; nothing where it says little.

    >>> markup_fact("near.comment", 4.0), markup_fact("block.item", 1.0), markup_fact("hidden", 0)
    ('its element is named for comments', 'a list item', '')
    """
    kind, _, of_kind = name.partition(".")
    if kind == "near":
        return _near(of_kind, value) if value >= FAR else ""
    if kind == "block":
        return _BLOCKS.get(Block[of_kind.upper()], "") if value else ""
    told = _TOLD.get(name)
    return told(value) if told else ""


def _near(family: str, value: float) -> str:
    if family in _HOLDERS:
        return f"in {_HOLDERS[family]}"
    what = _FAMILIES[family]
    if value >= ITSELF:
        return f"its element is named for {what}"
    near = "close by" if value >= WITHIN_2 else "farther"
    return f"an element {near} around it is named for {what}"


def _count(name: str, text: str) -> Callable[[float], str]:
    def told(value: float) -> str:
        count = round(math.expm1(max(0.0, value)))
        return text.format(f"{count:,}") if count >= _MANY[name] else ""

    return told


def _share(text: str) -> Callable[[float], str]:
    return lambda value: text.format(f"{min(max(value, 0.0), 1.0):.0%}")


def _flag(text: str) -> Callable[[float], str]:
    return lambda value: text if value > 0 else ""


_TOLD: Mapping[str, Callable[[float], str]] = {
    **{name: _flag(text) for name, text in _FLAGS.items()},
    **{name: _share(text) for name, text in _SHARES.items()},
    **{name: _count(name, text) for name, text in _COUNTS.items()},
}
