"""Pieces of a drawing: boxes, words, arrows, on a ground that is light or dark as readers like."""

from __future__ import annotations

from html import escape

# Each drawing brings its own ground, so that it can be read on a page of either kind.
STYLE = """
  text { fill: #1f2733; font: 14px system-ui, sans-serif; } .dim { fill: #5a6473; }
  .bold { font-weight: 600; } .small { font-size: 12px; }
  .mono { font-family: ui-monospace, monospace; font-size: 12px; }
  .ground { fill: #f6f7f9; } .box { fill: #ffffff; stroke: #b9c0cc; }
  .line { stroke: #7a8494; fill: none; } .on { fill: #ffffff; }
  .title, .body { fill: #2a8553; } .ticker { fill: #b87a08; } .comment { fill: #a354c7; }
  .spam { fill: #cf4444; } .boilerplate, .meta, .caption { fill: #7a8494; }
  .against { fill: #6f7887; } .doubt { fill: #a07a12; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #1d222c; } .box { fill: #272e3a; stroke: #465063; } .line { stroke: #8b96a8; }
    text { fill: #e4e8ef; } .dim { fill: #a4aebd; }
  }
"""
HEAD = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
    ' orient="auto"><path d="M0 0 8 4 0 8z" fill="#7a8494"/></marker></defs>'
)


def drawing(width: int, height: int, title: str, *parts: str) -> str:
    """A whole file; the title is what a reader who does not see it is told."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}</style>",
            HEAD,
            f'<rect class="ground" width="{width}" height="{height}" rx="10"/>',
            *parts,
            "</svg>\n",
        ]
    )


def words(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    """A line of text; x is where it starts, ends, or has its middle."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'


def bar(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A filled rectangle."""
    return (
        f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="2"/>'
    )


def box(x: float, y: float, width: float, height: float, *lines: str) -> str:
    """A frame with lines of text in its middle, the first of them bold."""
    middle, first = x + width / 2, y + height / 2 + 5 - 9 * (len(lines) - 1)
    kinds = ("bold", *("small dim" for _ in lines[1:]))
    frame = f'<rect class="box" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6"/>'
    rows = zip(lines, kinds, strict=True)
    text = (
        words(middle, first + 18 * i, line, kind, "middle") for i, (line, kind) in enumerate(rows)
    )
    return "\n".join([frame, *text])


def arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    """A straight arrow."""
    return f'<path class="line" d="M{x:g} {y:g} L{to_x:g} {to_y:g}" marker-end="url(#head)"/>'
