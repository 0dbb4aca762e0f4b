"""What each HTML element does to lines, and what kind of block it makes."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.markup import Block

VOID, BLOCK, CELL, SKIPPED, LINK, PRE, ITEM, NUMBERED, STRONG, CLOSES = (1 << i for i in range(10))
"""What a tag is, as bits: has no content; stands on lines of its own; shares the line of its row;
its text is not read; links; keeps its white space; has a list mark; numbers its items; is set off;
is an end tag."""


_BITS = {
    VOID: "area base basefont bgsound br col embed frame hr img input keygen link meta param source"
    " track wbr",
    # Blocks in the style sheet of the HTML standard (15.3); `br`, which breaks lines as well; names
    # of form controls, which would otherwise run into the text around them.
    BLOCK: "address article aside blockquote body br button caption center dd details dialog dir"
    " div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr"
    " html label legend li listing main menu nav ol p pre search section summary table"
    " tbody tfoot thead tr ul",
    CELL: "td th",
    SKIPPED: "title",
    LINK: "a",
    PRE: "pre listing",
    ITEM: "li",
    NUMBERED: "ol",
    STRONG: "b strong em i u",
}
_KINDS = {
    Block.PARAGRAPH: "p",
    Block.ITEM: "li dd",
    Block.TERM: "dt summary",
    Block.CELL: "td th",
    Block.QUOTE: "blockquote",
    Block.CODE: "pre listing",
    Block.CAPTION: "figcaption caption",
    Block.FORM: "form fieldset label button legend",
    **{Block(Block.HEADING_1 + i): f"h{i + 1}" for i in range(6)},
}
UNREAD = (
    "script", "style", "template", "noscript", "iframe", "noembed", "object", "video", "audio",
    "canvas", "svg", "select", "datalist", "textarea",
)  # fmt: skip
"""What is taken out of a tree before it is read.

Scripts, styles and templates are no text; what embedded things, `noscript` and `iframe` hold is
for browsers that cannot do better; graphics hold labels of icons and charts; and form fields what a
visitor may enter or choose, which the page does not say. Nor are alternative texts of images read:
they stand in for what a reader sees, and double the captions."""


def _by_name(names: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value, of_value in names.items():
        for name in of_value.split():
            found[name] = found.get(name, 0) | value
    return found


BITS: Mapping[str, int] = {**_by_name(_BITS), "": VOID}
"""The bits of each element that has any; all others are inline. A comment has no name."""

KINDS: Mapping[str, int] = _by_name({int(kind): names for kind, names in _KINDS.items()})
"""The block kind of each element that tells one."""
