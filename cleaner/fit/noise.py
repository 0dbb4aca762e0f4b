"""Noise of labelled pages, and lines of other languages, to make other forms of pages with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cleaner.fit.dress import Lines
from cleaner.gold import GoldLine, GoldPage
from cleaner.model import Label

FEWEST_RUN_LINES = 2
HEADLINE_WORDS = 4
KINDS = (Label.TICKER, Label.COMMENT, Label.SPAM)

Block = tuple[str, str | None, tuple[GoldLine, ...]]  # page, language, lines


@dataclass(frozen=True)
class Noise:
    """Runs of noise lines to wrap articles in, by label, and headlines by language."""

    runs: Mapping[Label, Sequence[Block]]
    headlines: Mapping[str | None, Sequence[GoldLine]]
    short: Mapping[str | None, Sequence[str]]
    """Headlines and whole sentences."""

    @classmethod
    def of(cls, pages: Sequence[GoldPage], foreign: Mapping[str, Sequence[str]]) -> Noise:
        """The noise on some pages, and sentences of more languages as headlines."""
        runs: dict[Label, list[Block]] = defaultdict(list)
        headlines: dict[str | None, Lines] = defaultdict(list)
        for language, sentences in foreign.items():
            headlines[language] += [GoldLine(text=headline(x), label=Label.SPAM) for x in sentences]
        for page in pages:
            for label, group in groupby(scored(page), key=lambda line: line.label):
                lines = tuple(group)
                if label in KINDS and len(lines) >= FEWEST_RUN_LINES:
                    runs[label].append((page.id, page.lang, lines))
                if label is Label.TICKER:
                    full = (x for x in lines if len(x.text.split()) >= HEADLINE_WORDS)
                    headlines[page.lang].extend(full)
        short = {name: [line.text for line in some] for name, some in headlines.items()}
        for language, sentences in foreign.items():
            short[language] += sentences
        return cls(runs, headlines, short)


def headline(sentence: str) -> str:
    """A sentence without its full stop."""
    return sentence.rstrip(".。")


def scored(page: GoldPage) -> Lines:
    """The labelled lines of a page that have text."""
    return [line for line in page.lines if line.label and line.text.strip()]
