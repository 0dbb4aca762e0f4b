r"""The syntax tree of a rule's pattern: enough of it to tell what a matching line must contain.

RE2 and `regex` do not hand out theirs. What is not understood here is told, never guessed: such a
pattern is tried on every line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cleaner.rules.nodes import Anchor, Character, Choice, Node, Repeat, Sequence, Text

# A class of more characters than these is as good as any character.
MEMBERS = 7
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_ANCHORS = {"A": "^", "z": "$", "Z": "$", "b": "", "B": ""}
_QUANTIFIER_RE = re.compile(r"[*+?]|\{(\d+)(?:(,)(\d*))?\}")
# Literals up to what is not one; the last belongs to the quantifier that follows.
_RUN_RE = re.compile(r"[^\\\[\](){}|^$.*+?]+(?![*+?{])")
_SIMPLE = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_FLAGS_RE = re.compile(r"\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])")
_CASE_RE = re.compile(r"\(\?[a-zA-Z]*i")
_NAME_RE = re.compile(r"\(\?P?<\w+>")
_PROPERTY_RE = re.compile(r"\\[pP](?:\{[^}]*\}|\w)")
_CLASS_ESCAPE_RE = re.compile(r"\\([dDwWsS])")
_CODE_RE = re.compile(r"\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
# One digit and one blank stand for all: none is told from another, see cleaner.rules.folding.
_ONE_FOR_ALL = {"d": "0", "s": " "}
_ASCII_DIGITS = frozenset("0123456789")
# To `regex`, these are one where case is ignored.
_TURKIC = frozenset("iIıİ")
# What only `regex` reads as an operation on classes.
_SET_OPERATORS = ("--", "&&", "||", "~~")


class UnknownSyntaxError(ValueError):
    """A pattern has something that this parser does not know."""


_NOTHING = Sequence(())
_ANYTHING = Repeat(Character((), ""), 0, None)


@dataclass(frozen=True, slots=True)
class _Flags:
    ignores_case: bool = False


def parse(pattern: str, *, linear: bool) -> Node:
    """The tree of a pattern, as RE2 reads it if it is linear, else as `regex` does.

    Raises:
        UnknownSyntaxError: it has something else than literals, classes, groups, repetitions,
            anchors, look-around, back references and the flags i and s.
    """
    # `regex` takes a flag anywhere for one of the whole pattern.
    everywhere = not linear and _CASE_RE.search(pattern) is not None
    parser = _Parser(pattern, linear=linear)
    tree, _ = parser.choice(_Flags(ignores_case=everywhere))
    if parser.place < len(pattern):
        raise UnknownSyntaxError(pattern[parser.place :])
    return tree


class _Parser:
    """Reads a pattern from left to right; `place` is where it has come to."""

    def __init__(self, pattern: str, *, linear: bool) -> None:
        self.pattern = pattern
        self.linear = linear
        self.place = 0

    def ahead(self, *beginnings: str) -> bool:
        return self.pattern.startswith(beginnings, self.place)

    def taken(self, known: re.Pattern[str]) -> re.Match[str] | None:
        if match := known.match(self.pattern, self.place):
            self.place = match.end()
        return match

    def choice(self, flags: _Flags) -> tuple[Node, _Flags]:
        """Branches up to the closing bracket; flags that are set in one hold in those after it."""
        branches = []
        while True:
            branch, flags = self.sequence(flags)
            branches.append(branch)
            if not self.ahead("|"):
                return (branches[0] if len(branches) == 1 else Choice(tuple(branches))), flags
            self.place += 1

    def sequence(self, flags: _Flags) -> tuple[Node, _Flags]:
        parts: list[Node] = []
        while self.place < len(self.pattern) and not self.ahead("|", ")"):
            if match := self.taken(_RUN_RE):
                parts += self.literals(match[0], flags)
                continue
            if self.ahead("(?") and (match := self.taken(_FLAGS_RE)):
                inner = _with(flags, match)
                if match[3] == ")":
                    flags = inner
                    continue
                part = self.closed(inner)
            else:
                part = self.atom(flags)
            parts.append(self.quantified(part))
        return Sequence(tuple(parts)), flags

    def closed(self, flags: _Flags) -> Node:
        part, _ = self.choice(flags)
        if not self.ahead(")"):
            raise UnknownSyntaxError(self.pattern)
        self.place += 1
        return part

    def quantified(self, part: Node) -> Node:
        if match := self.taken(_QUANTIFIER_RE):
            least, most = _SIMPLE.get(match[0]) or _limits(match)
            part = Repeat(part, least, most)
            if self.ahead("?") or (self.ahead("+") and not self.linear):
                self.place += 1
            if _QUANTIFIER_RE.match(self.pattern, self.place):  # a repetition of a repetition
                raise UnknownSyntaxError(self.pattern[self.place :])
        return part

    def atom(self, flags: _Flags) -> Node:
        character = self.pattern[self.place]
        if character == "(":
            return self.group(flags)
        if character == "[":
            return self.character_class(flags)
        if character == "\\":
            return self.escape(flags)
        if character == "{" and not self.linear:  # an approximate match, perhaps
            raise UnknownSyntaxError(self.pattern[self.place :])
        self.place += 1
        if character in "^$":
            return Anchor(character)
        if character == ".":
            return Character((), ".")
        [literal] = self.literals(character, flags)
        return literal

    def literals(self, text: str, flags: _Flags) -> list[Node]:
        """The nodes of some literal characters; those that match others unforeseen are unknown."""
        if self.linear or not flags.ignores_case or not _TURKIC & set(text):
            return [Text(text)]
        return [Character((), "") if each in _TURKIC else Text(each) for each in text]

    def group(self, flags: _Flags) -> Node:
        if self.ahead(*_LOOKS):
            self.place += 4 if self.ahead("(?<") else 3
            self.closed(flags)
            return _NOTHING
        if self.ahead("(?>"):
            self.place += 3
        elif self.ahead("(?"):
            if not self.taken(_NAME_RE):
                raise UnknownSyntaxError(self.pattern[self.place :])
        elif self.ahead("(*"):
            raise UnknownSyntaxError(self.pattern[self.place :])
        else:
            self.place += 1
        return self.closed(flags)

    def escape(self, flags: _Flags) -> Node:
        begin = self.place
        if self.taken(_PROPERTY_RE):
            return Character((), self.pattern[begin : self.place], flags.ignores_case)
        following = self.pattern[begin + 1 : begin + 2]
        if match := self.taken(_CLASS_ESCAPE_RE):
            return Character(tuple(self.stand_in(match[1])), match[0], flags.ignores_case)
        if following in _ANCHORS and following:
            self.place += 2
            return Anchor(_ANCHORS[following])
        if following in set("123456789") and not self.linear:
            self.place += 2
            return _ANYTHING
        [literal] = self.literals(self.escaped(), flags)
        return literal

    def escaped(self) -> str:
        """The character that an escape stands for."""
        if self.linear and (match := self.taken(_CODE_RE)):
            return chr(int(match[1] or match[2], 16))
        following = self.pattern[self.place + 1 : self.place + 2]
        if not following or (following.isalnum() and following not in _ESCAPED):
            raise UnknownSyntaxError(self.pattern[self.place :])
        self.place += 2
        return _ESCAPED.get(following, following)

    def character_class(self, flags: _Flags) -> Character:
        begin = self.place
        self.place += 1
        large = self.ahead("^")
        self.place += large
        members: list[str] = []
        first = True
        while first or not self.ahead("]"):
            first = False
            item = self.class_item()
            large = large or not item or len(members) + len(item) > MEMBERS
            members += () if large else item
        self.place += 1
        source = self.pattern[begin : self.place]
        if not self.linear and any(operator in source for operator in _SET_OPERATORS):
            large = True
        if not self.linear and flags.ignores_case and _TURKIC & set(members):
            large = True
        return Character(() if large else tuple(members), source, flags.ignores_case)

    def class_item(self) -> list[str]:
        """The characters of a range or of a single one; none if they are many."""
        if self.place >= len(self.pattern):
            raise UnknownSyntaxError(self.pattern)
        if self.ahead("[:") and (end := self.pattern.find(":]", self.place)) >= 0:
            self.place = end + 2
            return []
        if self.taken(_PROPERTY_RE):
            return []
        if match := self.taken(_CLASS_ESCAPE_RE):
            return self.stand_in(match[1])
        low = self.class_character()
        if not self.ahead("-") or self.ahead("-]"):
            return [low]
        self.place += 1
        if _CLASS_ESCAPE_RE.match(self.pattern, self.place):
            raise UnknownSyntaxError(self.pattern)
        return _range(low, self.class_character())

    def stand_in(self, escape: str) -> list[str]:
        """What an escape for a class of characters folds to, if it is one character."""
        # RE2 and `regex` do not know the same digits; what is folded are those of RE2.
        known = escape in _ONE_FOR_ALL and (self.linear or escape != "d")
        return [_ONE_FOR_ALL[escape]] if known else []

    def class_character(self) -> str:
        if self.ahead("\\"):
            return self.escaped()
        if self.ahead("[") and not self.linear:
            raise UnknownSyntaxError(self.pattern)
        self.place += 1
        return self.pattern[self.place - 1 : self.place]


def _range(low: str, high: str) -> list[str]:
    """The characters of a range; none if they are many."""
    if low in _ASCII_DIGITS and high in _ASCII_DIGITS:
        return ["0"]
    many = ord(high) - ord(low) >= MEMBERS
    return [] if many else [chr(code) for code in range(ord(low), ord(high) + 1)]


def _with(flags: _Flags, match: re.Match[str]) -> _Flags:
    on, off = match[1], match[2] or ""
    if set(on + off) - set("is") or set(on) & set(off):
        raise UnknownSyntaxError(match[0])
    case = "i" in on or (flags.ignores_case and "i" not in off)
    return replace(flags, ignores_case=case)


def _limits(match: re.Match[str]) -> tuple[int, int | None]:
    least = int(match[1])
    if not match[2]:
        return least, least
    return least, int(match[3]) if match[3] else None
