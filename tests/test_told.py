from __future__ import annotations

from cleaner import Label
from cleaner.decisions import Voice
from cleaner.told import QUIET_LOG_ODDS, told

BELOW = QUIET_LOG_ODDS - 0.05


def measured(log_odds: float, name: str = "shape") -> Voice:
    return Voice(Label.BODY, 0.6, "decide", f"decide.{name}", "for the sake of it", log_odds)


def said(log_odds: float | None, weight: float = 0.6) -> Voice:
    return Voice(Label.BODY, weight, "article", "article.core", "for the sake of it", log_odds)


def test_what_weighed_most_stands_first_for_or_against() -> None:
    voices = [said(0.3), measured(-2.0), said(1.0)]

    assert (-2.0, 1.0, 0.3) == tuple(voice.log_odds for voice in told(voices).loud)


def test_voices_that_say_nothing_of_that_stand_by_their_weight() -> None:
    assert [0.9, 0.6, 0.3] == [
        voice.weight for voice in told([said(None, w) for w in (0.6, 0.3, 0.9)]).loud
    ]


def test_quiet_measurements_become_a_sum() -> None:
    found = told([measured(BELOW, "page"), measured(-BELOW, "place"), measured(BELOW), said(1.0)])

    assert ((said(1.0),), 3) == (found.loud, found.quiet)
    assert round(BELOW, 2) == round(found.quiet_log_odds, 2)


def test_one_quiet_measurement_is_told() -> None:
    assert ((said(1.0), measured(BELOW)), 0) == (
        (found := told([measured(BELOW), said(1.0)])).loud,
        found.quiet,
    )


def test_a_stage_is_told_however_little_it_weighed() -> None:
    assert 3 == len(told([said(0.01), said(0.0), said(None)]).loud)


def test_nobody_has_nothing_to_tell() -> None:
    assert ((), 0, 0.0) == ((found := told([])).loud, found.quiet, found.quiet_log_odds)
