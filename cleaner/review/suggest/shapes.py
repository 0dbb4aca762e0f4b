r"""Lines to patterns: what differs from one to the next may differ, and nothing else.

Numbers and the months beside them may be others, and so may names at the end of a line. A pattern
is always anchored at both ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from cleaner.html.months import MONTHS

# Below this, what a pattern is sure of is a mark or an article.
FEWEST_LETTERS = 4
# One to four words that begin with an upper-case letter, as names do.
_NAME = r"\p{Lu}[\pL\pM.’'-]*"
NAMES = rf"{_NAME}(?: {_NAME}){{0,3}}"
_NAMES_AT_END_RE = regex.compile(rf"(?<=\S )({NAMES})$")
_TOKEN_RE = re.compile(r"\d+|[^\W\d_]+|\s+|[\W_]")
_SPECIAL_RE = re.compile(r"([\\.^$*+?{}\[\]()|])")
_NUMBER, _MONTH, _BLANK = r"\d+", r"\pL+", r"\s+"
_DATE_GAP_RE = re.compile(r"[\s.,]*")


@dataclass(frozen=True, slots=True)
class Shape:
    """What lines have in common: `fixed` is the text that all have, `pattern` matches them."""

    pattern: str
    fixed: str

    @property
    def is_telling(self) -> bool:
        """Whether enough of it is fixed for a rule to go by."""
        return sum(map(str.isalpha, self.fixed)) >= FEWEST_LETTERS


def shape(line: str) -> Shape:
    r"""The shape of a line in which numbers and months may be others.

    >>> shape("Stand: 3. März 2021, 14:05 Uhr").pattern
    '^Stand:\\s+\\d+\\.\\s+\\pL+\\s+\\d+,\\s+\\d+:\\d+\\s+Uhr$'
    """
    pieces = list(_pieces(line))
    return Shape(f"^{''.join(p for p, _ in pieces)}$", "".join(fixed for _, fixed in pieces))


def shape_before_names(line: str) -> Shape | None:
    r"""The same with other names at the end; None where the line does not end in names.

    >>> shape_before_names("Ein Gastbeitrag von Anna Schmidt").pattern
    "^Ein\\s+Gastbeitrag\\s+von\\s+\\p{Lu}[\\pL\\pM.’'-]*(?: \\p{Lu}[\\pL\\pM.’'-]*){0,3}$"
    >>> shape_before_names("Mehr dazu")
    """
    names = _NAMES_AT_END_RE.search(line)
    if names is None:
        return None
    head = shape(line[: names.start()])
    return Shape(f"{head.pattern[:-1]}{NAMES}$", head.fixed)


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """The parts of a line in order: what matches each, and its text if that is all that does."""
    tokens = _TOKEN_RE.findall(line)
    for i, token in enumerate(tokens):
        if token.isdigit():
            yield _NUMBER, ""
        elif token.isspace():
            yield _BLANK, " "
        elif token.lower() in MONTHS and _stands_by_number(tokens, i):
            yield _MONTH, ""
        else:
            yield _SPECIAL_RE.sub(r"\\\1", token), token


def _stands_by_number(tokens: list[str], at: int) -> bool:
    """Whether the next word before or after is a number: 'May 5', '5. Mai', but not 'You may'."""
    for others in (tokens[at + 1 :], tokens[:at][::-1]):
        word = next((token for token in others if not _DATE_GAP_RE.fullmatch(token)), "")
        if word.isdigit():
            return True
    return False
