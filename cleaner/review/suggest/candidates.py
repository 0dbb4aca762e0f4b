"""Judged lines to rules that would have decided them rightly, and nothing else that was judged."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import chain, count
from typing import Any, NamedTuple

from cleaner.languages.langdetect import CODES
from cleaner.model import ARTICLE, Label
from cleaner.review.gold import JudgedPage
from cleaner.review.lines import State
from cleaner.review.suggest.shapes import Shape, head_of_names, shape, shape_before_names
from cleaner.rules import Rule, RuleBook

# What happened once may be a slip.
FEWEST_LINES = 2
# Longer lines are texts, which do not come back.
LONGEST_CHARS = 200
MOST_EXAMPLES = 4
_MOST_SLUG_CHARS = 32
# As loud as the built-in rules that take a line on their own.
LOUDEST = 0.97
_NOT_SLUG_RE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Saying:
    """A line, what it is, and whether a reviewer said so or nobody has."""

    text: str
    label: Label
    language: str | None
    judged: bool
    wrong: bool = False
    """Whether it was decided otherwise."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that might be written, and the judged lines that it would decide rightly."""

    rule: Rule
    lines: int
    judged_misses: bool
    """Whether its miss examples are lines that were judged; for want of those, others are."""


def sayings(pages: Iterable[JudgedPage]) -> Iterator[Saying]:
    """All that is known of the lines of judged pages: by reviewers, or else where it was sure."""
    for page in pages:
        for line in page.lines:
            label = page.label(line)
            if label is not None:
                wrong = label is not line.final and not {label, line.final} <= set(ARTICLE)
                yield Saying(line.text, label, page.record.language, judged=True, wrong=wrong)
            elif line.state is State.KEPT and line.place not in page.opinions:
                yield Saying(line.text, line.label, page.record.language, judged=False)


class _Group(NamedTuple):
    """Lines of one shape that were decided wrongly, and are all the same."""

    label: Label
    shape: Shape
    lines: list[Saying]


def candidates(known: Sequence[Saying], taken: Collection[str] = ()) -> list[Candidate]:
    """Rules for lines that were decided wrongly more than once, for the most lines first.

    None of them matches a line that is known to be something else. `taken` are ids of other rules.
    """
    ids, found, covered = set(taken), [], set[Saying]()
    for group in _groups(known):
        left = [each for each in group.lines if each not in covered]
        against = [each for each in known if each.label is not group.label]
        if len(left) < FEWEST_LINES or not group.shape.is_telling or _matched(group, against):
            continue
        covered |= set(left)
        same = _matched(group, [e for e in known if e.label is group.label and e.judged])
        hit = [text for text, _ in Counter(e.text for e in same).most_common(MOST_EXAMPLES)]
        name = _id(group, same, ids)
        ids.add(name)
        # The rule of succession: after n lines that were right, the next is with (n+1)/(n+2).
        weight = min(round((len(same) + 1) / (len(same) + 2), 2), LOUDEST)
        rule = _written(group, id=name, weight=weight, hit=hit, miss=_near(hit[0], against))
        found.append(Candidate(rule, len(left), any(each.judged for each in against)))
    return sorted(found, key=lambda each: (-each.lines, each.rule.id))


def _groups(known: Sequence[Saying]) -> Iterator[_Group]:
    """Wrong lines by label and shape, shapes with names at the end first: they hold more."""
    wrong = [each for each in known if each.wrong and len(each.text) <= LONGEST_CHARS]
    for label, own in _grouped(wrong, _shape_of_head):
        if len({shape(each.text) for each in own}) > 1:  # one name teaches nothing
            yield _Group(label, shape_before_names([each.text for each in own]), own)
    for label, own in _grouped(wrong, shape):
        yield _Group(label, shape(own[0].text), own)


def _shape_of_head(text: str) -> Shape | None:
    head = head_of_names(text)
    return None if head is None else shape(head)


def _grouped(
    wrong: Iterable[Saying], shaped: Callable[[str], Shape | None]
) -> Iterator[tuple[Label, list[Saying]]]:
    groups: dict[tuple[Label, Shape], list[Saying]] = defaultdict(list)
    for each in wrong:
        form = shaped(each.text)
        if form is not None:
            groups[each.label, form].append(each)
    return ((label, own) for (label, _), own in groups.items())


def _matched(group: _Group, among: Sequence[Saying]) -> list[Saying]:
    """Those of these lines that a group's pattern matches."""
    trial = _written(group, id="trial.any", weight=1.0, hit=["-"], miss=["-"])
    hits = RuleBook((trial,), "").hits([each.text for each in among])
    return [among[line] for line in sorted({hit.line for hit in hits})]


def _written(group: _Group, **about: Any) -> Rule:
    label, pattern = group.label, group.shape.pattern
    reason = f"reads like lines that reviewers called {label}"
    return Rule(label=label, pattern=pattern, reason=reason, **about)


def _near(text: str, against: Sequence[Saying]) -> list[str]:
    """The lines most like a text among those that are something else: judged ones, if there are."""
    judged = [each.text for each in against if each.judged]
    among = sorted(set(judged or (each.text for each in against)))
    matcher = SequenceMatcher(b=text, autojunk=False)

    def likeness(other: str) -> float:
        matcher.set_seq1(other)
        return matcher.real_quick_ratio() and matcher.ratio()

    short = [each for each in among if len(each) <= LONGEST_CHARS] or among
    return sorted(short, key=lambda each: (-likeness(each), each))[:MOST_EXAMPLES]


def _id(group: _Group, lines: Sequence[Saying], ids: Collection[str]) -> str:
    plain = (
        unicodedata.normalize("NFKD", group.shape.fixed).encode("ascii", "ignore").decode().lower()
    )
    slug = _NOT_SLUG_RE.sub("_", plain)[:_MOST_SLUG_CHARS].strip("_")
    slug = slug or sha256(group.shape.pattern.encode()).hexdigest()[:8]
    languages = {each.language for each in lines}
    [language] = languages if len(languages) == 1 and languages <= CODES else {"any"}
    endings = chain([""], (f"_{number}" for number in count(2)))
    names = (f"{group.label}.{slug}{ending}.{language}" for ending in endings)
    return next(name for name in names if name not in ids)
