r"""Rule packs: TOML files of patterns, each rule with the lines it must hit and must miss.

Patterns that RE2 can express (nearly all) are matched together and in linear time. The rest
(look-around, back references, `\b`, which RE2 knows for ASCII only) go to `regex`, one by one,
under a time limit. Either way a line is looked at up to `max_chars`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any

import re2
import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cleaner.errors import RuleError
from cleaner.languages.langdetect import CODES
from cleaner.model import Hit, Label

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# RE2 builds the automaton of each pattern lazily within this, and goes on without when it is full.
RE2_MEMORY_BYTES = 16 << 20
# A pattern that takes longer than this on one line, cut to `max_chars`, is broken.
PATTERN_SECONDS = 0.25
DEFAULT_MAX_CHARS = 300
# Pages of a site share their menus: what matched a line is remembered for this many lines.
REMEMBERED_LINES = 16_384
# RE2 reads these as ASCII; a rule means the characters of every script.
_UNICODE_CLASSES = {r"\w": r"\pL\pM\p{Nd}_", r"\d": r"\p{Nd}", r"\s": r"\s\pZ"}
_ESCAPE_RE = re.compile(r"\\[\s\S]|\[|\]")

Examples = Annotated[list[str], Field(min_length=1)]


class Rule(BaseModel):
    """A pattern, the label it speaks for, how loudly and why."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
    label: Annotated[Label, Field(strict=False)]
    weight: Annotated[float, Field(gt=0, le=1, strict=False)]
    pattern: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    hit: Examples
    miss: Examples
    todo: list[str] = []
    opens: bool = False
    max_chars: Annotated[int, Field(gt=0, le=4_000)] = DEFAULT_MAX_CHARS

    @property
    def language(self) -> str | None:
        """The language of the pages it is for, the last part of its id; None for any."""
        last = self.id.rpartition(".")[2]
        return last if last in CODES else None


@dataclass(frozen=True)
class RuleBook:
    """All rules of a run, compiled on first use; picklable."""

    rules: tuple[Rule, ...]
    digest: str

    def __getstate__(self) -> dict[str, Any]:
        return {"rules": self.rules, "digest": self.digest}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    @cached_property
    def _matchers(self) -> dict[str | None, _Matcher]:
        by_language: dict[str | None, list[Rule]] = {}
        for rule in self.rules:
            by_language.setdefault(rule.language, []).append(rule)
        return {language: _Matcher(rules) for language, rules in by_language.items()}

    @cached_property
    def _remembered(self) -> Callable[[str, str | None], tuple[Rule, ...]]:
        return lru_cache(REMEMBERED_LINES)(self._find)

    def matches(self, line: str, language: str | None = None) -> tuple[Rule, ...]:
        """The rules that match a line of a page in this language, in order of the packs.

        English rules and those for any language always take part; where the language is unknown, or
        no pack is for it, all do.

        Raises:
            RuleError: a pattern outside RE2 ran past PATTERN_SECONDS on this line.
        """
        return self._remembered(line, language if language in self._matchers else None)

    def _find(self, line: str, language: str | None) -> tuple[Rule, ...]:
        wanted = {language, "en", None} if language else self._matchers.keys()
        return tuple(
            rule
            for key, matcher in self._matchers.items()
            if key in wanted
            for rule in matcher.matches(line)
        )

    def hits(self, lines: Iterable[str], language: str | None = None) -> Iterator[Hit]:
        """Every match of every rule, in order of lines."""
        for number, line in enumerate(lines):
            for rule in self.matches(line, language):
                yield Hit(number, rule.id, rule.label, rule.weight, rule.reason, rule.opens)


