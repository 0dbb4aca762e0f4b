"""Many proposals at once: one for each hit of some rules, of some lines, or of some runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat

from cleaner.model import Label, Page, Proposal

NEARLY_SURE = 0.85
DOUBTFUL_WEIGHT = 0.35

# There are thousands a second: this leaves out the Python call that Proposal(...) makes each time.
_proposal = partial(tuple.__new__, Proposal)


def for_lines(
    lines: Sequence[int],
    label: Label,
    weights: Iterable[float],
    rule: str,
    reasons: str | Iterable[str],
) -> Iterator[Proposal]:
    """One proposal a line, each with its weight; a reason for each, or one for all of them.

    The stage is the one that the rule's id begins with.

    >>> [(voice.first, voice.last, voice.weight) for voice in
    ...  for_lines([1, 4], Label.BODY, [0.7, 0.9], "article.prose", "reads like running text")]
    [(1, 1, 0.7), (4, 4, 0.9)]
    """
    stage = rule.partition(".")[0]
    why = repeat(reasons) if isinstance(reasons, str) else reasons
    rows = zip(lines, lines, repeat(label), weights, repeat(stage), repeat(rule), why)
    return map(_proposal, rows)


def for_runs(
    runs: Iterable[tuple[int, int]],
    label: Label,
    weights: Iterable[float],
    rule: str,
    reason: str,
) -> Iterator[Proposal]:
    """One proposal for each run of lines, given by its first and last; else as `for_lines`.

    >>> [voice[:4] for voice in
    ...  for_runs([(1, 4)], Label.BOILERPLATE, [0.4], "boilerplate.outside", "stands outside")]
    [(1, 4, <Label.BOILERPLATE: 'boilerplate'>, 0.4)]
    """
    stage = rule.partition(".")[0]
    for (first, last), weight in zip(runs, weights, strict=True):
        yield Proposal(first, last, label, weight, stage, rule, reason)


def by_rules(stage: str, page: Page, *labels: Label) -> Iterator[Proposal]:
    """The proposals of all rules for these labels, each for its own line.

    A single word between two paragraphs may be their subheading ('Newsletter'), one with an
    exclamation mark somebody's ('Start!'): there a rule that is not nearly sure weighs less.
    """
    lone = page.structure.lone_words
    rows = [
        (
            hit.line,
            hit.line,
            hit.label,
            hit.weight
            if hit.line not in lone or hit.weight >= NEARLY_SURE
            else min(hit.weight, DOUBTFUL_WEIGHT),
            stage,
            hit.rule,
            hit.reason,
        )
        for label in labels
        for hit in page.structure.hits[label]
    ]
    return map(_proposal, rows)
