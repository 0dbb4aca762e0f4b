"""Where a line stands in the tree of its page, in words."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.html.attributes import label
from cleaner.markup import Markup


def path(markup: Markup, line: int, longest: int = 12) -> str:
    """The elements around a line, the outermost first, at most `longest` of the inner ones.

    As in 'div.page > article#story > p'.
    """
    return " > ".join(reversed(list(_labels_above(markup, line, longest))))


def _labels_above(markup: Markup, line: int, longest: int) -> Iterator[str]:
    element = int(markup.elements[line])
    for _ in range(longest):
        yield label(markup.tags[element])
        if element == markup.parents[element]:
            return
        element = int(markup.parents[element])
