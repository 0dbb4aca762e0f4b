"""Which lines hold a time, a year, a date: what runs of digits stand for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cleaner.measure import characters as ch
from cleaner.measure.laid import Laid, Positions
from cleaner.model import Bools

# Days and months have at most two digits, years four.
SHORT, LONG = 2, 4
YEARS = (19, 20)
# Between a day and its year stands a month's name, in either order.
MONTH_NAME_CHARS = (2, 14)
_DATE_MARKS = tuple(map(ord, "./-"))
_TIME_MARKS = tuple(map(ord, ":."))
_YEAR_SIGN = ord("年")


@dataclass(frozen=True, slots=True)
class Figures:
    """Which lines hold what; one row a line."""

    times: Bools
    years: Bools
    dates: Bools


def find_figures(laid: Laid) -> Figures:
    """The times, years and dates in lines laid end to end."""
    starts, ends = _runs(laid)
    if not len(starts):
        none = np.zeros(len(laid), np.bool_)
        return Figures(none, none, none)
    lengths = ends - starts
    line = np.searchsorted(laid.starts, starts, side="right")
    after = laid.points[ends]  # a line feed stands after every line
    gap, same = np.full(len(starts), -1), np.zeros(len(starts), np.bool_)
    gap[:-1] = starts[1:] - ends[:-1]
    same[:-1] = line[1:] == line[:-1]
    following = np.append(lengths[1:], 0)
    short = lengths <= SHORT
    year = _is_year(laid, starts, lengths)
    next_year = np.append(year[1:], False)
    times = short & same & (gap == 1) & (following == SHORT) & _among(after, _TIME_MARKS)
    marked = short & same & (gap <= SHORT) & (following <= SHORT)
    date_mark = _among(after, _DATE_MARKS)
    marked &= date_mark
    second = np.append(date_mark[1:], False)
    named = (short & same & next_year) & (gap >= MONTH_NAME_CHARS[0]) & (gap <= MONTH_NAME_CHARS[1])
    written = (lengths == LONG) & same & (gap == 1) & (after == ord("-")) & (following == SHORT)
    dates = (marked & second) | named | written | (year & (after == _YEAR_SIGN))
    return Figures(*(laid.any_at(starts[found]) for found in (times, year, dates)))


def _runs(laid: Laid) -> tuple[Positions, Positions]:
    """Where runs of digits begin and end."""
    digits = laid.specials[laid.special(ch.DIGIT)]
    begins = np.ones(len(digits), np.bool_)
    begins[1:] = digits[1:] > digits[:-1] + 1
    ends = np.append(begins[1:], True)[: len(digits)]
    return digits[begins], digits[ends] + 1


def _among(values: Positions, some: tuple[int, ...]) -> Bools:
    """Which values are among a few; np.isin takes several times as long."""
    return np.asarray(np.logical_or.reduce([values == each for each in some]))


def _is_year(laid: Laid, starts: Positions, lengths: Positions) -> Bools:
    century = np.zeros(len(starts), np.int64)
    long = lengths == LONG
    tens = laid.points[starts[long]] - ord("0")
    ones = laid.points[starts[long] + 1] - ord("0")
    century[long] = tens * 10 + ones
    return _among(century, YEARS)
