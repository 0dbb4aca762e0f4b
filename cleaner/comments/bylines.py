"""Lines that say who wrote something and when, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.comments.dates import LONGEST_DATE_CHARS, is_date
from cleaner.comments.words import LONGEST_NAME_CHARS, author_name, is_button

LONGEST_NAME_WORDS = 4
# "10. Mai, 12:30 Uhr": a day and a time of day, without a year.
_NO_YEAR_RE = re.compile(
    r"(?:(?:am|on)\s)?\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d_]{3,9}\.?),?\s(?:um\s)?\d{1,2}[:.]\d\d(?:\sUhr)?",
    re.IGNORECASE,
)
_WORD_RE = re.compile(r"[^\s、，：]+")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who and when, as a line says it."""

    author: str | None
    when: str


def byline(line: str) -> Byline | None:
    """Who and when, of a line that says nothing else; None of any other.

    >>> byline("Anna Schmidt, 12.03.2021 um 14:05 Uhr")
    Byline(author='Anna Schmidt', when='12.03.2021 um 14:05 Uhr')
    >>> byline("Max Muster schrieb am 3. Mai 2017 um 10:12")
    Byline(author='Max Muster', when='am 3. Mai 2017 um 10:12')
    >>> byline("Ada 3. Juni 2018 um 15:28 Uhr - Antworten")
    Byline(author='Ada', when='3. Juni 2018 um 15:28 Uhr')
    >>> byline("10. Mai, 12:30 Uhr"), byline("Am 3. Mai 2017 war ich dort.")
    (Byline(author=None, when='10. Mai, 12:30 Uhr'), None)
    """
    if len(line) > LONGEST_DATE_CHARS + LONGEST_NAME_CHARS or not any(map(str.isdigit, line)):
        return None
    line = _without_buttons(line)
    for word in _WORD_RE.finditer(line):
        name, when = line[: word.start()], line[word.start() :]
        if _is_when(when):
            author = author_name(name)
            is_name = author is not None and len(author.split()) <= LONGEST_NAME_WORDS
            return Byline(author, when) if is_name or not name else None
    return None


def _without_buttons(line: str) -> str:
    """A line without the words for buttons behind what it says."""
    end = len(line)
    for word in reversed(list(_WORD_RE.finditer(line))):
        if any(map(str.isdigit, word.group())) or not is_button(line[word.start() : end]):
            break
        line = line[: word.start()]
        end = len(line)
    return line.rstrip()


def _is_when(text: str) -> bool:
    return is_date(text) or bool(_NO_YEAR_RE.fullmatch(text))
