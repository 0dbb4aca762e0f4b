"""Values that JSON lacks, as values that it has."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Mapping
from typing import Any


def plain(value: Any) -> Any:
    """The value as JSON can hold it: dates in ISO 8601, bytes in Base64, decimals as strings.

    Durations are seconds; a map is a list of pairs, for its keys may be anything.

    >>> plain({"at": dt.date(2017, 2, 3), "raw": b"cleaner", "of": [dt.timedelta(minutes=2)]})
    {'at': '2017-02-03', 'raw': 'Y2xlYW5lcg==', 'of': [120.0]}
    """
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return list(map(plain, value))
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, (dt.date, dt.time)):  # a datetime is a date
        return value.isoformat()
    return value.total_seconds() if isinstance(value, dt.timedelta) else str(value)
