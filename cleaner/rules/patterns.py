r"""Patterns of rules: which engine matches them, and how they are put to RE2.

RE2 matches what it can express, in linear time. Look-around, back references and
`\b` (which RE2 knows for ASCII only) are matched by `regex`, under a time limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import re2
import regex

# RE2 builds the automaton of each pattern lazily within this, and begins anew when it is full.
RE2_MEMORY_BYTES = 16 << 20
_BEGINNING_RE = re.compile(r"(?:\(\?[is]+\))?\^(?![*+?{])")
# RE2 reads these as ASCII; a rule means the characters of every script.
_UNICODE_CLASSES = {r"\w": r"\pL\pM\p{Nd}_", r"\d": r"\p{Nd}", r"\s": r"\s\pZ"}
_NEGATED = {r"\W": r"\w", r"\D": r"\d", r"\S": r"\s"}
# A named class, an escape, a POSIX class, the beginning of a class (with a literal ]), its end.
_TOKEN_RE = re.compile(r"\\[pP](?:\w|\{\^?\w+\})|\\[\s\S]|\[:\^?\w+:\]|\[\^?\]?|\]")
# What RE2 cannot do, or does for ASCII only; within a class, a negated one cannot be translated.
_NOT_LINEAR_RE = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[bB1-9]|\(\?(?:[=!>(]|<[=!]|P=)|\\g<)")
_NEGATED_INSIDE_RE = re.compile(r"\[(?:[^\]\\]|\\[^WDS])*\\[WDS]")


def options(memory: int = RE2_MEMORY_BYTES) -> Any:
    """How RE2 compiles a pattern; its automaton takes so many bytes at most."""
    chosen = re2.Options()
    chosen.max_mem = memory
    chosen.never_capture = True
    chosen.log_errors = False
    return chosen


def is_linear(pattern: str) -> bool:
    """Whether RE2 matches a pattern, in time linear in the line.

    >>> is_linear("^Teil [0-9]+"), is_linear("(?<=x)y")
    (True, False)
    """
    translated = linear_pattern(pattern)
    try:
        return translated is not None and bool(re2.compile(translated, options()))
    except re2.error:
        return False


def check(pattern: str) -> str | None:
    """What is wrong with a pattern; None if it can be matched."""
    if is_linear(pattern):
        return None
    try:
        regex.compile(pattern)
    except regex.error as error:
        return str(error)
    except RecursionError:
        return "its brackets are nested too deeply"
    return None


def linear_pattern(pattern: str) -> str | None:
    r"""The pattern for RE2, with \w, \d and \s meant for all scripts; None where RE2 falls short.

    >>> linear_pattern(r"^Teil \d+ [[(]\w")
    '^Teil [\\p{Nd}]+ [[(][\\pL\\pM\\p{Nd}_]'
    """
    if _NOT_LINEAR_RE.search(pattern) or _NEGATED_INSIDE_RE.search(pattern):
        return None
    return "".join(_translated(pattern))


def is_anchored(pattern: str) -> bool:
    """Whether all matches begin with the line, as far as a glance can tell.

    >>> is_anchored("(?i)^a(b|c)"), is_anchored("^a|b"), is_anchored("a")
    (True, False, False)
    """
    if not _BEGINNING_RE.match(pattern):
        return False
    depth = 0
    for piece, inside in tokens(pattern):
        for char in "" if inside or piece.startswith(("\\", "]")) else piece:
            depth += (char == "(") - (char == ")")
            if char == "|" and not depth:
                return False
    return True


def _translated(pattern: str) -> Iterator[str]:
    for piece, inside in tokens(pattern):
        if piece in _UNICODE_CLASSES:
            yield _UNICODE_CLASSES[piece] if inside else f"[{_UNICODE_CLASSES[piece]}]"
        elif piece in _NEGATED and not inside:
            yield f"[^{_UNICODE_CLASSES[_NEGATED[piece]]}]"
        else:
            yield piece


def tokens(pattern: str) -> Iterator[tuple[str, bool]]:
    """Escapes, brackets, and what is between, in order; each with whether it is within a class."""
    inside, end = False, 0
    while match := _TOKEN_RE.search(pattern, end):
        yield pattern[end : match.start()], inside
        token, end = match.group(), match.end()
        if inside and token.startswith("[") and not token.startswith("[:"):
            end = match.start() + 1  # a bracket within a class is a bracket
            token = "["
        elif token == "]":
            inside = False
        elif token.startswith("["):
            inside = True
        yield token, inside
    yield pattern[end:], inside
