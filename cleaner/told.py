"""Voices as people read them: the loud ones one by one, quiet measurements as one sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

# Measurements that say less are not worth a line each: ten of them may be about one line.
QUIET_LOG_ODDS = 0.25
MEASURING = "decide"


class Spoken(Protocol):
    """A voice with what it added, as decided or as read back from a file."""

    @property
    def stage(self) -> str:
        """Who spoke; `decide` for measurements."""

    @property
    def weight(self) -> float:
        """How surely it spoke, 0 to 1."""

    @property
    def log_odds(self) -> float | None:
        """What it added to the log odds of the label; None where that is not known."""


Voice = TypeVar("Voice", bound=Spoken)


@dataclass(frozen=True, slots=True)
class Told(Generic[Voice]):
    """Loud voices, what weighed most first, and how many quiet ones added how much together."""

    loud: tuple[Voice, ...]
    quiet: int = 0
    quiet_log_odds: float = 0.0


def told(voices: Iterable[Voice]) -> Told[Voice]:
    """What to tell of some voices: every stage's, and those measurements that weighed."""
    ordered = sorted(voices, key=lambda voice: (-abs(voice.log_odds or 0.0), -voice.weight))
    quiet = [voice for voice in ordered if _is_quiet(voice)]
    if len(quiet) < 2:  # a sum of one saves nothing
        return Told(tuple(ordered))
    loud = tuple(voice for voice in ordered if not _is_quiet(voice))
    return Told(loud, len(quiet), sum(voice.log_odds or 0.0 for voice in quiet))


def _is_quiet(voice: Spoken) -> bool:
    return voice.stage == MEASURING and abs(voice.log_odds or 0.0) < QUIET_LOG_ODDS


def signed(log_odds: float | None) -> str:
    """Log odds with their sign; nothing where they are not known.

    >>> signed(2.604), signed(-0.31), signed(-0.01), signed(None)
    ('+2.6', '-0.3', '+0.0', '')
    """
    # Adding 0.0 turns the -0.0 of a rounded small number into 0.0.
    return "" if log_odds is None else f"{round(log_odds, 1) + 0.0:+.1f}"
