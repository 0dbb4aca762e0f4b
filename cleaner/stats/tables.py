"""Counts as the command line prints them: rich tables, or one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cleaner.model import LABELS, Label
from cleaner.show import COLOURS
from cleaner.stats.counts import Group, Stats
from cleaner.text.hidden import inert

_SLOWEST = 5


def largest(groups: Mapping[str, Group], count: int) -> Sequence[tuple[str, Group]]:
    """So many groups with the most documents, names in order among equals."""
    return sorted(groups.items(), key=lambda item: (-item[1].documents, item[0]))[:count]


def tables(stats: Stats, top: int) -> RenderableType:
    """All counts; of sites, languages and rules the `top` largest."""
    return Lines(*_parts(stats, top))


def _parts(stats: Stats, top: int) -> Iterator[RenderableType]:
    if not stats.is_finished:
        yield Text(
            "not finished: what is counted is finished; the same command goes on\n", "bold red"
        )
    yield _head(stats)
    yield _caption("by label: characters of the spans, and what became of them")
    yield _labels(stats)
    for name, groups in (("site", stats.sites), ("language", stats.languages)):
        yield _caption(f"by {name}{_of(groups, top)}")
        yield _groups(name, largest(groups, top))
        if name == "site" and stats.other_sites.documents:
            yield _caption(f"{stats.other_sites.documents:,} documents of smaller sites")
    yield from _counts(stats, top)


def _head(stats: Stats) -> Text:
    whole, times = stats.whole, stats.summary.get("times", {})
    failed = stats.summary.get("failed", 0)
    facts = [
        f"{whole.documents:,} documents" + (f", {failed:,} failed" if failed else ""),
        f"{whole.chars:,} characters, {whole.share_removed:.1%} removed",
        f"length {stats.before.median:,} before and {stats.after.median:,} after (medians, to 1%)",
    ]
    if times:
        facts.append(
            f"{times['documents_per_second']:,} documents a second in {times['seconds']:,} seconds"
            f" with {times['workers']} workers"
        )
    return Text("\n".join(facts), style="bold")


def _caption(text: str) -> Text:
    return Text(f"\n{text}", style="dim")


def _of(groups: Mapping[str, Group], top: int) -> str:
    return f", {top:,} of {len(groups):,}" if len(groups) > top else ""


def _table(first: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _labels(stats: Stats) -> Table:
    table = _table("label", "kept", "removed", "of all")
    kept, removed = (stats.summary.get(name, {}) for name in ("kept", "removed"))
    total = sum(amount["chars"] for amounts in (kept, removed) for amount in amounts.values())
    for label in LABELS:
        chars = [amounts.get(label, {}).get("chars", 0) for amounts in (kept, removed)]
        if any(chars):
            share = f"{sum(chars) / total:.1%}"
            table.add_row(
                Text(label, style=COLOURS[label]), *(f"{n:,}" if n else "" for n in chars), share
            )
    return table


def _groups(name: str, groups: Sequence[tuple[str, Group]]) -> Table:
    labels = [label for label in LABELS if any(g.removed_chars_of[label] for _, g in groups)]
    table = _table(name, "documents", "characters", "removed", *labels)
    for key, group in groups:
        shares = (_share(group, label) for label in labels)
        table.add_row(
            inert(key),
            f"{group.documents:,}",
            f"{group.chars:,}",
            f"{group.share_removed:.1%}",
            *shares,
        )
    return table


def _share(group: Group, label: Label) -> Text:
    chars = group.removed_chars_of[label]
    return Text(f"{chars / group.chars:.1%}" if chars else "", style=COLOURS[label])


def _counts(stats: Stats, top: int) -> Iterator[RenderableType]:
    found = {
        "flag": dict(stats.flags.most_common()),
        "rule, by lines removed": stats.summary.get("rules", {}),
        "failure": stats.summary.get("failures", {}),
    }
    for name, counts in found.items():
        if counts:
            yield _caption(f"by {name}")
            table = _table("", "")
            for key, count in list(counts.items())[:top]:
                table.add_row(inert(key), f"{count:,}")
            yield table
    if slowest := stats.summary.get("times", {}).get("slowest", [])[:_SLOWEST]:
        yield _caption("slowest documents")
        table = _table("", "seconds", "characters")
        for slow in slowest:
            table.add_row(inert(slow["id"]), f"{slow['seconds']:.3f}", f"{slow['chars']:,}")
        yield table


def as_json(stats: Stats) -> dict[str, Any]:
    """All counts, sites and languages with the most documents first."""
    return {
        **_told(stats.whole),
        "median_chars": {"before": stats.before.median, "after": stats.after.median},
        "is_finished": stats.is_finished,
        "lacks": list(stats.lacks),
        "other_sites": _told(stats.other_sites),
        "sites": {name: _told(group) for name, group in largest(stats.sites, len(stats.sites))},
        "languages": {
            name: _told(group) for name, group in largest(stats.languages, len(stats.languages))
        },
        "flags": dict(sorted(stats.flags.items())),
        "run": stats.summary,
    }


def _told(group: Group) -> dict[str, Any]:
    return {
        "documents": group.documents,
        "chars": group.chars,
        "kept_chars": group.kept_chars,
        "removed_chars": dict(sorted(group.removed_chars_of.items())),
    }
