"""Dates as rows and metadata give them."""

from __future__ import annotations

import datetime as dt
import re

# ISO 8601 dates, also partial; anything longer is cut to its day.
_ISO_RE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|T|\s)")


def iso_date(date: str | tuple[str, ...] | None) -> str | None:
    """The date that a text begins with, in ISO 8601, also partial; None without one.

    >>> iso_date("2017-02-03T10:00:00Z"), iso_date("2017-02"), iso_date("2017-02-30")
    ('2017-02-03', '2017-02', None)
    """
    found = _ISO_RE.match(date) if isinstance(date, str) else None
    return found.group() if found and _exists(found.group()) else None


def _exists(date: str) -> bool:
    """Whether a date is in the calendar; a partial one stands for its first day."""
    try:
        return bool(dt.date.fromisoformat((date + "-01-01")[:10]))
    except ValueError:
        return False
