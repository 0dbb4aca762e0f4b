"""Pages of Markdown with a part that a program writes anew, between two marks."""

from __future__ import annotations


def written(page: str, name: str, text: str) -> str:
    """A page with this text between its marks of a name.

    >>> written("<!-- a: begin -->old<!-- a: end -->", "a", "new").split()[3:6]
    ['-->', 'new', '<!--']

    Raises:
        ValueError: it lacks a mark.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found, rest = page.partition(begin)
    _, also_found, after = rest.partition(end)
    if not found or not also_found:
        raise ValueError(f"no '{begin}' with '{end}' below it; add both where the text belongs")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"
