"""How many word characters the lines have that a pattern can match."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from cleaner.rules.folding import fold, is_word
from cleaner.rules.nodes import Anchor, Character, Choice, Node, Repeat, Sequence, Text

# A character folds to so many at most.
FOLDED_CHARS = 3
# Patterns repeat their words.
REMEMBERED_TEXTS = 65_536


@lru_cache(REMEMBERED_TEXTS)
def _words(text: str) -> int:
    return sum(map(is_word, fold(text)))


def least_words(node: Node) -> int:
    """The fewest word characters of a match."""
    if isinstance(node, Text):
        return _words(node.text)
    if isinstance(node, Character):
        return min(map(_words, node.members), default=0)
    if isinstance(node, Sequence):
        return sum(map(least_words, node.parts))
    if isinstance(node, Choice):
        return min(map(least_words, node.branches))
    return least_words(node.part) * node.least if isinstance(node, Repeat) else 0


def most_words(tree: Node, is_marks: Callable[[Character], bool]) -> int | None:
    """The most word characters of a line that matches; None where it may go on."""
    if not (_holds("^", tree) and _holds("$", tree)):
        return None
    return _most(tree, is_marks)


def _most(node: Node, is_marks: Callable[[Character], bool]) -> int | None:
    if isinstance(node, Text):
        return _words(node.text)
    if isinstance(node, Character):
        unknown = 0 if is_marks(node) else FOLDED_CHARS
        return max(map(_words, node.members), default=unknown)
    if isinstance(node, Sequence):
        return _combined(sum, (_most(part, is_marks) for part in node.parts))
    if isinstance(node, Choice):
        return _combined(max, (_most(branch, is_marks) for branch in node.branches))
    return 0 if isinstance(node, Anchor) else _most_repeated(node, is_marks)


def _most_repeated(node: Repeat, is_marks: Callable[[Character], bool]) -> int | None:
    once = _most(node.part, is_marks)
    if once == 0 or node.most == 0:
        return 0
    return None if once is None or node.most is None else once * node.most


def _combined(how: Callable[[Iterable[int]], int], numbers: Iterable[int | None]) -> int | None:
    found = list(numbers)
    known = [each for each in found if each is not None]
    return how(known) if len(known) == len(found) else None


def _holds(kind: str, node: Node) -> bool:
    """Whether every match is held by an anchor."""
    if isinstance(node, Anchor):
        return node.kind == kind
    if isinstance(node, Sequence):
        return any(_holds(kind, part) for part in node.parts)
    if isinstance(node, Choice):
        return all(_holds(kind, branch) for branch in node.branches)
    return isinstance(node, Repeat) and node.least > 0 and _holds(kind, node.part)
