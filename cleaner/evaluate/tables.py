"""Results as the command line prints them: rich tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cleaner.evaluate.calibration import Bin, calibration_error, reliability
from cleaner.evaluate.fate import Judged
from cleaner.evaluate.results import Result, worst_by_f1, worst_by_weight
from cleaner.evaluate.scores import Counts, Scores
from cleaner.model import NOISE, Label
from cleaner.show import COLOURS
from cleaner.text.hidden import inert

NOTHING = "·"


def tables(result: Result) -> RenderableType:
    """The scores of one gold file beside those of doing nothing, and what went wrong how."""
    return Group(*_parts(result))


def _parts(result: Result) -> Iterator[RenderableType]:
    how = f", {result.folds}" if result.folds else ""
    yield Text(f"{inert(result.name)}: {len(result.pages)} pages{how}", style="bold")
    yield _quality({"cleaner": result.scores, "doing nothing": result.nothing}.items())
    yield from _facts(result.scores)
    yield _caption("share of each label's letters, by what it was taken for (rows: gold)")
    yield _confusion(result.scores)
    yield _caption("the same in lines")
    yield _confusion_lines(result.scores)
    yield _caption("lines by score, and how many of them are what they were taken for")
    yield _calibration(result.scores)
    if result.grouped_by:
        yield _caption(f"by {inert(result.grouped_by)}")
        yield _groups(result)


def _caption(text: str) -> Text:
    return Text(f"\n{text}", style="dim")


def _table(first: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


QUALITY = ("precision", "recall", "F1 micro", "F1 macro")


def _quality(rows: Iterable[tuple[str, Scores]]) -> Table:
    table = _table("", *QUALITY)
    for name, scores in rows:
        table.add_row(name, *_figures(scores))
    return table


def _figures(scores: Scores) -> Iterator[str]:
    total = scores.total
    values = (total.precision, total.recall, total.f1, scores.macro_f1)
    return (f"{value:.4f}" for value in values)


def _facts(scores: Scores) -> Iterator[Text]:
    lost, body = scores.total.lost, Label.BODY
    lines = scores.lines_removed[body] + scores.lines_removed[Label.TITLE]
    yield Text(f"\narticle lost: {lost:,} letters and digits, {lines:,} lines")
    yield Text(
        f"body lost: {scores.removed[body]:,} of {scores.weights[body]:,} letters and digits"
        f" ({_percent(scores.removed_share(body))}), {scores.lines_removed[body]:,} lines"
    )
    yield Text(
        f"removed noise under its right label: {_percent(scores.typed_micro)}, mean of labels"
        f" {_percent(scores.typed_macro)}"
    )
    yield Text(
        f"flagged: {scores.undecided:,} undecided lines ({_percent(scores.undecided_share)}),"
        f" {scores.quarantined:,} quarantined pages"
    )


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{share:.2%}"


def _confusion(scores: Scores) -> Table:
    table = _table("", "lines", "removed", "typed", *map(str, Label))
    for gold in _found(scores):
        cells = [_cell(scores, gold, label) for label in Label]
        typed = scores.typed_share(gold) if gold in NOISE else None
        removed = _percent(scores.removed_share(gold))
        table.add_row(_name(gold), f"{scores.lines[gold]:,}", removed, _percent(typed), *cells)
    return table


def _confusion_lines(scores: Scores) -> Table:
    table = _table("", "lines", "removed", *map(str, Label))
    for gold in _found(scores):
        counts = (scores.confusion_lines[gold, label] for label in Label)
        cells = [f"{n:,}" if n else NOTHING for n in counts]
        lines, removed = scores.lines[gold], scores.lines_removed[gold]
        table.add_row(_name(gold), f"{lines:,}", f"{removed:,}", *cells)
    return table


def _found(scores: Scores) -> list[Label]:
    return [label for label in Label if scores.lines[label]]


def _name(gold: Label) -> Text:
    return Text(gold, style=COLOURS[gold] if gold in NOISE else "bold")


def _cell(scores: Scores, gold: Label, label: Label) -> str:
    weight = scores.confusion[gold, label]
    return f"{weight / scores.weights[gold]:.1%}" if weight and scores.weights[gold] else NOTHING


def _calibration(scores: Scores) -> Table:
    own, article = reliability(scores.label_points), reliability(scores.article_points)
    columns = ("lines", "score", "right")
    table = _table("score", *columns, "", *(f"article: {column}" for column in columns))
    for one, two in zip(own, article, strict=True):
        table.add_row(f"{one.low:.1f} to {one.high:.1f}", *_bin(one), "", *_bin(two))
    errors = _error(own), _error(article)
    table.add_row("calibration error", "", "", errors[0], "", "", "", errors[1], style="bold")
    return table


def _bin(each: Bin) -> tuple[str, str, str]:
    if not each.lines:
        return (NOTHING, NOTHING, NOTHING)
    return f"{each.lines:,}", f"{each.score:.3f}", f"{each.right:.3f}"


def _error(bins: Sequence[Bin]) -> str:
    error = calibration_error(bins)
    return NOTHING if error is None else f"{error:.3f}"


def _groups(result: Result) -> Table:
    removed = (f"{label} removed" for label in Label if label in NOISE)
    table = _table("", "pages", *QUALITY, "body lost", "typed", *removed)
    for name, scores in result.groups.items():
        shares = [scores.removed_share(label) for label in Label if label in NOISE]
        table.add_row(
            Text(inert(name)),
            f"{len(scores.pages):,}",
            *_figures(scores),
            _percent(scores.removed_share(Label.BODY)),
            _percent(scores.typed_micro),
            *map(_percent, shares),
        )
    return table


def worst_tables(result: Result, number: int) -> RenderableType:
    """The pages with the lowest F1, and those with most letters wrong, worst first."""
    if not result.scores.total.wrong:
        return _caption("nothing went wrong")
    return Group(
        _caption("worst pages by F1"),
        _pages(worst_by_f1(result.pages)[:number]),
        _caption("worst pages by letters and digits"),
        _pages(worst_by_weight(result.pages)[:number]),
    )


def _pages(ranked: Iterable[tuple[Judged, Counts]]) -> Table:
    table = _table("page", "F1", "article lost", "noise kept")
    for judged, counts in ranked:
        name = Text(inert(judged.page.id))
        table.add_row(name, f"{counts.f1:.3f}", f"{counts.lost:,}", f"{counts.noise:,}")
    return table
