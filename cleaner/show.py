"""What the command line prints: records, scores and rules as rich renderables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cleaner.evaluate import Scores
from cleaner.model import NOISE, Label, Proposal
from cleaner.record import Record
from cleaner.rules import Rule

COLOURS: Mapping[Label, str] = {
    Label.TITLE: "bold green",
    Label.BODY: "green",
    Label.CAPTION: "cyan",
    Label.META: "blue",
    Label.TICKER: "yellow",
    Label.COMMENT: "magenta",
    Label.SPAM: "red",
    Label.BOILERPLATE: "bright_black",
}
UNDECIDED_MARK = "?"
_CONTROL_RE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def explained(record: Record, *, all_voices: bool = True) -> RenderableType:
    """Every line of a record with its label, score and the rules that spoke, strongest first."""
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=True, header_style="dim")
    table.add_column("line", justify="right", style="dim")
    table.add_column("label")
    table.add_column("score", justify="right")
    table.add_column("text and voices", overflow="fold", ratio=1)
    for number, (text, decision) in enumerate(record.explained, 1):
        colour = COLOURS[decision.label]
        mark = UNDECIDED_MARK if decision.undecided else ""
        body = Text(inert(text), style=colour)
        voices = decision.voices if all_voices else decision.voices[:1]
        table.add_row(
            str(number),
            Text(f"{decision.label}{mark}", style=colour),
            f"{decision.score:.2f}",
            Group(body, *map(_voice, voices)) if voices else body,
        )
    return Group(_head(record), table, _foot(record))


def inert(text: str) -> str:
    r"""The text with control characters made visible: a page must not steer the terminal.

    >>> inert("a\x1b[31mb")
    'a�[31mb'
    """
    return _CONTROL_RE.sub("\ufffd", text)


def _voice(voice: Proposal) -> Text:
    bar = "▪" * max(1, round(voice.weight * 5))
    return Text.assemble(
        ("  ", ""),
        (f"{bar:<5} ", COLOURS[voice.label]),
        (f"{voice.label} {voice.weight:.2f} ", "dim"),
        (voice.rule, "italic dim"),
        (f"  {voice.reason}", "dim"),
    )


def _head(record: Record) -> Text:
    facts = [f"{name} {value}" for name, value in _facts(record)]
    return Text.assemble(
        (inert(record.id) or "text", "bold"), "  ", (inert(" · ".join(facts)), "dim"), "\n"
    )


def _facts(record: Record) -> Iterator[tuple[str, str]]:
    facts = {
        "title": record.title,
        "date": record.date,
        "authors": ", ".join(record.authors),
        "language": record.language,
        "flags": ", ".join(record.flags),
    }
    return ((name, value) for name, value in facts.items() if value)


def _foot(record: Record) -> Text:
    stats = record.stats
    foot = Text(f"\nkept {stats.kept.lines} of {stats.source.lines} lines")
    for label, amount in stats.removed.items():
        foot.append(" · ")
        foot.append(f"{label} {amount.lines}", COLOURS[label])
    return foot


def scored(name: str, scores: Scores, nothing: Scores) -> RenderableType:
    """The scores of the cleaner beside those of doing nothing, and where labels were confused."""
    lost = scores.lines_removed[Label.BODY] + scores.lines_removed[Label.TITLE]
    return Group(
        Text(f"{name}: {len(scores.pages)} pages", style="bold"),
        _quality(scores, nothing),
        Text(f"\narticle lost: {scores.total.lost:,} letters and digits, {lost:,} lines"),
        Text("\nshare of each label, by what it was taken for (rows: gold)", style="dim"),
        _confusion(scores),
    )


def _quality(scores: Scores, nothing: Scores) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for column in ("precision", "recall", "F1 micro", "F1 macro"):
        table.add_column(column, justify="right")
    for name, each in (("cleaner", scores), ("doing nothing", nothing)):
        total = each.total
        values = (total.precision, total.recall, total.f1, each.macro_f1)
        table.add_row(name, *(f"{value:.4f}" for value in values))
    return table


def _confusion(scores: Scores) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("", "lines", "removed", *Label):
        table.add_column(str(column), justify="right" if column else "left")
    for gold in Label:
        if scores.lines[gold]:
            share = scores.removed_share(gold)
            cells = [_share(scores, gold, label) for label in Label]
            removed = "" if share is None else f"{share:.2%}"
            style = COLOURS[gold] if gold in NOISE else "bold"
            table.add_row(Text(gold, style=style), f"{scores.lines[gold]:,}", removed, *cells)
    return table


def _share(scores: Scores, gold: Label, label: Label) -> str:
    weight = scores.confusion[gold, label]
    return f"{weight / scores.weights[gold]:.1%}" if weight and scores.weights[gold] else "·"


def worst(scores: Scores, count: int) -> RenderableType:
    """The pages with the lowest F1, worst first."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("page", "F1", "article lost", "noise kept"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for page, counts in sorted(scores.pages.items(), key=lambda p: (p[1].f1, p[0]))[:count]:
        table.add_row(page, f"{counts.f1:.3f}", f"{counts.lost:,}", f"{counts.noise:,}")
    return Group(Text("\nworst pages", style="dim"), table)


def rule_table(rules: Iterable[Rule]) -> Table:
    """The rules, one a row."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("rule", "label", "weight", "reason"):
        table.add_column(column)
    for rule in rules:
        label = Text(rule.label, style=COLOURS[rule.label])
        table.add_row(rule.id, label, f"{rule.weight:.2f}", rule.reason)
    return table


def summary(scores: Scores, nothing: Scores) -> dict[str, object]:
    """The scores as plain values, for JSON."""
    return {
        "pages": len(scores.pages),
        **_values(scores),
        "removed": {
            str(label): round(share, 4)
            for label in Label
            if (share := scores.removed_share(label)) is not None
        },
        "nothing": _values(nothing),
    }


def _values(scores: Scores) -> dict[str, float]:
    total = scores.total
    return {
        "precision": round(total.precision, 4),
        "recall": round(total.recall, 4),
        "micro": round(total.f1, 4),
        "macro": round(scores.macro_f1, 4),
    }
