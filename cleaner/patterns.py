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

# RE2 builds the automaton of each pattern lazily within this, and goes on without when it is full.
# (Less for each saves nothing: of some 140 KB that a pattern takes most is its program.)
RE2_MEMORY_BYTES = 16 << 20
# RE2 reads these as ASCII; a rule means the characters of every script.
_UNICODE_CLASSES = {r"\w": r"\pL\pM\p{Nd}_", r"\d": r"\p{Nd}", r"\s": r"\s\pZ"}
_NEGATED = {r"\W": r"\w", r"\D": r"\d", r"\S": r"\s"}
# An escape, a class's beginning (with a literal ] at its head), a POSIX class, or a class's end.
_TOKEN_RE = re.compile(r"\\[\s\S]|\[:\^?\w+:\]|\[\^?\]?|\]")
# What RE2 cannot do, or does for ASCII only; within a class, a negated one cannot be translated.
_NOT_LINEAR_RE = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[bB1-9]|\(\?(?:[=!>(]|<[=!]|P=)|\\g<)")
_NEGATED_INSIDE_RE = re.compile(r"\[(?:[^\]\\]|\\[^WDS])*\\[WDS]")


def options() -> Any:
    """How RE2 compiles a pattern."""
    chosen = re2.Options()
    chosen.max_mem = RE2_MEMORY_BYTES
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
    return None


def linear_pattern(pattern: str) -> str | None:
    r"""The pattern for RE2, with \w, \d and \s meant for all scripts; None where RE2 falls short.

    >>> linear_pattern(r"^Teil \d+ [[(]\w")
    '^Teil [\\p{Nd}]+ [[(][\\pL\\pM\\p{Nd}_]'
    """
    if _NOT_LINEAR_RE.search(pattern) or _NEGATED_INSIDE_RE.search(pattern):
        return None
    return "".join(_translated(pattern))


def _translated(pattern: str) -> Iterator[str]:
    inside, end = False, 0
    for match in _TOKEN_RE.finditer(pattern):
        if match.start() < end:
            continue
        yield pattern[end : match.start()]
        token, end = match.group(), match.end()
        if token in _UNICODE_CLASSES:
            yield _UNICODE_CLASSES[token] if inside else f"[{_UNICODE_CLASSES[token]}]"
            continue
        if token in _NEGATED and not inside:
            yield f"[^{_UNICODE_CLASSES[_NEGATED[token]]}]"
            continue
        if inside and token.startswith("[") and not token.startswith("[:"):
            end = match.start() + 1  # a bracket within a class is a bracket
            token = "["
        elif token == "]":
            inside = False
        elif token.startswith("["):
            inside = True
        yield token
    yield pattern[end:]
