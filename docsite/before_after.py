"""Draws docs/before-after.svg: seed 003, line by line, beside its clean text."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.terminal_theme import MONOKAI
from rich.text import Text

import cleaner
from cleaner.show import COLOURS

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "003_4f89b40b5df85bc8.txt"
LINE_CHARS = 58
# Lines shown of the source; the rest of each run is told in one line.
SHOWN = (*range(6), *range(98, 102), 106, *range(107, 113), 117)
# rich's own frame loads a font from the network; this one takes the reader's.
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def main() -> None:
    """Draw the picture."""
    record = cleaner.explain(SEED.read_text(encoding="utf-8"))
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_row(
        Panel(Group(*_before(record)), title="before", border_style="dim"),
        Panel(Group(*_after(record)), title="after", border_style="dim"),
    )
    console = Console(record=True, width=136, file=io.StringIO())
    console.print(table)
    svg = console.export_svg(
        title="seeds/003", theme=MONOKAI, code_format=FRAME, unique_id="before-after"
    )
    (ROOT / "docs" / "before-after.svg").write_text(svg, encoding="utf-8")


def _before(record: cleaner.Record) -> list[Text]:
    lines, last = [], -1
    for i in SHOWN:
        if i > last + 1:
            lines.append(Text(f"{'':<12} … {i - last - 1} more", style="dim"))
        text, decision = record.explained[i]
        label = Text(f"{decision.label:<12}", style=COLOURS[decision.label])
        lines.append(label.append(f" {_short(text)}", style=COLOURS[decision.label]))
        last = i
    return lines


def _after(record: cleaner.Record) -> list[Text]:
    kept = record.text.split("\n")
    removed = " · ".join(f"{n.lines} {label}" for label, n in record.stats.removed.items())
    return [
        Text(_short(kept[0]), style="bold"),
        *(Text(_short(line)) for line in kept[1:]),
        Text(""),
        Text(f"title     {record.title}", style="dim"),
        Text(f"language  {record.language}", style="dim"),
        Text(f"removed   {removed}", style="dim"),
        Text(f"restored  {record.restore() == SEED.read_text(encoding='utf-8')}", style="dim"),
    ]


def _short(text: str) -> str:
    return text if len(text) <= LINE_CHARS - 14 else f"{text[: LINE_CHARS - 15]}…"


if __name__ == "__main__":
    main()
