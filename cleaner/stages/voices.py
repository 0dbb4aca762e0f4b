"""Many proposals at once, in columns: of some lines, of some runs of them, or of rule hits.

There are hundreds of thousands a second: each `Proposal` is made when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, pairwise
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

from cleaner.measure.places import Places, Positions
from cleaner.model import LABELS, Bools, Label, Proposal, Scores
from cleaner.page.pages import Pages

NEARLY_SURE = 0.85
DOUBTFUL_WEIGHT = 0.35
# This leaves out the Python call that Proposal(...) makes each time.
_proposal = partial(tuple.__new__, Proposal)
_NONE = np.zeros(0, np.intp)


class Saying(NamedTuple):
    """What a proposal says, but for where and how loudly."""

    label: Label
    stage: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Voices(Sequence[Proposal]):
    """Proposals in columns, one row each."""

    first: Positions
    last: Positions
    weights: Scores
    said: Positions  # index into `sayings`
    sayings: Sequence[Saying]

    @classmethod
    def of(cls, proposals: Iterable[Proposal]) -> Voices:
        """The columns of proposals that were made one by one."""
        if isinstance(proposals, Voices):
            return proposals
        rows = list(proposals)
        said = [Saying(p.label, p.stage, p.rule, p.reason) for p in rows]
        place = {saying: i for i, saying in enumerate(dict.fromkeys(said))}
        return cls(
            np.asarray([p.first for p in rows], np.intp),
            np.asarray([p.last for p in rows], np.intp),
            np.asarray([p.weight for p in rows], np.float64),
            np.asarray([place[saying] for saying in said], np.intp),
            tuple(place),
        )

    @classmethod
    def joined(cls, several: Sequence[Voices], starts: Sequence[int] = ()) -> Voices:
        """Several as one; if starts are given, the lines of each count from its own."""
        tables = {id(voices.sayings): voices.sayings for voices in several}
        begin = dict(zip(tables, accumulate(map(len, tables.values()), initial=0), strict=False))
        moved = list(zip(several, starts or (0,) * len(several), strict=True))
        return cls(
            np.concatenate([_NONE, *(voices.first + start for voices, start in moved)]),
            np.concatenate([_NONE, *(voices.last + start for voices, start in moved)]),
            np.concatenate([np.zeros(0), *(voices.weights for voices in several)]),
            np.concatenate(
                [_NONE, *(voices.said + begin[id(voices.sayings)] for voices in several)]
            ),
            tuple(chain.from_iterable(tables.values())),
        )

    def __len__(self) -> int:
        return len(self.first)

    @overload
    def __getitem__(self, index: int) -> Proposal: ...
    @overload
    def __getitem__(self, index: slice) -> Voices: ...
    def __getitem__(self, index: int | slice) -> Proposal | Voices:
        if isinstance(index, slice):
            return self.where(index)
        return next(iter(self.where(np.asarray([index]))))

    def __iter__(self) -> Iterator[Proposal]:
        rows = zip(
            self.first.tolist(),
            self.last.tolist(),
            self.weights.tolist(),
            map(self.sayings.__getitem__, self.said.tolist()),
            strict=True,
        )
        for first, last, weight, (label, *said) in rows:
            yield _proposal((first, last, label, weight, *said))

    def where(self, rows: Bools | Positions | slice) -> Voices:
        """Some of the voices."""
        first, last, weights = self.first[rows], self.last[rows], self.weights[rows]
        return Voices(first, last, weights, self.said[rows], self.sayings)

    def apart(self, places: Places) -> list[Voices]:
        """The voices about each of some pages laid end to end."""
        page = places.page[self.first]
        order = page.argsort(kind="stable")
        found, of_page = self.where(order), page[order]
        found = Voices(
            found.first - places.starts[of_page],
            found.last - places.starts[of_page],
            found.weights,
            found.said,
            found.sayings,
        )
        edges = np.searchsorted(of_page, np.arange(len(places.starts) + 1)).tolist()
        return [found[begin:end] for begin, end in pairwise(edges)]


def for_lines(
    lines: Positions, label: Label, weights: npt.ArrayLike, rule: str, reasons: str | Sequence[str]
) -> Voices:
    """One proposal a line, with a weight and a reason each, or one for all of them.

    The stage is the one that the rule's id begins with.

    >>> [(voice.first, voice.last, voice.weight) for voice in
    ...  for_lines(np.array([1, 4]), Label.BODY, [0.7, 0.9], "article.prose", "reads like text")]
    [(1, 1, 0.7), (4, 4, 0.9)]
    """
    return for_runs((lines, lines), label, weights, rule, reasons)


def for_runs(
    runs: tuple[Positions, Positions],
    label: Label,
    weights: npt.ArrayLike,
    rule: str,
    reasons: str | Sequence[str],
) -> Voices:
    """One proposal for each run of lines, given by its first and last; else as `for_lines`.

    >>> [voice[:4] for voice in for_runs((np.array([1]), np.array([4])), Label.BOILERPLATE, 0.4,
    ...  "boilerplate.outside", "stands outside")]
    [(1, 4, <Label.BOILERPLATE: 'boilerplate'>, 0.4)]
    """
    first, last = runs
    several = [reasons] if isinstance(reasons, str) else reasons
    place = {reason: i for i, reason in enumerate(dict.fromkeys(several))}
    loud, said = np.empty(len(first)), np.empty(len(first), np.intp)
    loud[:] = weights
    said[:] = [place[reason] for reason in several]
    stage = rule.partition(".")[0]
    return Voices(first, last, loud, said, [Saying(label, stage, rule, each) for each in place])


def rounded(weights: npt.NDArray[np.floating]) -> list[float]:
    """Weights to two decimals, as Python rounds them: numpy takes some ties for none."""
    return [round(weight, 2) for weight in weights.tolist()]


def by_rules(stage: str, pages: Pages, *labels: Label) -> Voices:
    """The proposals of all rules for these labels, each for its own line.

    A single word between two paragraphs may be their subheading ('Newsletter'), one with an
    exclamation mark somebody's ('Start!'): there a rule that is not nearly sure weighs less.
    """
    hits = pages.hits.where(pages.hits.labelled(*labels))
    less = pages.lone_word[hits.lines] & (hits.weights < NEARLY_SURE)
    weights = np.where(less, np.minimum(hits.weights, DOUBTFUL_WEIGHT), hits.weights)
    rules, said = np.unique(hits.rules, return_inverse=True)
    known = hits.known
    sayings = [
        Saying(LABELS[known.labels[rule]], stage, known.ids[rule], known.reasons[rule])
        for rule in rules.tolist()
    ]
    return Voices(hits.lines, hits.lines, weights, said, sayings)
