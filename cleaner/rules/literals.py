"""What a line must contain for a pattern to match it: the cheap half of matching many rules.

After RE2's prefilter (Cox, "Regular Expression Matching with a Trigram Index", 2012), with two
things more that rules for lines give: where a pattern is anchored, a literal has to begin at the
line's first letter or digit, or to end at its last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import pairwise
from typing import TypeAlias

from cleaner.rules.bags import needed_bags
from cleaner.rules.extent import least_words, most_words
from cleaner.rules.folding import fold, is_word
from cleaner.rules.nodes import Anchor, Character, Choice, Node, Repeat, Sequence, Text

# A literal as long as this is rare enough: it is not made longer, nor many out of it.
LITERAL_CHARS = 12
# What would make more literals than these is left out of them.
MOST_LITERALS = 80
# A set of literals that is expected to occur in no more lines than this is taken unseen.
RARE = 0.02
# How likely a character is where one is expected, and one that is no letter, digit or blank.
# The same literals are weighed in many sets.
REMEMBERED_LITERALS = 65_536
# How likely it is that a line ends with a literal it has.
_AT_TAIL = 0.1
# Of what is repeated, so many are looked at.
UNROLLED = 3
_LIKELY, _AFTER_DIGIT, _COMMON, _UNLIKELY = 0.3, 0.7, 0.05, 0.01
# A literal that may stand anywhere gets so many chances in a line.
_PLACES = 60
# Within literals in the making: the beginning of the line and marks; marks that may follow.
_HEAD, _MARKS = "\x02", "\x03"


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """Folded text a line must contain; at its first or last word character if that is said."""

    text: str
    at_head: bool = False
    at_tail: bool = False


_Literals: TypeAlias = frozenset[Literal]


@dataclass(frozen=True, slots=True)
class Need:
    """What a line needs: one of the literals, if there are any, so many word characters, a bag."""

    literals: tuple[Literal, ...] = ()
    least_words: int = 0
    most_words: int | None = None
    bags: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """What matches begin with: `open` may go on, `cut` does go on unseen, `ended` ends the line."""

    open: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.open) + len(self.cut) + len(self.ended)

    def __or__(self, other: _Beginnings) -> _Beginnings:
        return _Beginnings(self.open | other.open, self.cut | other.cut, self.ended | other.ended)

    def closed(self) -> _Beginnings:
        return _Beginnings(frozenset(), self.cut | self.open, self.ended)


@dataclass(frozen=True, slots=True)
class Reader:
    """Tells the literals of a tree; `is_marks` says that a class has no word characters."""

    is_marks: Callable[[Character], bool]
    known: dict[int, _Literals] = field(default_factory=dict)

    def needs(self, tree: Node) -> Need:
        """What every line that a pattern matches has."""
        best = tuple(sorted(self._within((), tree, ())))
        return Need(best, least_words(tree), most_words(tree, self.is_marks), needed_bags(tree))

    def _within(self, before: tuple[Node, ...], node: Node, after: tuple[Node, ...]) -> _Literals:
        """The best literals of a node that stands between others, branch by branch if need be."""
        parts = _parts(node)
        place = next((i for i, part in enumerate(parts) if isinstance(part, Choice)), None)
        begun = self._from((*before, *parts, *after))
        if _expected(begun) < RARE:
            return begun
        found = begun
        if place is not None and isinstance(choice := parts[place], Choice):
            left, right = (*before, *parts[:place]), (*parts[place + 1 :], *after)
            branches = (self._within(left, branch, right) for branch in choice.branches)
            found = min(begun, _union(branches), key=_expected)
        if _expected(found) < RARE:
            return found
        others = (self._best(part) for i, part in enumerate((*parts, *after)) if i != place)
        return min([found, *self._inner(parts), *others], key=_expected)

    def _best(self, node: Node) -> _Literals:
        """The literals expected in the fewest lines, wherever the node stands; none if unknown."""
        if id(node) not in self.known:
            self.known[id(node)] = self._found_best(node)
        return self.known[id(node)]

    def _found_best(self, node: Node) -> _Literals:
        if isinstance(node, Choice):
            return _union(map(self._best, node.branches))
        if isinstance(node, Repeat):
            return self._best(node.part) if node.least else frozenset()
        if not isinstance(node, Sequence):
            return self._from((node,))
        found = [self._from(node.parts), *self._inner(node.parts), *map(self._best, node.parts)]
        return min(found, key=_expected)

    def _inner(self, parts: tuple[Node, ...]) -> Iterator[_Literals]:
        """What begins within some parts, not with the first."""
        for place, part in enumerate(parts):
            if place and isinstance(part, Text | Choice | Sequence):
                yield self._from(parts[place:])

    def _from(self, parts: tuple[Node, ...]) -> _Literals:
        """The literals that matches of some parts begin with; empty if one begins with any."""
        begun = _Beginnings(open=frozenset({""}))
        for part in parts:
            begun = self._extended(begun, part)
            if not begun.open:
                break
        begun = begun.closed()
        found = {_literal(text) for text in begun.cut}
        found |= {_literal(text, at_tail=True) for text in begun.ended}
        return frozenset() if any(not each.text for each in found) else frozenset(found)

    def _extended(self, begun: _Beginnings, part: Node) -> _Beginnings:
        """What matches begin with when a part comes next."""
        if not begun.open:
            return begun
        after = self._next(begun, part)
        return after if len(after) <= MOST_LITERALS else begun.closed()

    def _next(self, begun: _Beginnings, part: Node) -> _Beginnings:
        if isinstance(part, Text):
            return _appended(begun, [fold(part.text)])
        if isinstance(part, Character):
            return self._character(begun, part)
        if isinstance(part, Sequence):
            return reduce(self._extended, part.parts, begun)
        if isinstance(part, Choice):
            return _together(
                begun, [self._extended(_Beginnings(begun.open), each) for each in part.branches]
            )
        if isinstance(part, Anchor):
            return _anchored(begun, part.kind)
        return self._repeated(begun, part)

    def _character(self, begun: _Beginnings, part: Character) -> _Beginnings:
        if not self.is_marks(part):
            return self._one_of(begun, part)
        edge = _at_edge(begun.open)
        rest = _Beginnings(begun.open - edge, begun.cut, begun.ended)
        rest = self._one_of(rest, part) if part.members else _with_marks(rest)
        return _Beginnings(rest.open | edge, rest.cut, rest.ended)

    def _one_of(self, begun: _Beginnings, part: Character) -> _Beginnings:
        if not part.members:
            return begun.closed()
        return _appended(begun, sorted({fold(each) for each in part.members}))

    def _repeated(self, begun: _Beginnings, part: Repeat) -> _Beginnings:
        if part.most == 0:
            return begun
        inner = part.part
        if isinstance(inner, Character) and not inner.members and self.is_marks(inner):
            return _with_marks(begun)
        after = _Beginnings()
        for count in range(min(part.most or UNROLLED, UNROLLED)):
            after = after if count < part.least else after | begun
            again = self._extended(_Beginnings(begun.open), inner)
            begun = _Beginnings(again.open, begun.cut | again.cut, begun.ended | again.ended)
        if part.most is not None and part.most <= UNROLLED:
            return after | begun
        edge = _at_edge(begun.open)
        return after | _Beginnings(edge, begun.cut | (begun.open - edge), begun.ended)


def _literal(begun: str, *, at_tail: bool = False) -> Literal:
    text = begun.strip(_HEAD + _MARKS)
    has_word = any(map(is_word, text))
    at_head = has_word and begun.startswith(_HEAD)
    return Literal(text, at_head=at_head, at_tail=has_word and at_tail)


def _at_edge(texts: frozenset[str]) -> frozenset[str]:
    """What only marks have followed, of the beginning of the line or of a literal."""
    return frozenset(each for each in texts if each == _HEAD or each.endswith(_MARKS))


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Sequence) else (node,)


def _union(found: Iterable[_Literals]) -> _Literals:
    """All literals; none if those of one are unknown."""
    together: set[Literal] = set()
    for each in found:
        if not each:
            return frozenset()
        together |= each
    return frozenset(together)


def _expected(literals: _Literals) -> float:
    return sum(map(_likelihood, literals)) if literals else float("inf")


def _together(begun: _Beginnings, ends: list[_Beginnings]) -> _Beginnings:
    return _Beginnings(
        frozenset().union(*(each.open for each in ends)),
        begun.cut.union(*(each.cut for each in ends)),
        begun.ended.union(*(each.ended for each in ends)),
    )


def _appended(begun: _Beginnings, texts: list[str]) -> _Beginnings:
    if any(_HEAD in text or _MARKS in text for text in texts):
        return begun.closed()
    done = {each for each in begun.open if each.endswith(_MARKS) or len(each) >= LITERAL_CHARS}
    grown = frozenset(each + text for each in begun.open - done for text in texts)
    return _Beginnings(grown, begun.cut | done, begun.ended)


def _with_marks(begun: _Beginnings) -> _Beginnings:
    """The same with any number of marks behind: a literal may do without them."""
    marked = {
        each if each == _HEAD or each.endswith(_MARKS) else each + _MARKS for each in begun.open
    }
    return _Beginnings(frozenset(marked), begun.cut, begun.ended)


def _anchored(begun: _Beginnings, kind: str) -> _Beginnings:
    if kind == "^":
        return _Beginnings(frozenset(each or _HEAD for each in begun.open), begun.cut, begun.ended)
    if kind == "$":
        return _Beginnings(frozenset(), begun.cut, begun.ended | begun.open)
    return begun


@lru_cache(REMEMBERED_LITERALS)
def _likelihood(literal: Literal) -> float:
    """How many lines of one are expected to have a literal: a guess, good for comparing."""
    chance = 1.0 if literal.at_head else _PLACES
    chance *= _AT_TAIL if literal.at_tail else 1.0
    for before, character in pairwise(f" {literal.text}"):
        if character == "0":
            chance *= _AFTER_DIGIT if before == "0" else _COMMON
        elif character.isalnum() or character == " ":
            chance *= _LIKELY
        else:
            chance *= _COMMON if character in ".,:-()/" else _UNLIKELY
    return chance
