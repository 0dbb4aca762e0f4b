"""The language of a page, told by its running text, and the second one of a bilingual page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cleaner.languages import LanguageEngine
from cleaner.languages.kin import at_home
from cleaner.languages.scripts import (
    LONG_LINES_POWER,
    language_of_script,
    page_scripts,
)
from cleaner.measure.places import Places
from cleaner.model import Document, Measurements

# The best lines of running text are asked about, as much of each; on 1,593 articles with foreign
# lines in and below them, 16 pages are misnamed. (With one sample of the page: 47.)
ASKED_LINES, ASKED_CHARS = 8, 120
# The page's first line counts this much, its last one 1 less: what is foreign mostly stands below.
TOP_COUNTS = 1.5
LONG_LINE_WIDTH = 400
LEAST_PROSE = 0.02
# Less than this says nothing of a page's language.
PAGE_MIN_LETTERS = 60
# A language has this share of the votes, and one line for it is this sure.
FIRST_SHARE, FIRST_PROBABILITY = 0.35, 0.7
# A second language has so many paragraphs, and this share of the votes.
SECOND_LINES, SECOND_LETTERS, SECOND_PROSE, SECOND_SHARE = 2, 120, 0.5, 0.2
SECOND_PROBABILITY = 0.9

Answers = Sequence[Mapping[str, float]]


class PageLanguages(NamedTuple):
    """ISO 639-1 codes; None where there is none, or where the page says too little."""

    first: str | None = None
    second: str | None = None

    @property
    def known(self) -> tuple[str, ...]:
        """Those there are."""
        return tuple(code for code in self if code)


class _Sample(NamedTuple):
    """The lines of a page that are asked about, best first."""

    texts: Sequence[str]
    letters: int
    counts: Sequence[float]  # how much each counts
    paragraphs: Sequence[bool]  # which are long enough to be one of a bilingual page


class _Vote(NamedTuple):
    """What a line says of its page's language."""

    code: str
    sure: float
    is_paragraph: bool


def page_languages(
    documents: Sequence[Document], measured: Sequence[Measurements], engine: LanguageEngine
) -> list[PageLanguages]:
    """The languages of each page's running text."""
    places = Places.of([len(document.lines) for document in documents])
    scripts = page_scripts(measured, places.page).tolist()
    samples = [_sample(d, m) for d, m in zip(documents, measured, strict=True)]
    answers = iter(engine([text for sample in samples for text in sample.texts]))
    return [
        _languages(sample, [next(answers) for _ in sample.texts], script)
        for sample, script in zip(samples, scripts, strict=True)
    ]


def _sample(document: Document, m: Measurements) -> _Sample:
    gains = (m.prose + LEAST_PROSE) * np.minimum(m.width, LONG_LINE_WIDTH)
    lines = (-gains).argsort(kind="stable")[:ASKED_LINES]
    higher = TOP_COUNTS - lines / max(1, len(gains) - 1)
    paragraphs = (m.prose[lines] >= SECOND_PROSE) & (m.letters[lines] >= SECOND_LETTERS)
    return _Sample(
        [document.content(line)[:ASKED_CHARS] for line in lines.tolist()],
        int(m.letters[lines].sum()),
        (gains[lines].astype(np.float64) ** LONG_LINES_POWER * higher).tolist(),
        paragraphs.tolist(),
    )


def _languages(sample: _Sample, answers: Answers, script: int) -> PageLanguages:
    shares, votes = _shares(sample, answers), _votes(sample, answers)
    of_script = language_of_script(script, sample.texts, sample.counts)
    first = of_script or _first(sample, shares, votes)
    return PageLanguages(first, _second(first, shares, votes) if first else None)


def _shares(sample: _Sample, answers: Answers) -> dict[str, float]:
    """The share of each language in what the lines say."""
    found: dict[str, float] = defaultdict(float)
    for answer, count in zip(answers, sample.counts, strict=True):
        for code, share in answer.items():
            found[code] += share * count
    total = sum(sample.counts)
    return {code: share / total for code, share in found.items()}


def _votes(sample: _Sample, answers: Answers) -> list[_Vote]:
    found = []
    for answer, is_paragraph in zip(answers, sample.paragraphs, strict=True):
        if answer:
            best = max(answer, key=lambda code: answer[code])
            found.append(_Vote(best, answer[best], is_paragraph))
    return found


def _first(sample: _Sample, shares: Mapping[str, float], votes: Sequence[_Vote]) -> str | None:
    best = max(shares, key=lambda code: shares[code], default=None)
    if best is None or sample.letters < PAGE_MIN_LETTERS or shares[best] < FIRST_SHARE:
        return None
    sure = any(vote.code == best and vote.sure >= FIRST_PROBABILITY for vote in votes)
    return best if sure else None


def _second(first: str, shares: Mapping[str, float], votes: Sequence[_Vote]) -> str | None:
    """The language of whole paragraphs, where some are in the first and some in another."""
    sure = [vote.code for vote in votes if vote.is_paragraph and vote.sure >= SECOND_PROBABILITY]
    others = Counter(code for code in sure if code not in at_home([first]))
    for code, lines in others.most_common(1):
        if lines >= SECOND_LINES and first in sure and shares[code] >= SECOND_SHARE:
            return code
    return None
