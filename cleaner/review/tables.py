"""What the command line prints about verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from cleaner.review.precision import RulePrecision
from cleaner.review.suggest.propose import Suggestion
from cleaner.show import COLOURS
from cleaner.text.hidden import inert


def precision_table(rules: Sequence[RulePrecision]) -> Table:
    """How often each rule was right, with the interval that its precision lies in."""
    table = _table("rule", "label", n=("lines", "judged", "right", "precision", "95%", "disputed"))
    for each in rules:
        low, high = each.interval
        judged = each.precision is not None
        table.add_row(
            Text(inert(each.rule)),
            Text(each.label, style=COLOURS[each.label]),
            f"{each.lines:,}",
            f"{each.judged:,}",
            f"{each.right:,}",
            f"{each.precision:.1%}" if judged else "",
            f"{low:.1%} – {high:.1%}" if judged else "",
            f"{each.disputed:,}",
        )
    return table


def suggestion_table(suggestions: Sequence[Suggestion]) -> Table:
    """The suggested rules, and the lines that each would gain and lose on labelled pages."""
    files = [*dict.fromkeys(name for each in suggestions for name in each.effects)]
    columns = [f"{kind} on {inert(name)}" for name in files for kind in ("gained", "lost")]
    table = _table("rule", "label", "for example", n=("weight", *columns))
    for each in suggestions:
        counts = [f"{n:,}" for e in each.effects.values() for n in (e.gained, e.lost)]
        table.add_row(
            Text(each.rule.id, style="" if each.is_safe else "dim strike"),
            Text(each.rule.label, style=COLOURS[each.rule.label]),
            Text(inert(each.rule.hit[0])),
            f"{each.rule.weight:.2f}",
            *counts,
        )
    return table


def _table(*columns: str, n: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    for column in n:
        table.add_column(column, justify="right")
    return table
