"""The figures of HTML tools as a table of Markdown and as a plot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from html_scores import Quality
from html_tools import BASE, OURS

SEEN = "scored on pages it was fitted to"
HEAD = (
    "", "version", "F1 micro", "F1 macro", "body lost", "noise kept",
    "4-grams of the body: F1 (precision / recall)", "pages per CPU second", f"times {BASE}",
    "peak memory", "failed",
)  # fmt: skip
MEGABYTE = 1_000_000
# The page of documentation may be dark or light: the plot brings its own ground.
GROUND, INK, FAINT = "#ffffff", "#24292f", "#d0d7de"
OURS_COLOUR, PEER_COLOUR = "#cf222e", "#0969da"
INCHES = (9.0, 5.4)
# Where a label may stand beside its point, in points of type: the first place that is free.
PLACES = (
    ((8, 0), "left", "center"), ((-8, 0), "right", "center"),
    ((0, 7), "center", "bottom"), ((0, -7), "center", "top"),
    ((7, 8), "left", "bottom"), ((7, -8), "left", "top"),
    ((-7, 8), "right", "bottom"), ((-7, -8), "right", "top"),
    ((12, 18), "left", "bottom"), ((12, -18), "left", "top"),
    ((-12, 18), "right", "bottom"), ((-12, -18), "right", "top"),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """The figures of a tool; `speed` is in pages per second of processor time."""

    name: str
    version: str
    quality: Quality
    speed: float | None
    peak_bytes: int


def markdown(rows: Sequence[Row], about: str, folds: int | None) -> Iterator[str]:
    """A table, and what has to be known to read it."""
    yield f"{about}\n"
    if folds is None:
        yield f"**Rows of cleaner are {SEEN}: not comparable. With `--folds 5` they are.**\n"
    else:
        yield f"Rows of cleaner: {folds} folds, each by a fit that saw none of its pages.\n"
    yield _line(HEAD)
    yield _line(["---", "---", *["---:"] * (len(HEAD) - 2)])
    base = next((row.speed for row in rows if row.name == BASE), None)
    for row in rows:
        yield _line(_cells(row, base, seen=folds is None))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row, base: float | None, *, seen: bool) -> Iterator[str]:
    quality, lines = row.quality, row.quality.lines
    yield label(row, seen=seen)
    yield row.version
    yield f"{lines.total.f1:.3f}"
    yield f"{lines.macro_f1:.3f}"
    yield f"{quality.body_lost:.1%}"
    yield f"{quality.noise_kept:.1%}"
    yield f"{quality.f1:.3f} ({quality.precision:.3f} / {quality.recall:.3f})"
    yield f"{row.speed:.0f}" if row.speed else ""
    yield f"{row.speed / base:.1f}" if row.speed and base else ""
    yield f"{row.peak_bytes / MEGABYTE:.0f} MB"
    yield f"{quality.failed}" if quality.failed else ""


def label(row: Row, *, seen: bool) -> str:
    """The name of a tool, with a warning where its figures flatter it."""
    return f"{row.name} (**{SEEN}**)" if seen and row.name in OURS else row.name


def plot(rows: Sequence[Row], file: Path, *, seen: bool) -> None:
    """Draw quality against speed; nothing without matplotlib."""
    try:
        import matplotlib as mpl  # noqa: PLC0415  # the table needs none
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        print(f"{file.name}: not drawn, matplotlib is not installed")
        return
    # The same figures, the same bytes.
    with mpl.rc_context({"svg.hashsalt": file.name, "text.color": INK, "font.size": 10}):
        figure = Figure(INCHES, facecolor=GROUND, layout="constrained")
        axes = figure.add_subplot()
        _frame(axes)
        points = [row for row in rows if row.speed]
        for row in points:
            axes.scatter(row.speed, row.quality.lines.total.f1, 45, _colour(row), zorder=3)
        axes.margins(x=0.12, y=0.12)
        note = f" ({SEEN})" if seen else ""
        _name(
            figure, axes, [(row, row.name + (note if row.name in OURS else "")) for row in points]
        )
        figure.savefig(file, metadata={"Date": None})


def _colour(row: Row) -> str:
    return OURS_COLOUR if row.name in OURS else PEER_COLOUR


def _frame(axes: Any) -> None:
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_xlabel("pages per second of processor time (logarithmic)", color=INK)
    axes.set_ylabel("F1 of kept lines, micro", color=INK)
    axes.set_facecolor(GROUND)
    axes.grid(which="major", color=FAINT, linewidth=0.8)
    axes.grid(which="minor", axis="x", color=FAINT, linewidth=0.3)
    axes.tick_params(which="both", colors=INK)
    axes.spines[["top", "right"]].set_visible(False)


def _name(figure: Any, axes: Any, points: Sequence[tuple[Row, str]]) -> None:
    """Write each name where it covers neither point nor name, from the top down."""
    figure.canvas.draw()
    spots = [(row.speed, row.quality.lines.total.f1) for row, _ in points]
    taken = [_around(axes.transData.transform(spot)) for spot in spots]
    for row, name in sorted(points, key=lambda each: -each[0].quality.lines.total.f1):
        for offset, across, along in PLACES:
            text = axes.annotate(
                name, (row.speed, row.quality.lines.total.f1), offset,
                textcoords="offset points", ha=across, va=along, color=_colour(row),
                arrowprops={"arrowstyle": "-", "color": FAINT, "shrinkB": 4},
            )  # fmt: skip
            box = text.get_window_extent()
            inside = axes.bbox.contains(box.x0, box.y0) and axes.bbox.contains(box.x1, box.y1)
            if (inside and not box.count_overlaps(taken)) or offset == PLACES[-1][0]:
                taken.append(box)
                break
            text.remove()


def _around(spot: Any, pixels: float = 5) -> Any:
    from matplotlib.transforms import Bbox  # noqa: PLC0415  # here matplotlib is there

    return Bbox([spot - pixels, spot + pixels])
