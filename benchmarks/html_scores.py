"""How good an extracted text is, by the labelled lines of its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import fmean

from html_tools import Extracted

from cleaner import Label
from cleaner.evaluate import Fate, GoldPage, Scores, weigh
from cleaner.model import NOISE

# A line this long or shorter must stand in the text whole. A longer one is looked for in pieces of
# which half must stand there: tools mend and break lines differently.
WHOLE_LINE_CHARS = 60
PIECE_CHARS = 30
PIECES_SHARE = 0.5
GRAM_WORDS = 4
_NO_WORD_RE = re.compile(r"\W")
_WORD_RE = re.compile(r"\w+")


@dataclass(frozen=True)
class Grams:
    """Shares of runs of words: in both texts, in what was found only, in what was wanted only."""

    both: float
    found: float
    wanted: float

    @property
    def precision(self) -> float:
        """Share of what was found that was wanted; 1 where neither is anything."""
        return self._share(self.found, self.wanted)

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 1 where neither is anything."""
        return self._share(self.wanted, self.found)

    def _share(self, missed: float, other: float) -> float:
        if self.both + missed:
            return self.both / (self.both + missed)
        return float(not other)


@dataclass
class Quality:
    """The quality of a tool over the pages added so far."""

    lines: Scores = field(default_factory=Scores)
    grams: list[Grams] = field(default_factory=list)
    failed: int = 0

    def add(self, page: GoldPage, found: Extracted | None) -> None:
        """Count one more page; nothing is kept of one that the tool raised at."""
        self.failed += found is None
        text, body = found or ("", "")
        self.lines.add(page.id, fates(page, text))
        self.grams.append(grams(body, body_of(page)))

    @property
    def noise_kept(self) -> float:
        """How much of the noise was kept."""
        whole = sum(self.lines.weights[label] for label in NOISE)
        gone = sum(self.lines.removed[label] for label in NOISE)
        return (whole - gone) / whole if whole else 0.0

    @property
    def body_lost(self) -> float:
        """How much of the body was removed."""
        return self.lines.removed_share(Label.BODY) or 0.0

    @property
    def precision(self) -> float:
        """The mean of the pages' precision of runs of words."""
        return fmean(each.precision for each in self.grams)

    @property
    def recall(self) -> float:
        """The mean of the pages' recall of runs of words."""
        return fmean(each.recall for each in self.grams)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def body_of(page: GoldPage) -> str:
    """The lines labelled body."""
    return "\n".join(line.text for line in page.lines if line.label is Label.BODY)


def fates(page: GoldPage, text: str) -> Iterator[Fate]:
    """What became of each labelled line, where this text was kept."""
    kept = _letters(text)
    for i, line in enumerate(page.lines):
        if line.label and line.text.strip():
            removed = not stands(_letters(line.text), kept)
            yield Fate(i, line.label, weigh(line.text), removed=removed, label=None)


def _letters(text: str) -> str:
    """Letters, digits and underscores, in lower case."""
    return _NO_WORD_RE.sub("", text).lower()


def stands(line: str, text: str) -> bool:
    """Whether a line stands in a text, both without what is no letter or digit.

    >>> stands("ja", "neinja"), stands("", "nein"), stands("a" * 90, "a" * 45)
    (True, False, True)
    """
    if len(line) <= WHOLE_LINE_CHARS:
        return bool(line) and line in text
    starts = range(0, len(line) - PIECE_CHARS + 1, PIECE_CHARS)
    found = sum(line[i : i + PIECE_CHARS] in text for i in starts)
    return found >= PIECES_SHARE * len(starts)


def grams(found: str, wanted: str) -> Grams:
    """How far the runs of GRAM_WORDS words in two texts are the same, as shares of all of them.

    As the public benchmarks of article extraction count: a text shorter than a run is one run, and
    runs that come back count as often as they do.
    """
    one, two = _runs(found), _runs(wanted)
    both = sum((one & two).values())
    total = max(1, sum((one | two).values()))
    return Grams(both / total, sum((one - two).values()) / total, sum((two - one).values()) / total)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD_RE.findall(text)
    starts = range(max(1, len(words) - GRAM_WORDS + 1)) if words else ()
    return Counter(tuple(words[i : i + GRAM_WORDS]) for i in starts)
