"""Counts as pictures, by matplotlib, which is an extra: each an SVG file of its own."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.integrations.extras import library
from cleaner.model import LABELS, Label
from cleaner.stats.counts import SHARE_BINS, STEPS, Group, Lengths, Stats
from cleaner.stats.tables import largest
from cleaner.text.hidden import inert

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# As in the report.
COLOURS: Mapping[Label, str] = {
    Label.TITLE: "#472eb5",
    Label.BODY: "#559874",
    Label.CAPTION: "#6eb8e6",
    Label.META: "#053a34",
    Label.TICKER: "#d4a84a",
    Label.COMMENT: "#9e6cb6",
    Label.SPAM: "#c01801",
    Label.BOILERPLATE: "#5f636a",
}
BEFORE, AFTER, INK = "#b9bec6", "#559874", "#33373d"
MOST_BARS = 20
_LONGEST_NAME = 40
_INCHES_WIDE, _INCHES_A_BAR, _INCHES_AROUND = 8.0, 0.28, 1.4
# Bars of lengths, to a factor of e.
_BARS = 5

Draw = Callable[["Axes", Stats], None]


def write_plots(stats: Stats, folder: Path) -> list[Path]:
    """Write the pictures; where.

    Raises:
        MissingError: matplotlib is not installed.
        OSError: the folder cannot be written.
    """
    mpl = library("matplotlib", "plots")
    figures = library("matplotlib.figure", "plots")
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _written(mpl, figures, folder / f"{name}.svg", draw, stats, bars)
        for name, draw, bars in _pictures(stats)
    ]


def _pictures(stats: Stats) -> Iterator[tuple[str, Draw, int]]:
    """Name, drawing, and how many bars it has beside each other."""
    if stats.whole.documents:
        yield "sites", _sites, min(len(stats.sites), MOST_BARS)
        yield "labels", _labels, len(LABELS)
        yield "languages", _languages, min(len(stats.languages), MOST_BARS)
        yield "lengths", _lengths, 2 * _BARS
        yield "shares", _shares, 2 * _BARS


def _written(  # noqa: PLR0913, PLR0917  # a drawing and where it goes
    mpl: Any, figures: Any, file: Path, draw: Draw, stats: Stats, bars: int
) -> Path:
    # Names from pages are no formulas, and whoever shows them has the fonts; the same counts give
    # the same bytes.
    settings = {
        "text.parse_math": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "cleaner",
        "font.size": 9,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph .* missing", UserWarning)
        figure = figures.Figure(
            figsize=(_INCHES_WIDE, _INCHES_AROUND + _INCHES_A_BAR * bars), layout="constrained"
        )
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        draw(axes, stats)
        figure.savefig(file, metadata={"Date": None})
    return file


def _sites(axes: Axes, stats: Stats) -> None:
    _removed(axes, largest(stats.sites, MOST_BARS))
    axes.set_title(f"Share removed, by site{_of(stats.sites)}", loc="left")


def _languages(axes: Axes, stats: Stats) -> None:
    _removed(axes, largest(stats.languages, MOST_BARS))
    axes.set_title(f"Share removed, by language{_of(stats.languages)}", loc="left")


def _of(groups: Mapping[str, Group]) -> str:
    return f" ({MOST_BARS} of {len(groups):,})" if len(groups) > MOST_BARS else ""


def _removed(axes: Axes, groups: Sequence[tuple[str, Group]]) -> None:
    """A bar for each group, the labels that went beside each other."""
    names = [f"{_short(name)}  ({group.documents:,})" for name, group in groups]
    starts = [0.0] * len(groups)
    for label in LABELS:
        shares = [100 * g.removed_chars_of[label] / g.chars if g.chars else 0.0 for _, g in groups]
        if any(shares):
            rows = range(len(groups))
            axes.barh(rows, shares, left=starts, color=COLOURS[label], label=label, height=0.7)
            starts = [start + share for start, share in zip(starts, shares, strict=True)]
    for row, start in enumerate(starts):
        axes.text(start + 0.6, row, f"{start:.0f}%", va="center")
    axes.set_yticks(range(len(groups)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, max(10.0, *starts) * 1.12)
    axes.set_xlabel("% of characters; in brackets: documents")
    if any(starts):
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))


def _short(name: str) -> str:
    name = inert(name)
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"


def _labels(axes: Axes, stats: Stats) -> None:
    kept, removed = (stats.summary.get(name, {}) for name in ("kept", "removed"))
    chars = [
        [amounts.get(label, {}).get("chars", 0) for label in LABELS] for amounts in (kept, removed)
    ]
    total = sum(map(sum, chars)) or 1
    shares = [[100 * n / total for n in row] for row in chars]
    colours = [COLOURS[label] for label in LABELS]
    rows = range(len(LABELS))
    axes.barh(rows, shares[0], color=colours, height=0.7)
    axes.barh(
        rows, shares[1], left=shares[0], color=colours, height=0.7, alpha=0.45, hatch="////",
        edgecolor="white", linewidth=0,
    )  # fmt: skip
    for row, (stay, go) in enumerate(zip(*shares, strict=True)):
        axes.text(stay + go + 0.6, row, f"{stay + go:.1f}%", va="center")
    axes.set_yticks(rows, LABELS)
    axes.invert_yaxis()
    axes.set_xlim(0, max(map(sum, zip(*shares, strict=True)), default=1.0) * 1.12 or 1)
    axes.set_xlabel("% of characters; hatched: removed")
    axes.set_title("Label mix", loc="left")


def _lengths(axes: Axes, stats: Stats) -> None:
    for lengths, colour, name in (
        (stats.before, BEFORE, "before"),
        (stats.after, AFTER, "after"),
    ):
        counts = _coarse(lengths)
        edges = range(min(counts), max(counts) + 2)
        # A document of no characters is drawn as of one.
        places = [max(1.0, exp(edge / _BARS) - 1) for edge in edges]
        heights = [counts.get(edge, 0) for edge in edges][:-1]
        axes.stairs(heights, places, fill=True, color=colour, alpha=0.6, label=name)
        axes.axvline(max(1, lengths.median), color=colour, linestyle="--", linewidth=1.2)
        axes.annotate(
            f"{lengths.median:,}", (max(1, lengths.median), 1), xycoords=("data", "axes fraction"),
            ha="right" if name == "after" else "left", va="bottom", color=INK,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xlabel("characters of a document; dashed: medians")
    axes.set_ylabel("documents")
    axes.legend(frameon=False)
    axes.set_title("Length before and after\n", loc="left")


def _coarse(lengths: Lengths) -> dict[int, int]:
    found: dict[int, int] = {}
    for step, count in lengths.counts.items():
        bar = step * _BARS // STEPS
        found[bar] = found.get(bar, 0) + count
    return found


def _shares(axes: Axes, stats: Stats) -> None:
    width = 100 / SHARE_BINS
    heights = [stats.shares[at] for at in range(SHARE_BINS)]
    axes.bar(
        [at * width for at in range(SHARE_BINS)], heights, width * 0.9, align="edge", color=AFTER
    )
    axes.set_xlim(0, 100)
    axes.set_xlabel("% of a document's characters removed")
    axes.set_ylabel("documents")
    axes.set_title("How much of each document went", loc="left")
