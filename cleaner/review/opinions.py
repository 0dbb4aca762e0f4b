"""What all reviewers together say about a line: one thing, or several."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from cleaner.errors import ReviewError
from cleaner.model import Label
from cleaner.review.lines import Decided
from cleaner.review.schema import existing, opened
from cleaner.review.store import standing
from cleaner.review.values import Place, Verdict, text_hash


@dataclass(frozen=True, slots=True)
class Opinion:
    """The standing verdicts on one line, one of each reviewer."""

    verdicts: tuple[Verdict, ...]

    @property
    def place(self) -> Place:
        """Which line it is about."""
        return self.verdicts[0].place

    @property
    def text(self) -> str:
        """The hash of the line's text."""
        return self.verdicts[0].text

    @property
    def label(self) -> Label | None:
        """What the line is; None where the reviewers disagree."""
        labels = {verdict.label for verdict in self.verdicts}
        return labels.pop() if len(labels) == 1 else None

    @property
    def last(self) -> Verdict:
        """The latest verdict."""
        return max(self.verdicts, key=lambda verdict: (verdict.time, verdict.act.reviewer))


def opinions(verdicts: Iterable[Verdict]) -> Iterator[Opinion]:
    """The verdicts on each line together, in order of documents and lines."""
    ordered = sorted(verdicts, key=_by_line)
    return (Opinion(tuple(each)) for _, each in groupby(ordered, key=_by_line))


def _by_line(verdict: Verdict) -> tuple[Place, str]:
    return verdict.place, verdict.text


def match(lines: Iterable[Decided], opinions: Iterable[Opinion]) -> dict[Place, Opinion]:
    """The opinion on each line that there is one on, by its place.

    Opinions on lines that the document does not have any more are left out.
    """
    told = {opinion.place: opinion for opinion in opinions}
    return {
        line.place: told[line.place]
        for line in lines
        if line.place in told and text_hash(line.text) == told[line.place].text
    }


def read_opinions(
    files: Sequence[Path], reviewers: Collection[str] = ()
) -> dict[str, list[Opinion]]:
    """What stands in files of verdicts, or beside runs, by document.

    Of these reviewers only, if any are named.

    Raises:
        ReviewError: a file is not there or holds no verdicts, or a reviewer has none.
    """
    with ExitStack() as stack:
        connections = [stack.enter_context(opened(existing(file))) for file in files]
        found = [verdict for each in connections for verdict in standing(each)]
    unknown = sorted(set(reviewers) - {verdict.act.reviewer for verdict in found})
    if unknown:
        known = ", ".join(sorted({verdict.act.reviewer for verdict in found})) or "nobody"
        raise ReviewError(f"no verdicts of '{unknown[0]}'; there are some of {known}")
    chosen = [v for v in found if not reviewers or v.act.reviewer in reviewers]
    grouped = groupby(opinions(chosen), key=lambda opinion: opinion.place.doc)
    return {doc: list(each) for doc, each in grouped}
