"""run.json: what was run on what, what came of it, and how fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cleaner.pipeline import Pipeline
from cleaner.runs.plan import about
from cleaner.runs.tally import Slow, Tally

_SECONDS_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """What this start of a run cleaned, of what may be more, and how."""

    tally: Tally
    seconds: float
    workers: int


def summary(pipeline: Pipeline, whole: Tally, now: Pace) -> dict[str, Any]:
    """What run.json holds; all but its `times` is the same whenever the same run is repeated."""
    return {
        **about(pipeline),
        **counted(whole),
        "times": _times(whole, now),
    }


def counted(whole: Tally) -> dict[str, Any]:
    """How many documents there were, and what became of them."""
    return {
        "documents": whole.documents,
        "failed": whole.failed,
        "failures": _by_number(whole.failures),
        **decided(whole),
    }


def decided(tally: Tally) -> dict[str, Any]:
    """What became of the lines of the documents that were cleaned."""
    return {
        "chars": {"source": tally.chars, "kept": tally.kept_chars},
        "lines": tally.lines,
        "kept": _amounts(tally.kept_chars_of, tally.kept_lines_of),
        "removed": _amounts(tally.chars_of, tally.lines_of),
        "rules": _by_number(tally.rules),
        "flags": dict(sorted(tally.flags.items())),
        "languages": _by_number(tally.languages),
    }


def _times(whole: Tally, now: Pace) -> dict[str, Any]:
    tally, seconds = now.tally, now.seconds
    documents = tally.documents + tally.failed
    return {
        "seconds": round(seconds, _SECONDS_DIGITS),
        "workers": now.workers,
        "documents": documents,
        "documents_per_second": _rate(documents, seconds),
        "chars_per_second": _rate(tally.chars, seconds),
        "lines_per_second": _rate(tally.lines, seconds),
        "cleaning_seconds": round(whole.seconds, _SECONDS_DIGITS),
        "slowest": [_slow(each) for each in whole.slowest],
    }


def _slow(slow: Slow) -> dict[str, Any]:
    return {**asdict(slow), "seconds": round(slow.seconds, _SECONDS_DIGITS)}


def _rate(amount: int, seconds: float) -> float:
    return round(amount / seconds, 1) if seconds else 0.0


def _amounts(chars: Mapping[str, int], lines: Mapping[str, int]) -> dict[str, dict[str, int]]:
    return {label: {"chars": chars[label], "lines": lines[label]} for label in sorted(lines)}


def _by_number(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
