"""Whether single lines are told to be in another language than their page, and falsely so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.gold import GoldPage
from cleaner.languages import LanguageEngine
from cleaner.languages.kin import at_home
from cleaner.languages.lines import foreign
from cleaner.languages.pages import PageLanguages
from cleaner.measure import measure
from cleaner.model import ARTICLE, Page
from cleaner.pipeline import Pipeline
from cleaner.text.segment import segment

# A page of a language is a paragraph of so many of its sentences, and the line in question; of each
# language so many lines are tried on the pages of each.
PARAGRAPH_SENTENCES, TRIED_LINES = 5, 25
BATCH_PAGES = 512
GOLD_PAGES = 32
# Lines are told apart by their letters, up to and including the second number.
LENGTHS = ((1, 24), (25, 39), (40, 59), (60, 79), (80, 119), (120, 10**9))
# ISO 639-1 has Norwegian, and its written forms.
_CODES = {"nb": "no", "nn": "no"}


class Line(NamedTuple):
    """A line, the language of the page it stood on, and whether it was told to be foreign."""

    page: str
    language: str
    letters: int
    told: bool

    @property
    def is_home(self) -> bool:
        """Whether it is in the page's language, or in one that is the same to an engine."""
        return self.language in at_home([self.page])


class Rate(NamedTuple):
    """Of so many lines, so many went wrong."""

    lines: int = 0
    wrong: int = 0

    @property
    def share(self) -> float | None:
        """The share that went wrong; None of no lines."""
        return self.wrong / self.lines if self.lines else None


class Rates(NamedTuple):
    """Lines of the page's language that were told to be foreign, and foreign ones that were not."""

    false_alarms: Rate
    misses: Rate

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Rates:
        """The rates of some lines."""
        some = list(lines)
        home = [line.told for line in some if line.is_home]
        others = [not line.told for line in some if not line.is_home]
        return cls(Rate(len(home), sum(home)), Rate(len(others), sum(others)))


def code_of(name: str) -> str:
    """The code that engines have for a language.

    >>> code_of("nb"), code_of("de")
    ('no', 'de')
    """
    return _CODES.get(name, name)


def lone_lines(
    sentences: Mapping[str, Sequence[str]], engine: LanguageEngine, min_letters: int
) -> Iterator[Line]:
    """Sentences of all languages, each by itself below a paragraph of each language."""
    rest = iter(_pairs(sentences))
    while some := list(islice(rest, BATCH_PAGES)):
        documents = [segment(f"{paragraph}\n{line}") for _, _, paragraph, line in some]
        measured = measure(documents)
        languages = [PageLanguages(page) for page, *_ in some]
        told = foreign(documents, measured, languages, engine, min_letters)
        for (page, language, _, _), m, of_page in zip(some, measured, told, strict=True):
            yield Line(page, language, int(m.letters[-1]), bool(of_page.foreign[-1] > 0))


def _pairs(sentences: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str, str]]:
    """The page's language, the line's, the page's paragraph, the line."""
    for page, own in sentences.items():
        paragraph = " ".join(own[:PARAGRAPH_SENTENCES])
        for language, others in sentences.items():
            first = PARAGRAPH_SENTENCES if language == page else 0
            for line in others[first : first + TRIED_LINES]:
                yield code_of(page), code_of(language), paragraph, line


def article_lines(pages: Iterable[GoldPage], pipeline: Pipeline) -> Iterator[Line]:
    """The lines of the pages' articles; all count as lines of the page's language, rightly or not.

    Raises:
        CleanerError: a page cannot be read.
    """
    rest = iter(pages)
    while some := list(islice(rest, GOLD_PAGES)):
        read = pipeline.pages([page.document() for page in some])
        for gold, page in zip(some, read, strict=True):
            if not isinstance(page, Page):
                raise page
            language = gold.lang or page.language or ""
            columns = zip(page.measured.letters.tolist(), page.foreign > 0, strict=True)
            labels = gold.labels_of(page.document)
            for label, (letters, told) in zip(labels, columns, strict=True):
                if label in ARTICLE and letters:
                    yield Line(language, language, letters, bool(told))


def by_length(lines: Iterable[Line]) -> dict[str, Rates]:
    """The rates of lines by their letters."""
    some = list(lines)
    bins = {
        f"{low} to {high}" if high < LENGTHS[-1][1] else f"{low} and more": [
            line for line in some if low <= line.letters <= high
        ]
        for low, high in LENGTHS
    }
    return {name: Rates.of(of_bin) for name, of_bin in bins.items() if of_bin}


def by_page(lines: Iterable[Line]) -> dict[str, Rates]:
    """The rates of lines by the language of their page."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.page].append(line)
    return {page: Rates.of(some) for page, some in sorted(found.items())}


def by_pair(lines: Iterable[Line]) -> dict[tuple[str, str], Rate]:
    """Of lines of one language on pages of another, or of the same, how many went wrong."""
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for line in lines:
        found[line.page, line.language].append(line.told == line.is_home)
    return {pair: Rate(len(wrong), sum(wrong)) for pair, wrong in sorted(found.items())}
