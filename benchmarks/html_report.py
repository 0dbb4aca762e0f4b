"""The figures of HTML tools as a table of Markdown and as a plot."""

from __future__ import annotations

import sys
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
MARGIN, POINT_SIZE, POINT_PIXELS = 0.14, 45, 5
# Where a name may stand, in points of type from its own; the first place that is free. From farther
# off than NEAR a line leads to the point.
NEAR = 10
PLACES = (
    ((8, 0), "left", "center"), ((-8, 0), "right", "center"),
    ((0, 7), "center", "bottom"), ((0, -7), "center", "top"),
    *(((dx * side, dy * way), "left" if side > 0 else "right", "center")
      for dy in (14, 26, 38, 50, 62) for dx in (14, 30) for way in (1, -1) for side in (1, -1)),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """The figures of a tool; `speed` is in pages per second of processor time."""

    name: str
    version: str
    quality: Quality
    speed: float | None
    peak_bytes: int


@dataclass(frozen=True)
class Point:
    """A tool as the plot shows it."""

    name: str
    speed: float
    f1: float
    colour: str


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
        print(f"{file.name}: not drawn, matplotlib is not installed", file=sys.stderr)
        return
    # The same figures, the same bytes.
    with mpl.rc_context({"svg.hashsalt": file.name, "text.color": INK, "font.size": 10}):
        figure = Figure(INCHES, facecolor=GROUND, layout="constrained")
        axes = figure.add_subplot()
        _frame(axes)
        if seen:
            axes.set_title(f"cleaner is {SEEN}", color=OURS_COLOUR)
        points = sorted((_point(row) for row in rows if row.speed), key=lambda each: -each.f1)
        for point in points:
            axes.scatter(point.speed, point.f1, POINT_SIZE, point.colour, zorder=3)
        axes.margins(MARGIN)
        figure.draw_without_rendering()
        _name(axes, points)
        figure.savefig(file, metadata={"Date": None})


def _point(row: Row) -> Point:
    colour = OURS_COLOUR if row.name in OURS else PEER_COLOUR
    return Point(row.name, row.speed or 0.0, row.quality.lines.total.f1, colour)


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


def _name(axes: Any, points: Sequence[Point]) -> None:
    """Write each name where it covers neither point nor name, from the top down."""
    from matplotlib.text import Text  # noqa: PLC0415  # here matplotlib is there
    from matplotlib.transforms import Bbox  # noqa: PLC0415

    spots = [axes.transData.transform((point.speed, point.f1)) for point in points]
    taken = [Bbox([spot - POINT_PIXELS, spot + POINT_PIXELS]) for spot in spots]
    for point in points:
        for place in PLACES:
            name = _annotated(axes, point, *place)
            name.get_window_extent()  # moves it to its place; takes in the line to the point
            box = Text.get_window_extent(name)
            inside = axes.bbox.contains(box.x0, box.y0) and axes.bbox.contains(box.x1, box.y1)
            if place is PLACES[-1] or (inside and not box.count_overlaps(taken)):
                taken.append(box)
                break
            name.remove()


def _annotated(axes: Any, point: Point, offset: tuple[int, int], across: str, along: str) -> Any:
    far = max(map(abs, offset)) > NEAR
    return axes.annotate(
        point.name,
        (point.speed, point.f1),
        offset,
        textcoords="offset points",
        ha=across,
        va=along,
        color=point.colour,
        arrowprops={"arrowstyle": "-", "color": point.colour, "linewidth": 0.6} if far else None,
    )
