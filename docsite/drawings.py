"""The pictures of docs/how.md; those of seed 003 are drawn from what is decided about it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import cleaner
from cleaner.decide import REMOVE_BELOW, UNDECIDED_BELOW
from docsite.svg import arrow, bar, box, drawing, words

SEED = Path(__file__).resolve().parent.parent / "seeds" / "003_4f89b40b5df85bc8.txt"
# The last headline of its ticker, right above the article.
LINE = 100
REASON_CHARS = 48
STAGES = ("article", "metadata", "ticker", "comments", "language", "spam", "boilerplate", "repeats")


def all_of_them() -> Mapping[str, str]:
    """Each drawing, by the name of its file."""
    record = cleaner.explain(SEED.read_text(encoding="utf-8"))
    return {
        "how-flow.svg": flow(),
        "how-neighbours.svg": neighbours(),
        "how-thresholds.svg": thresholds(),
        "how-evidence.svg": evidence(record),
        "how-spans.svg": spans(record),
    }


def flow() -> str:
    """What happens to a page, from bytes to rows."""
    return drawing(
        760,
        330,
        "A page becomes lines; stages propose labels; one network decides; one function cuts.",
        box(20, 30, 150, 56, "bytes", "text or HTML"),
        arrow(170, 58, 206, 58),
        box(210, 30, 150, 56, "lines", "decoded, repairs told"),
        arrow(360, 58, 396, 58),
        box(400, 30, 160, 56, "measurements", "some forty a line"),
        arrow(285, 86, 285, 122),
        *_stages(),
        arrow(560, 58, 650, 121),
        arrow(560, 158, 596, 158),
        box(600, 125, 140, 66, "one network", "voices, measurements,", "neighbours"),
        arrow(670, 191, 670, 231),
        box(600, 235, 140, 66, "one cut", "kept + removed", "= source"),
        arrow(600, 268, 566, 268),
        box(330, 240, 232, 56, "documents.jsonl", "title, text, date, flags …"),
        box(60, 240, 232, 56, "removed.jsonl", "every span, with its reasons"),
        arrow(330, 268, 296, 268),
    )


def _stages() -> Iterator[str]:
    yield words(20, 118, "eight stages, blind to each other, propose:", "small dim")
    for i, stage in enumerate(STAGES):
        x, y = 20 + 136 * (i % 4), 126 + 36 * (i // 4)
        yield box(x, y, 126, 30, stage)


def neighbours() -> str:
    """Which lines are read to decide on one."""
    rows = [
        ("all lines above", "their mean, and the most of each number", "against"),
        ("a longer stretch above", "its mean", "against"),
        ("three lines above", "each by itself", "doubt"),
        ("the line", "its measurements, its words, every voice about it", "body"),
        ("three lines below", "each by itself", "doubt"),
        ("a longer stretch below", "its mean", "against"),
        ("all lines below", "their mean, and the most of each number", "against"),
    ]
    parts = [
        part
        for i, (what, how, kind) in enumerate(rows)
        for part in (
            bar(24, 24 + 32 * i, 250, 24, kind),
            words(36, 41 + 32 * i, what, "on bold"),
            words(290, 41 + 32 * i, how, "dim"),
        )
    ]
    return drawing(
        760,
        256,
        "A line is decided on with three lines on each side, stretches, and the page.",
        *parts,
    )


def thresholds() -> str:
    """From which probability on a line stays."""
    left, width = 40, 680

    def x(probability: float) -> float:
        return left + width * probability

    return drawing(
        760,
        150,
        f"Below {REMOVE_BELOW} a line goes, from {UNDECIDED_BELOW} on it stays; between, in doubt.",
        words(left, 34, "how likely the line is title or body", "dim"),
        bar(x(0), 52, width * REMOVE_BELOW, 34, "spam"),
        bar(x(REMOVE_BELOW), 52, width * (UNDECIDED_BELOW - REMOVE_BELOW), 34, "doubt"),
        bar(x(UNDECIDED_BELOW), 52, width * (1 - UNDECIDED_BELOW), 34, "body"),
        words(x(REMOVE_BELOW / 2), 74, "removed", "on bold", "middle"),
        words(x((REMOVE_BELOW + UNDECIDED_BELOW) / 2), 74, "kept, undecided", "bold on", "middle"),
        words(x((1 + UNDECIDED_BELOW) / 2), 74, "kept", "on bold", "middle"),
        *(
            words(x(p), 108, f"{p:g}", "small", "middle")
            for p in (0, REMOVE_BELOW, UNDECIDED_BELOW, 1)
        ),
        words(
            left,
            134,
            "Pages that are nearly all article lose less: there the first threshold falls.",
            "small dim",
        ),
    )


def evidence(record: cleaner.Record) -> str:
    """What each voice added to one decision."""
    text, decision = record.explained[LINE - 1]
    voices = [voice for voice in decision.voices if abs(voice.log_odds or 0) >= 0.1]
    middle, scale = 280, 45
    parts = [words(24, 34, f"{decision.label} {decision.score:.2f}", "bold"), words(120, 34, text)]
    for i, voice in enumerate(voices):
        y, odds = 56 + 30 * i, voice.log_odds or 0.0
        kind = str(voice.label) if odds > 0 else "against"
        parts += [
            words(24, y + 16, voice.rule, "mono"),
            bar(middle + min(0, scale * odds), y, scale * abs(odds), 22, kind),
            words(middle + 120, y + 16, f"{odds:+.1f}  {_short(voice.reason)}", "small dim"),
        ]
    end = 56 + 30 * len(voices)
    parts.append(f'<path class="line" d="M{middle} 50 V{end}"/>')
    return drawing(760, end + 16, f"What was added up for line {LINE} of seed 003.", *parts)


def _short(reason: str) -> str:
    first = reason.partition(":")[0]
    return first if len(first) <= REASON_CHARS else f"{first[: REASON_CHARS - 1]}…"


def spans(record: cleaner.Record) -> str:
    """A source from its first character to its last, by label."""
    pieces = sorted(
        [(start, end, str(label)) for start, end, label in record.kept]
        + [(gone.start, gone.end, str(gone.label)) for gone in record.removed]
    )
    parts = []
    for label, group in groupby(pieces, key=lambda piece: piece[2]):
        run = list(group)
        x, end = (24 + 712 * place / record.length for place in (run[0][0], run[-1][1]))
        parts.append(bar(x, 60, max(3, end - x), 40, label))
        if end - x > 40:  # pixels that a word takes
            parts.append(
                words((x + end) / 2, 124, f"{label}, {_lines(len(run))}", "small", "middle")
            )
    head = f"seed 003: {record.length:,} characters, each in one span or white space between two"
    return drawing(760, 144, head, words(24, 36, head, "dim"), *parts)


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"
