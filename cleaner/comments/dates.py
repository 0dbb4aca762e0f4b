"""Dates as pages write them, to ISO 8601 where they can be told."""

from __future__ import annotations

import datetime as dt
import re

# A text that says more than when is no date.
LONGEST_DATE_CHARS = 60
# Before these years there were no comments on the web, or the number is another.
FIRST_YEAR, LAST_YEAR = 1990, 2099
_MONTHS = (
    "jan janv januar january januari janvier enero ene gennaio gen janeiro stycznia sty jänner",
    "feb februar february februari févr février fev fevrier febrero febbraio fevereiro lutego lut",
    "mar mär märz mrz march maart mrt mars marzo março marca",
    "apr april avr avril abr abril aprile kwietnia kwi",
    "mai may mei mayo maggio mag maio maja",
    "jun juni june juin junio giugno giu junho czerwca cze",
    "jul juli july juil juillet julio luglio lug julho lipca lip",
    "aug august augustus août aout agosto ago sierpnia sie",
    "sep sept september septembre septiembre settembre set setembro września wrz",
    "oct okt oktober october octobre octubre ottobre ott outubro out października paź",
    "nov november novembre noviembre novembro listopada lis",
    "dec dez dezember december déc décembre diciembre dic dicembre dezembro grudnia gru",
)
_MONTH_OF = {name: i for i, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTH_OF, key=lambda name: (-len(name), name)))})\b\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?", r"(?P<year>\d{4})"
_DAY_RES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)\b",
        rf"\b{_YEAR}\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]",
        rf"\b{_YEAR}[./](?P<month>\d\d?)[./](?P<day>\d\d?)\b",
        rf"\b{_DAY}\s*(?:de\s+)?{_MONTH}\s*(?:de\s+|del\s+)?(?:,\s*)?{_YEAR}",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"\b(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"\b(?P<first>\d\d?)[/-](?P<second>\d\d?)[/-]{_YEAR}\b",
    )
)
_CLOCK_RE = re.compile(
    r"(?<![\d.])(?P<hour>[01]?\d|2[0-3])\s?[:.h]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?!\d)"
    r"\s*(?P<half>[ap])?\.?m?\b",
    re.IGNORECASE,
)
_ISO_RE = re.compile(
    r"\s*(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
)
_SHORT_ZONE_RE = re.compile(r"([+-]\d\d)(\d\d)")
_WORD_RE = re.compile(r"[^\W\d_]+")
# What may stand beside a date that nothing else stands beside.
_BESIDE_WORDS = (
    "am um uhr den der vom on at the a à le las los il alle ore o godz h s m min pm gmt utc cet"
    " cest mez mesz est edt pst pdt via de del el i og kl klo dnia w"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so"
    " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
    " lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes"
    " sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica"
    " poniedziałek wtorek środa czwartek piątek sobota niedziela maandag dinsdag woensdag"
    " donderdag vrijdag zaterdag zondag segunda terça quarta quinta sexta feira"
)
_BESIDE = frozenset(_BESIDE_WORDS.split())


def iso_date(text: str) -> str | None:
    """The date and, where it stands there, the time of day in a text; None where it is not told.

    A day and a month that could be either way round, a date without a year, and how long ago
    something was are not told.

    >>> iso_date("12. Mai 2017 um 10:12 Uhr"), iso_date("May 12th, 2017 at 1:05 pm")
    ('2017-05-12T10:12', '2017-05-12T13:05')
    >>> iso_date("03/04/2017"), iso_date("vor 3 Tagen")
    (None, None)
    """
    if found := _ISO_RE.match(text):
        return _iso(found)
    for pattern in _DAY_RES:
        if found := pattern.search(text):
            day = _day(found)
            return day and day + (_clock(text[found.end() :]) or _clock(text[: found.start()]))
    return None


def is_date(text: str) -> bool:
    """Whether a text says when, and nothing else.

    >>> is_date("Am 12.05.2017, 10:12 Uhr"), is_date("Seit 12.05.2017 geschlossen")
    (True, False)
    """
    if len(text) > LONGEST_DATE_CHARS or not any(map(str.isdigit, text)):
        return False
    for pattern in _DAY_RES:
        without = pattern.sub(" ", text, count=1)
        if without != text:
            rest = _CLOCK_RE.sub(" ", without)
            words = map(str.lower, _WORD_RE.findall(rest))
            return not any(map(str.isdigit, rest)) and all(word in _BESIDE for word in words)
    return False


def _iso(found: re.Match[str]) -> str | None:
    day = found["day"]
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return None
    zone = _SHORT_ZONE_RE.sub(r"\1:\2", found["zone"] or "")
    return f"{day}T{found['clock']}{zone}" if found["clock"] else day


def _day(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    if groups.get("first"):
        first, second = int(groups["first"]), int(groups["second"])
        if (first > 12) == (second > 12):  # which of them is the month?
            return None
        day, month = max(first, second), min(first, second)
    else:
        day = int(groups["day"])
        month = int(groups.get("month") or _MONTH_OF[groups["name"].lower()])
    year = int(groups["year"])
    try:
        return dt.date(year, month, day).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _clock(text: str) -> str:
    """The first time of day in a text, as ISO 8601 has it behind a date; empty without any."""
    found = _CLOCK_RE.search(text)
    if not found:
        return ""
    hour = int(found["hour"])
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    second = f":{found['second']}" if found["second"] else ""
    return f"T{hour:02}:{found['minute']}{second}"
