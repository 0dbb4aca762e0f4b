"""How well languages are told apart, and what becomes of foreign lines: see docs/languages.md."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from cleaner.errors import SourceError
from cleaner.evaluate.foreign import Mixed, OnlyForeign, judge_articles, judge_mixed
from cleaner.evaluate.foreign_lines import (
    Rate,
    Rates,
    article_lines,
    by_length,
    by_page,
    by_pair,
    code_of,
    lone_lines,
)
from cleaner.gold import GoldPage
from cleaner.languages import LanguageEngine, engine
from cleaner.pipeline import Pipeline

DIGITS = 4
FEWEST_LANGUAGES = 2


@dataclass(frozen=True, slots=True)
class Languages:
    """How an engine and the pipeline behind it do on sentences, and on gold pages."""

    engine: str
    micros: float  # a sentence
    named: Mapping[tuple[str, str], int]
    """How many sentences of a language an engine takes for a language ('' for none)."""
    pairs: Mapping[tuple[str, str], Rate]
    """Lines of a language, the second, on pages of one, the first, that went wrong."""
    lengths: Mapping[str, Rates]
    pages: Mapping[str, Rates]
    gold_lengths: Mapping[str, Rates]
    gold_pages: Mapping[str, Rates]
    mixed: Mapping[str, Mixed]
    articles: Mapping[str, OnlyForeign]


def measure_languages(
    pages: Sequence[GoldPage],
    sentences: Mapping[str, Sequence[str]],
    pipeline: Pipeline,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> Languages:
    """How the pipeline's language engine does on sentences, and the pipeline on gold pages.

    Raises:
        SourceError: there are sentences of one language only, or of none.
    """
    if len(sentences) < FEWEST_LANGUAGES:
        raise SourceError(
            f"sentences of {len(sentences)} languages are too few to tell them apart; put LANG.txt"
            " of two languages at least into the folder, one sentence a line"
        )
    chosen = pipeline.settings.language
    asked = engine(chosen.engine)
    lone = list(lone_lines(sentences, asked, chosen.min_letters))
    own = list(article_lines(pages, pipeline))
    started = clock()
    named = _named(sentences, asked)
    seconds = clock() - started
    return Languages(
        engine=chosen.engine,
        micros=1e6 * seconds / max(1, sum(named.values())),
        named=named,
        pairs=by_pair(lone),
        lengths=by_length(lone),
        pages=by_page(lone),
        gold_lengths=by_length(own),
        gold_pages=by_page(own),
        mixed=judge_mixed(pages, sentences, pipeline),
        articles=judge_articles(pages, pipeline),
    )


def _named(
    sentences: Mapping[str, Sequence[str]], asked: LanguageEngine
) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for name, some in sentences.items():
        for answer in asked(some):
            best = max(answer, key=lambda code: answer[code], default="")
            found[code_of(name), best] += 1
    return dict(sorted(found.items()))


def language_summary(result: Languages) -> dict[str, object]:
    """A result as plain values, for JSON; shares between 0 and 1, null where undefined."""
    return {
        "engine": result.engine,
        "micros": round(result.micros, 1),
        "named": _nested(result.named),
        "wrong": _nested({pair: rate.wrong for pair, rate in result.pairs.items() if rate.wrong}),
        "by_length": _rates(result.lengths),
        "by_page": _rates(result.pages),
        "gold": {"by_length": _rates(result.gold_lengths), "by_page": _rates(result.gold_pages)},
        "mixed": {name: asdict(mixed) for name, mixed in result.mixed.items()},
        "articles": {name: asdict(only) for name, only in result.articles.items()},
    }


def _nested(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (one, other), count in counts.items():
        found.setdefault(one, {})[other] = count
    return found


def _rates(rates: Mapping[str, Rates]) -> dict[str, dict[str, float | int | None]]:
    return {
        name: {
            "lines": false.lines,
            "false_alarms": _rounded(false.share),
            "foreign_lines": missed.lines,
            "misses": _rounded(missed.share),
        }
        for name, (false, missed) in rates.items()
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, DIGITS)
