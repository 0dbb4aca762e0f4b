"""Dates as pages write them, in fields, in running text and in addresses, to ISO 8601.

Only patterns and a table of months: nothing here knows what day it is, so the same page gives the
same date for ever.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from cleaner.html.months import MONTHS

# What a field says beyond this is no date.
FIELD_CHARS, ADDRESS_CHARS = 64, 500
# The web has no older pages; and what a text says of later years is not when it was written.
FIRST_YEAR, LAST_YEAR = 1993, 2039
# A field may tell of a scanned newspaper, or of something announced.
FIRST_FIELD_YEAR, LAST_FIELD_YEAR = 1500, 2199
# What programs write where they know no date.
_NULL_DAY = dt.date(1970, 1, 1)
_CENTURY = 2000
PARTIAL_CHARS, DAY_CHARS = len("2017-02"), len("2017-02-03")

_STAMP_RE = re.compile(
    r"(?<!\d)(\d{4})([-/.])(\d\d?)\2(\d\d?)(?!\d)"
    r"(?:(?:T|t|\s{1,3})(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s?(Z|z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT_RE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z)?")
_PARTIAL_RE = re.compile(r"(\d{4})(?:-(\d\d))?")
_EPOCH_RE = re.compile(r"\d{10}(?:\d{3})?")
_NAMED_RE = re.compile(
    r"(?<!\d)(?<!\d[:.])(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.ºª°])?,?[\s/-]*(?:de |of |di |d')?"
    r"(?P<month>[^\W\d_]{3,12})\.?,?[\s/-]*(?:de |del |of )?(?P<year>\d{4}|'\d\d)(?!\d)"
    r"|(?P<month_2>[^\W\d_]{3,12})\.?\s+(?P<day_2>\d{1,2})(?:st|nd|rd|th)?\.?,?\s+"
    r"(?P<year_2>\d{4})(?!\d)"
    r"|(?<!\d)(?P<year_3>\d{4})[.,]?\s+(?P<month_3>[^\W\d_]{3,12})\s+(?P<day_3>\d{1,2})(?!\d)",
)
_NUMBERS_RE = re.compile(
    r"(?<![\d./-])(\d{1,2})(?:\.\s?(\d{1,2})\.|/(\d{1,2})/|-(\d{1,2})-| \| (\d{1,2}) \|)"
    r"\s?(\d{4}|\d\d)(?![\d./])"
)
_YEAR_FIRST_RE = re.compile(
    r"(?<!\d)(\d{4})\s?(?:[年년]|\.\s)\s?(\d{1,2})\s?(?:[月월]|\.\s)\s?(\d{1,2})(?!\d)"
)
_PATH_RE = re.compile(
    r"[/_-]((?:19|20)\d\d)(?:[/_-](\d\d?)[/_-](\d\d?)|(\d\d)(\d\d))(?=[/_.-]|$)"
    r"|/((?:19|20)\d\d)/(\d\d?)(?=/)"
    r"|[/_-](?P<day>\d\d)-(?P<month>\d\d)-(?P<year>20\d\d)(?=[/_.-]|$)"
)


def field_date(value: str) -> str | None:
    """The ISO 8601 date, with its time if it has one, that a field of metadata holds.

    >>> field_date("2019-03-05T08:30:00.000+0100"), field_date("20190305"), field_date("2019-03")
    ('2019-03-05T08:30:00+01:00', '2019-03-05', '2019-03')
    >>> field_date("Tue, 05 Mar 2019 08:30:00 GMT"), field_date("2019-02-30"), field_date("soon")
    ('2019-03-05', None, None)
    """
    value = " ".join(value[:FIELD_CHARS].split())
    if found := _STAMP_RE.search(value):
        year, _, month, day, *time = found.groups()
        return _stamp(year, month, day, *time)
    if (found := _COMPACT_RE.fullmatch(value)) and (stamp := _stamp(*found.groups())):
        return stamp
    if _EPOCH_RE.fullmatch(value):
        return _of_epoch(int(value[:10]))
    if found := _PARTIAL_RE.fullmatch(value):
        year, month = found.groups()
        return value if _day(int(year), int(month or 1), 1, in_field=True) else None
    return next(written_dates(value), None)


def _of_epoch(seconds: int) -> str | None:
    stamp = dt.datetime.fromtimestamp(seconds, dt.timezone.utc)
    return stamp.isoformat() if FIRST_YEAR <= stamp.year <= LAST_YEAR else None


def _stamp(year: str, month: str, day: str, *clock: str | None) -> str | None:
    """The date, with its time if `clock` has one: hour, minute, second and zone."""
    date = _day(int(year), int(month), int(day), in_field=True)
    hour, minute, second, zone = clock
    if not date or not hour or not minute:
        return date
    try:
        time = dt.time(int(hour), int(minute), int(second or 0))
    except ValueError:
        return date
    zone = (zone or "").upper()
    offset = f"{zone[:3]}:{zone[-2:]}" if len(zone) > 1 else zone
    return f"{date}T{time.isoformat()}{offset}"


def _day(year: int, month: int, day: int, *, in_field: bool = False) -> str | None:
    """The ISO 8601 date; None where the calendar has none, or no page could be of it."""
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    first, last = (FIRST_FIELD_YEAR, LAST_FIELD_YEAR) if in_field else (FIRST_YEAR, LAST_YEAR)
    return found.isoformat() if first <= year <= last and found != _NULL_DAY else None


def written_dates(text: str, *, month_first: bool = False) -> Iterator[str]:
    """The days that a text names, in no certain order of kinds; `month_first` as in 12/31/2019.

    >>> list(written_dates("Am 5. März 2019, 08.30 Uhr")), list(written_dates("May 5th, 2019"))
    (['2019-03-05'], ['2019-05-05'])
    >>> list(written_dates("3/5/19", month_first=True)), list(written_dates("30.2.2019"))
    (['2019-03-05'], [])
    """
    for found in (*_named(text), *_in_numbers(text, month_first=month_first)):
        if found:
            yield found


def _named(text: str) -> Iterator[str | None]:
    for found in _NAMED_RE.finditer(text):
        name = found["month"] or found["month_2"] or found["month_3"]
        month = MONTHS.get(name.lower())
        day = found["day"] or found["day_2"] or found["day_3"]
        if month:
            year = found["year"] or found["year_2"] or found["year_3"]
            yield _day(_year(year.lstrip("'")), month, int(day))


def _in_numbers(text: str, *, month_first: bool) -> Iterator[str | None]:
    for found in _STAMP_RE.finditer(text):
        yield _day(int(found[1]), int(found[3]), int(found[4]))
    for found in _YEAR_FIRST_RE.finditer(text):
        yield _day(*map(int, found.groups()))
    for found in _NUMBERS_RE.finditer(text):
        first, *second, year = found.groups()
        day, month = int(first), int(next(filter(None, second)))
        # A full stop is between day and month everywhere; a stroke is not.
        if month > 12 or (month_first and day <= 12 and not second[0]):
            day, month = month, day
        yield _day(_year(year), month, day)


def _year(digits: str) -> int:
    return int(digits) + (_CENTURY if len(digits) == 2 else 0)


def address_date(url: str) -> str | None:
    """The day, or the month, in the path of an address.

    >>> address_date("https://example.com/2017/02/03/ein-tag/"), address_date("/2017/02/x.html")
    ('2017-02-03', '2017-02')
    """
    dates = map(_in_path, _PATH_RE.finditer(url[:ADDRESS_CHARS]))
    return max(filter(None, dates), key=len, default=None)


def _in_path(found: re.Match[str]) -> str | None:
    numbers = [int(digits) for digits in found.groups() if digits]
    if found["day"]:
        numbers.reverse()
    year, month, *day = numbers
    date = _day(year, month, day[0] if day else 1)
    return date if day or not date else date[:PARTIAL_CHARS]
