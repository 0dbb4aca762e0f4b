"""What patterns need: read for those of the built-in packs, derived for all others.

Deriving takes milliseconds a pattern. For the built-in packs it is done once, by
`python -m cleaner.rules.derive`, and stands beside them in `needs.json`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import re2
import regex

from cleaner.rules.folding import fold, foldable_to_words, is_word
from cleaner.rules.literals import Literal, Need, Reader
from cleaner.rules.nodes import Character
from cleaner.rules.patterns import is_linear, linear_pattern, options
from cleaner.rules.syntax import UnknownSyntaxError, parse

# Raised with every change of what is derived or how it is written: what is older is not read.
VERSION = 2
# So many patterns are remembered: rule sets of several languages share most rules.
REMEMBERED_PATTERNS = 16_384
# Of the hash that a pattern is found by.
_KEY_BYTES = 12
_LARGE_COUNT_RE = re.compile(r"\{[^}]*\d{3}")
# How places of literals are written: (at_head, at_tail).
_PLACES = {
    "any": (False, False),
    "head": (True, False),
    "tail": (False, True),
    "both": (True, True),
}


def builtin_folder() -> Path:
    """Where the packs are: inside the installed package, or beside it in a checkout."""
    installed = Path(__file__).parents[1] / "_rules"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "rules"


def needs_file() -> Path:
    """Where the needs of the built-in packs' patterns are."""
    return builtin_folder() / "needs.json"


def needs_of(patterns: Iterable[str]) -> Iterator[Need]:
    """What a line needs for each pattern to match it; nothing where one is not understood.

    What is read is not remembered: it is seldom needed twice, and takes megabytes.
    """
    known = _known()
    for pattern in patterns:
        written = known.get(key_of(pattern))
        yield _derived(pattern) if written is None else _read(json.loads(written))


def _known() -> dict[str, bytes]:
    """The needs in the file, each as JSON; read, all of them take six times the memory."""
    try:
        written = needs_file().read_bytes()
    except FileNotFoundError:
        return {}
    # A line for the version, one for each pattern, one that closes: as derive.py has it.
    first, *lines = written.removesuffix(b"\n}}\n").split(b"\n")
    if json.loads(first + b"}}")["version"] != VERSION:
        return {}
    pairs = (line.removesuffix(b",").split(b": ", maxsplit=1) for line in lines)
    return {key.strip(b'"').decode(): need for key, need in pairs}


def key_of(pattern: str) -> str:
    """The name of a pattern in the file."""
    encoded = pattern.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=_KEY_BYTES).hexdigest()


def written_need(need: Need) -> dict[str, Any]:
    """A need as the file has it.

    >>> written_need(Need((Literal("mai", at_head=True),), least_words=3))
    {'head': ['mai'], 'least': 3}
    """
    texts = {
        name: [each.text for each in need.literals if (each.at_head, each.at_tail) == place]
        for name, place in _PLACES.items()
    }
    numbers = {"least": need.least_words, "bags": [f"{bag:x}" for bag in need.bags if bag]}
    most = {} if need.most_words is None else {"most": need.most_words}
    return {name: value for name, value in (texts | numbers).items() if value} | most


def _read(written: dict[str, Any]) -> Need:
    literals = (
        Literal(text, *place) for name, place in _PLACES.items() for text in written.get(name, ())
    )
    return Need(
        tuple(literals),
        written.get("least", 0),
        written.get("most"),
        tuple(int(bag, 16) for bag in written.get("bags", ("0",))),
    )


@lru_cache(REMEMBERED_PATTERNS)
def _derived(pattern: str) -> Need:
    return derive(pattern)


def derive(pattern: str) -> Need:
    """What a line needs for a pattern to match it, told from its syntax."""
    # Asking RE2 takes long. What `parse` takes for linear, RE2 does, unless it is too large.
    linear = linear_pattern(pattern) is not None
    if linear and _LARGE_COUNT_RE.search(pattern):
        linear = is_linear(pattern)
    try:
        return Reader(partial(_is_marks, linear=linear)).needs(parse(pattern, linear=linear))
    except (UnknownSyntaxError, RecursionError):  # nothing is known: it is tried on every line
        return Need()


def _is_marks(character: Character, *, linear: bool) -> bool:
    if character.members:
        return not any(is_word(each) for each in fold("".join(character.members)))
    if not character.source or character.source == ".":
        return False
    return _is_class_of_marks(character.source, character.ignores_case, linear)


@lru_cache(REMEMBERED_PATTERNS)
def _is_class_of_marks(source: str, ignores_case: bool, linear: bool) -> bool:  # noqa: FBT001  # cache keys
    pattern = f"(?i){source}" if ignores_case else source
    if not linear:
        return regex.search(pattern, foldable_to_words()) is None
    translated = linear_pattern(pattern)
    return translated is not None and re2.search(translated, foldable_to_words(), options()) is None
