"""Comments in text without markup: a line each, or what stands below one that says who and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cleaner.comments.bylines import LONGEST_NAME_WORDS, Byline, byline
from cleaner.comments.dates import iso_date
from cleaner.comments.words import author_name, is_button
from cleaner.model import Document
from cleaner.rows import Comment

_SENTENCE_END = tuple('.!?…"»“”')


def plain_comments(document: Document, spoken: Sequence[int]) -> list[Comment]:
    """The comments of a text without markup, in its order; `spoken` are their lines.

    Where lines say who wrote and when, or only when, what follows up to the next of them is one
    comment; a name alone on the line above a date belongs to it. Otherwise blank lines part
    comments, if they part some of the lines but not all; and if not, each line is a comment.
    """
    bylines = {line: found for line in spoken if (found := byline(document.content(line)))}
    if bylines:
        return list(_announced(document, spoken, bylines))
    return [_row(document, lines) for lines in _blocks(document, spoken)]


def _announced(
    document: Document, spoken: Sequence[int], bylines: Mapping[int, Byline]
) -> Iterator[Comment]:
    starts = sorted(bylines)
    names = {line: _name_above(document, line, spoken, bylines) for line in starts}
    first = starts[0] - (names[starts[0]] is not None)
    yield from (_row(document, [line]) for line in spoken if line < first)
    for start, end in pairwise([*starts, spoken[-1] + 1]):
        stop = end - (names.get(end) is not None)
        lines = [line for line in spoken if start < line < stop]
        said = [line for line in lines if not is_button(document.content(line))]
        if said:
            own = bylines[start]
            yield _row(document, said, Byline(own.author or names[start], own.when))


def _name_above(
    document: Document, line: int, spoken: Sequence[int], bylines: Mapping[int, Byline]
) -> str | None:
    """The name that stands alone on the line above a line that says only when."""
    if bylines[line].author or line - 1 not in spoken or line - 1 in bylines:
        return None
    above = document.content(line - 1)
    if above.endswith(_SENTENCE_END) or len(above.split()) > LONGEST_NAME_WORDS:
        return None
    return author_name(above) if above[:1].isupper() else None


def _blocks(document: Document, spoken: Sequence[int]) -> list[list[int]]:
    numbers = document.lines.numbers
    apart = [bool(numbers[b] - numbers[a] > 1) or b - a > 1 for a, b in pairwise(spoken)]
    if all(apart) or not any(apart):
        return [[line] for line in spoken]
    found = [[spoken[0]]]
    for line, is_apart in zip(spoken[1:], apart, strict=True):
        if is_apart:
            found.append([line])
        else:
            found[-1].append(line)
    return found


def _row(document: Document, lines: Sequence[int], own: Byline | None = None) -> Comment:
    return Comment(
        text="\n".join(map(document.content, lines)),
        author=own.author if own else None,
        date=iso_date(own.when) if own else None,
        date_text=own.when if own else None,
        start=int(document.lines.starts[lines[0]]),
        end=int(document.lines.ends[lines[-1]]),
    )
