"""How well languages are told apart, as the command line prints it: rich tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cleaner.evaluate.foreign import Mixed, OnlyForeign
from cleaner.evaluate.foreign_lines import Rate, Rates
from cleaner.evaluate.languages import Languages
from cleaner.text.hidden import inert

NOTHING = "·"
WORST_PAIRS = 20


def language_tables(result: Languages) -> RenderableType:
    """All there is to say, one table below the other."""
    return Group(*_parts(result))


def _parts(result: Languages) -> Iterator[RenderableType]:
    total = sum(result.named.values())
    right = sum(count for (own, named), count in result.named.items() if own == named)
    yield Text(
        f"{result.engine}: names the language of {right:,} of {total:,} sentences"
        f" ({_percent(right / max(1, total))}), {result.micros:.0f} µs each",
        style="bold",
    )
    yield from _told("lone lines by letters", result.lengths)
    yield from _told("lone lines by the page's language", result.pages)
    yield _caption("pairs that go wrong most often")
    yield _pairs(result.pairs)
    yield from _told("article lines of the gold pages by letters", result.gold_lengths)
    yield from _told("article lines of the gold pages by the page's language", result.gold_pages)
    yield _caption("foreign lines in and below articles, in letters and digits")
    yield _mixed(result.mixed)
    yield _caption("gold articles, in letters and digits")
    yield _articles(result.articles)


def _told(title: str, rates: Mapping[str, Rates]) -> Iterator[RenderableType]:
    yield _caption(title)
    table = _table("", "lines", "false alarms", "foreign lines", "misses")
    for name, (false, missed) in rates.items():
        table.add_row(Text(inert(name)), *_rate(false), *_rate(missed))
    yield table


def _rate(rate: Rate) -> tuple[str, str]:
    return f"{rate.lines:,}", _percent(rate.share)


def _pairs(pairs: Mapping[tuple[str, str], Rate]) -> Table:
    table = _table("page", "line", "lines", "wrong")
    wrong = [(rate, pair) for pair, rate in pairs.items() if rate.wrong]
    worst = sorted(wrong, key=lambda each: (-(each[0].share or 0), each[1]))
    for rate, (page, language) in worst[:WORST_PAIRS]:
        table.add_row(Text(inert(page)), Text(inert(language)), *_rate(rate))
    return table


def _mixed(mixed: Mapping[str, Mixed]) -> Table:
    columns = ("articles", "foreign", "removed", "as spam", "article", "lost", "lost alone")
    table = _table("", *columns)
    for name, m in mixed.items():
        table.add_row(
            Text(inert(name)),
            f"{m.articles:,}",
            f"{m.foreign:,}",
            *(_percent(x / max(1, m.foreign)) for x in (m.removed, m.as_spam)),
            f"{m.article:,}",
            *(_percent(x / max(1, m.article)) for x in (m.lost, m.lost_alone)),
        )
    return table


def _articles(articles: Mapping[str, OnlyForeign]) -> Table:
    table = _table("", "article", "removed for its language alone", "lines")
    for name, only in articles.items():
        share = _percent(only.removed / max(1, only.article))
        table.add_row(Text(inert(name)), f"{only.article:,}", share, f"{only.lines:,}")
    return table


def _caption(text: str) -> Text:
    return Text(f"\n{text}", style="dim")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, justify="right" if column != columns[0] else "left")
    return table


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{share:.2%}"
