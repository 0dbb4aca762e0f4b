"""What the command line prints: records and rules as rich renderables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cleaner.decide.decisions import Decision, Voice
from cleaner.decide.phrases import MEASURING, signed
from cleaner.model import Label
from cleaner.record import Record
from cleaner.rules import Rule
from cleaner.text.hidden import inert

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
# A doubling of the odds is ln 2, 0.7.
LEGEND = (
    "numbers add up: + speaks for the label, - against it, each 0.7 doubles the odds;"
    f" {UNDECIDED_MARK} kept in doubt"
)


def explained(record: Record, *, all_voices: bool = True) -> RenderableType:
    """Every line of a record with its label, its score and what spoke for it, strongest first.

    Without `all_voices`, only the strongest.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=True, header_style="dim")
    table.add_column("line", justify="right", style="dim")
    table.add_column("label")
    table.add_column("score", justify="right")
    table.add_column("text and voices", overflow="fold", ratio=1)
    for number, (text, decision) in enumerate(record.explained, 1):
        colour = COLOURS[decision.label]
        mark = UNDECIDED_MARK if decision.undecided else ""
        body = Text(inert(text), style=colour)
        voices = list(_voices(decision, all_voices=all_voices))
        table.add_row(
            str(number),
            Text(f"{decision.label}{mark}", style=colour),
            f"{decision.score:.2f}",
            Group(body, *voices) if voices else body,
        )
    return Group(_head(record), table, _foot(record))


def _voices(decision: Decision, *, all_voices: bool) -> Iterator[Text]:
    """All of them, or the one that speaks loudest for what was decided."""
    agreeing = (voice for voice in decision.voices if voice.label is decision.label)
    yield from map(_voice, decision.voices if all_voices else islice(agreeing, 1))


def _voice(voice: Voice) -> Text:
    weight = "" if voice.stage == MEASURING else f" {voice.weight:.2f}"
    return Text.assemble(
        (f"{signed(voice.log_odds):>7}  ", COLOURS[voice.label]),
        (f"{voice.label}{weight}  ", "dim"),
        (inert(voice.rule), "italic dim"),
        (f"  {inert(voice.reason)}", "dim"),
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
    return foot.append(f"\n{LEGEND}", "dim")


def rule_table(rules: Iterable[Rule]) -> Table:
    """The rules, one a row."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("rule", "label", "weight", "reason"):
        table.add_column(column)
    for rule in rules:
        label = Text(rule.label, style=COLOURS[rule.label])
        table.add_row(rule.id, label, f"{rule.weight:.2f}", Text(inert(rule.reason)))
    return table
