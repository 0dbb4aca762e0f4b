r"""Lines to patterns: what differs from one to the next may differ, and nothing else.

Numbers and the months beside them may be others, and so may names at the end of a line. A pattern
is always anchored at both ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex

from cleaner.html.months import MONTHS

# Below this, what a pattern is sure of is a mark or an article.
FEWEST_LETTERS = 4
# One to four words that begin with an upper-case letter, as names do.
_NAME = r"\p{Lu}[\pL\pM.’\x27-]*"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,3}}"
_NAMES_AT_END_RE = regex.compile(rf"(?<=\S )({_NAMES})$")
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
    '^Stand: \\d+\\. \\pL+ \\d+, \\d+:\\d+ Uhr$'
    """
    pieces = list(_pieces(line))
    return Shape(f"^{''.join(p for p, _ in pieces)}$", "".join(fixed for _, fixed in pieces))


def head_of_names(line: str) -> str | None:
    r"""What stands before the names at the end of a line; None where it does not end in names.

    >>> head_of_names("Ein Gastbeitrag von Anna Schmidt")
    'Ein Gastbeitrag von '
    >>> head_of_names("Mehr dazu")
    """
    names = _NAMES_AT_END_RE.search(line)
    return line[: names.start()] if names else None


def shape_before_names(lines: Sequence[str]) -> Shape:
    r"""The shape of lines with names at the end, of which only those words may differ that do.

    All have heads of one shape: see `head_of_names`.

    >>> shape_before_names(["mit der Stimme Anna Schmidt", "mit der Stimme Li Wei"]).pattern
    '^mit der Stimme \\p{Lu}[\\pL\\pM.’\\x27-]*(?: \\p{Lu}[\\pL\\pM.’\\x27-]*){0,3}$'
    """
    heads = [head_of_names(line) or "" for line in lines]
    names = [line[len(head) :].split(" ") for head, line in zip(heads, lines, strict=True)]
    by_place = zip(*(each[:-1] for each in names), strict=False)
    shared = [words[0] for words in takewhile(lambda words: len(set(words)) == 1, by_place)]
    head = shape(" ".join([heads[0].rstrip(" "), *shared, ""]))
    return Shape(f"{head.pattern[:-1]}{_NAMES}$", head.fixed)


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """The parts of a line in order: what matches each, and its text if that is all that does."""
    tokens = _TOKEN_RE.findall(line)
    for i, token in enumerate(tokens):
        if token.isdigit():
            yield _NUMBER, ""
        elif token.isspace():
            yield token if token == " " else _BLANK, " "
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
