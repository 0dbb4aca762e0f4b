"""Rule packs: TOML files of patterns, each rule with the lines it must hit and must miss."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cleaner.errors import RuleError
from cleaner.languages.kin import at_home
from cleaner.languages.langdetect import CODES
from cleaner.measure.places import Places, Positions
from cleaner.model import Label
from cleaner.rules.candidates import Candidates
from cleaner.rules.hits import Hits, KnownRules
from cleaner.rules.matching import Matcher
from cleaner.rules.needs import builtin_folder as builtin_folder  # for callers, too
from cleaner.rules.patterns import check

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEFAULT_MAX_CHARS = 300
# Processes that are sent rules are mostly sent those of one pipeline.
SHARED_BOOKS = 4

# Rules of these take part on every page.
_ALWAYS = frozenset({None, "en"})

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
    everywhere: bool = False
    max_chars: Annotated[int, Field(gt=0, le=4_000)] = DEFAULT_MAX_CHARS

    @property
    def language(self) -> str | None:
        """The language of the pages it is for, the last part of its id; None for any."""
        last = self.id.rpartition(".")[2]
        return last if last in CODES else None


@dataclass(frozen=True)
class RuleBook:
    """All rules of a run, compiled on first use; picklable.

    Of one that is sent to a process again and again, there is one there: compiling takes longer
    than cleaning a hundred pages.
    """

    rules: tuple[Rule, ...]
    digest: str

    def __reduce__(self) -> tuple[Any, ...]:
        return _shared, (self.rules, self.digest)

    @cached_property
    def _languages(self) -> frozenset[str | None]:
        return frozenset(rule.language for rule in self.rules)

    @cached_property
    def _matcher_of(self) -> Callable[[frozenset[str | None]], tuple[Matcher, Positions]]:
        return cache(self._compiled)

    def _compiled(self, wanted: frozenset[str | None]) -> tuple[Matcher, Positions]:
        groups = sorted({"", *map(_group, wanted)})
        places, candidates = zip(*map(self._candidates_of, groups), strict=True)
        return Matcher(*candidates), np.concatenate(places)

    @cached_property
    def _candidates_of(self) -> Callable[[str], tuple[Positions, Candidates]]:
        # So that no language has those of English and of any language once more.
        return cache(self._candidates)

    def _candidates(self, group: str) -> tuple[Positions, Candidates]:
        places = [place for place, rule in enumerate(self.rules) if _group_of(rule) == group]
        return np.array(places, np.intp), Candidates([self.rules[place] for place in places])

    @cached_property
    def _known(self) -> KnownRules:
        rows = ((r.id, r.label, r.weight, r.reason, r.opens) for r in self.rules)
        return KnownRules.of(rows, [rule.pattern for rule in self.rules])

    def knows(self, language: str | None) -> bool:
        """Whether any rule is for pages in this language in particular."""
        return bool((at_home([language]) if language else {None}) & self._languages)

    def matches(self, line: str, language: str | None = None) -> tuple[Rule, ...]:
        """The rules that match a line of a page in this language, in order of the packs.

        English rules, those for any language and those for everywhere always take part, those of
        a language that engines take it for (Danish for Norwegian), too, and all do where the
        language is unknown. Many lines at once, by `hits`, take a fraction of the time.

        Raises:
            RuleError: a pattern outside RE2 ran past its time limit on this line.
        """
        return tuple(map(self.rules.__getitem__, self.hits([line], language).rules.tolist()))

    def hits(self, lines: Sequence[str], language: str | None = None) -> Hits:
        """Every match of every rule, in order of lines."""
        wanted = _ALWAYS | at_home([language]) if language else self._languages
        matcher, places = self._matcher_of(wanted & self._languages)
        matched, rules = matcher.matches(lines)
        found = places[rules]
        order = np.lexsort((found, matched))
        return Hits(matched[order], found[order], self._known)

    def hits_of_pages(
        self, pages: Sequence[Sequence[str]], language: str | None = None
    ) -> list[Hits]:
        """The hits of the lines of each of several pages in one language.

        What `hits` finds for each, in two thirds of the time if pages are short.
        """
        found = self.hits([*chain.from_iterable(pages)], language)
        return found.apart(Places.of(list(map(len, pages))))


def _shared(rules: tuple[Rule, ...], digest: str) -> RuleBook:
    """The book of these rules that came first."""
    books = _books(digest)
    if not books:
        books.append(RuleBook(rules, digest))
    return books[0]


@lru_cache(SHARED_BOOKS)
def _books(digest: str) -> list[RuleBook]:  # noqa: ARG001  # one list for each
    return []


def _group(language: str | None) -> str:
    """The group of the rules for a language; those that always take part are one."""
    return "" if language in _ALWAYS else str(language)


def _group_of(rule: Rule) -> str:
    return "" if rule.everywhere else _group(rule.language)


def load_rules(*places: Path) -> RuleBook:
    """The rules of all packs in these files and folders.

    Patterns of the built-in packs are not checked here, which takes some milliseconds each; their
    tests have.

    Raises:
        RuleError: a file is no TOML, has an unknown key, a rule without examples, a bad pattern or
            an id that another rule has; the message names file, rule and cure.
    """
    files = [file for place in places for file in _pack_files(place)]
    digest, builtin = hashlib.sha256(), builtin_folder()
    rules: dict[str, tuple[Rule, Path]] = {}
    for file in files:
        raw = file.read_bytes()
        digest.update(raw)
        for rule in _parse(raw, file):
            if file.parent != builtin:
                _check_pattern(rule, file)
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
        found = sorted(place.glob("*.toml"))
        if not found:
            raise RuleError(f"{place}: has no rule pack; give a .toml file or a folder of them")
        return found
    if place.is_file():
        return [place]
    raise RuleError(f"{place}: no such rule pack; give a .toml file or a folder of them")


def _parse(raw: bytes, file: Path) -> Iterator[Rule]:
    try:
        pack = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
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
    return rule


def _check_pattern(rule: Rule, file: Path) -> None:
    if wrong := check(rule.pattern):
        raise RuleError(
            f"{file}: rule '{rule.id}' has a bad pattern: {wrong}; mend {rule.pattern!r}"
        )


def _complaint(error: ValidationError) -> str:
    first = error.errors()[0]
    key = str(first["loc"][0]) if first["loc"] else "table"
    if first["type"] == "extra_forbidden":
        return f" has an unknown key '{key}'; known are {', '.join(Rule.model_fields)}"
    if key in {"hit", "miss"} and first["type"] in {"missing", "too_short"}:
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