class _Matcher:
    """Some rules, matched together.

    RE2's filter looks for the literals that patterns need, all at once, and tries only the patterns
    whose literals are there. (One RE2 set for all patterns was measured four times slower: its
    automaton has a state for every combination of half-matched patterns, and when it is full, it
    fails without a word.)
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        linear = [(rule, p) for rule in rules if (p := linear_pattern(rule.pattern))]
        self._linear = [rule for rule, _ in linear]
        self._limited = [
            (rule, regex.compile(rule.pattern))
            for rule in rules
            if linear_pattern(rule.pattern) is None
        ]
        self._longest = max((rule.max_chars for rule in rules), default=0)
        self._filter = re2.Filter()
        for _, pattern in linear:
            self._filter.Add(pattern, _re2_options())
        if linear:
            self._filter.Compile()

    def matches(self, line: str) -> Iterator[Rule]:
        """The rules that match a line."""
        if len(line) > self._longest:
            return
        found = self._filter.Match(line) if self._linear else None
        for i in sorted(found or ()):
            if len(line) <= self._linear[i].max_chars:
                yield self._linear[i]
        for rule, pattern in self._limited:
            if _search(rule, pattern, line):
                yield rule


def _re2_options() -> Any:
    options = re2.Options()
    options.max_mem = RE2_MEMORY_BYTES
    options.never_capture = True
    options.log_errors = False
    return options


def _search(rule: Rule, pattern: regex.Pattern[str], line: str) -> bool:
    if len(line) > rule.max_chars:
        return False
    try:
        return pattern.search(line, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        raise RuleError(
            f"rule '{rule.id}': its pattern took over {PATTERN_SECONDS} s on a line of {len(line)}"
            " characters; rewrite it without nested repetition, or lower its max_chars"
        ) from None


@cache
def linear_pattern(pattern: str) -> str | None:
    r"""The pattern for RE2, with \w, \d and \s meant for all scripts; None if RE2 cannot take it.

    >>> linear_pattern(r"^Teil \d+$")
    '^Teil [\\p{Nd}]+$'
    >>> linear_pattern(r"(?<=x)y") is None
    True
    """
    if re.search(r"(?<!\\)(?:\\\\)*\\[bBWDS]", pattern) or "(?<" in pattern or "(?=" in pattern:
        return None
    translated = _for_all_scripts(pattern)
    try:
        re2.compile(translated, _re2_options())
    except re2.error:
        return None
    return translated


def _for_all_scripts(pattern: str) -> str:
    depth = 0

    def translate(match: re.Match[str]) -> str:
        nonlocal depth
        token = match.group()
        if token in "[]":
            depth += 1 if token == "[" else -1
            return token
        inside = _UNICODE_CLASSES.get(token)
        if inside is None:
            return token
        return inside if depth else f"[{inside}]"

    return _ESCAPE_RE.sub(translate, pattern)


def builtin_folder() -> Path:
    """Where the packs are: inside the installed package, or beside it in a checkout."""
    installed = Path(__file__).parent / "_rules"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "rules"


def load_rules(*places: Path) -> RuleBook:
    """The rules of all packs in these files and folders.

    Raises:
        RuleError: a file is no TOML, has an unknown key, a rule without examples, a bad pattern or
            an id that another rule has; the message names file, rule and cure.
    """
    files = [file for place in places for file in _pack_files(place)]
    digest = hashlib.sha256()
    rules: dict[str, tuple[Rule, Path]] = {}
    for file in files:
        raw = file.read_bytes()
        digest.update(raw)
        for rule in _parse(raw, file):
            if rule.id in rules:
                raise RuleError(
                    f"{file}: rule '{rule.id}' also stands in {rules[rule.id][1]}; rename one"
                )
            rules[rule.id] = rule, file
    return RuleBook(tuple(rule for rule, _ in rules.values()), digest.hexdigest())


@cache
def builtin_rules() -> RuleBook:
    """The rules shipped with the package."""
    return load_rules(builtin_folder())


def _pack_files(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(place.glob("*.toml"))
    if place.is_file():
        return [place]
    raise RuleError(f"{place}: no such rule pack; give a .toml file or a folder of them")


def _parse(raw: bytes, file: Path) -> Iterator[Rule]:
    try:
        pack = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: not valid TOML in UTF-8: {error}") from None
    unknown = sorted(pack.keys() - {"rule"})
    if unknown:
        raise RuleError(f"{file}: unknown key '{unknown[0]}'; a pack holds [[rule]] tables only")
    tables = pack.get("rule", [])
    if not isinstance(tables, list):
        raise RuleError(f"{file}: write [[rule]] with double brackets for each rule")
    for number, table in enumerate(tables, 1):
        yield _rule(table, number, file)


def _rule(table: Any, number: int, file: Path) -> Rule:
    name = table.get("id", f"number {number}") if isinstance(table, dict) else f"number {number}"
    place = f"{file}: rule '{name}'"
    try:
        rule = Rule.model_validate(table)
    except ValidationError as error:
        raise RuleError(f"{place}{_complaint(error)}") from None
    if linear_pattern(rule.pattern) is None:
        try:
            regex.compile(rule.pattern)
        except regex.error as error:
            raise RuleError(f"{place} has a bad pattern: {error}; mend {rule.pattern!r}") from None
    return rule


def _complaint(error: ValidationError) -> str:
    first = error.errors()[0]
    key = str(first["loc"][0]) if first["loc"] else "table"
    if first["type"] == "extra_forbidden":
        return f" has an unknown key '{key}'; known are {', '.join(Rule.model_fields)}"
    if key in {"hit", "miss"}:
        wanted = "must be hit" if key == "hit" else "must be kept"
        return f" has no {key} example; add a line that {wanted}"
    if first["type"] == "missing":
        return f" lacks '{key}'; add it"
    if key == "label":
        return f" has an unknown label {first['input']!r}; known are {', '.join(Label)}"
    return f": '{key}' is {first['input']!r}: {first['msg']}"


def failing_examples(rule: Rule) -> Iterator[str]:
    """What a rule's own examples say against it; nothing when it does what it promises."""
    book = RuleBook((rule,), "")
    for kind, examples, expected in (
        ("hit", rule.hit, True),
        ("miss", rule.miss, False),
        ("todo", rule.todo, False),
    ):
        for example in examples:
            if bool(book.matches(example.strip())) != expected:
                yield f"{kind} example {_shown(example)} {_cure(kind)}"


def _shown(example: str) -> str:
    return repr(example if len(example) <= 80 else f"{example[:79]}…")


def _cure(kind: str) -> str:
    return {
        "hit": "does not match; widen the pattern or drop the example",
        "miss": "matches; narrow the pattern",
        "todo": "matches now; move it to 'hit'",
    }[kind]
