"""Measurements in words: what a reader is told about a line."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from cleaner.decide.markup_phrases import markup_fact
from cleaner.decide.surroundings import OFFSETS, STRETCHES
from cleaner.model import FAR_LINES

Facts = tuple[tuple[str, float], ...]
"""Names and values of some numbers."""
# The stage that voices of measurements name.
MEASURING = "decide"
# Of the numbers of a group, as many as this are told.
MOST_TOLD = 2
REMEMBERED_FACTS = 8_192
_NEARLY_FAR = math.log1p(FAR_LINES - 0.5)
# What a whole group is about, where none of its numbers stands out.
_GROUPS = {
    "shape": "its length, punctuation and case",
    "shared": "the words it shares with the rest of the page",
    "place": "where it stands on the page",
    "markup": "its place in the markup",
    "wording": "its words",
    "neighbours": "the lines around it",
    "page": "what the page as a whole is like",
    "prior": "before anything is known about it",
    "rest": "what else was measured, each of it little",
    "together": "nothing by itself, all of it together",
}
_ORDINALS = ("", "second ", "third ")
# What stands around a line, in the order of cleaner.decide.surroundings.
AROUND = (
    *(f"the {_ORDINALS[abs(k) - 1]}line {'above' if k < 0 else 'below'}" for k in OFFSETS),
    *(f"the {max(-a, b)} lines {'above' if a < 0 else 'below'}" for a, b in STRETCHES),
    "all lines above",
    "all lines below",
    "what stands out above",
    "what stands out below",
)
# What a flag says, set and not set; an empty text is not told.
_FLAGS = {
    "ends_sentence": ("ends like a sentence", "does not end like a sentence"),
    "ends_loudly": ("ends in ! or ?", ""),
    "ends_colon": ("ends in a colon", ""),
    "ends_ellipsis": ("breaks off", ""),
    "starts_upper": ("begins in upper case", "does not begin in upper case"),
    "starts_lower": ("begins in lower case", ""),
    "starts_digit": ("begins with a digit", ""),
    "starts_bullet": ("begins with a bullet", ""),
    "only_marks": ("has neither letters nor digits", ""),
    "quoted": ("begins or ends with a quotation mark", ""),
    "money": ("has a sum of money", ""),
    "times": ("has a time", ""),
    "years": ("has a year", ""),
    "dates": ("has a date", ""),
    "addresses": ("has a web or mail address", ""),
    "handles": ("has a #tag or @name", ""),
    "brackets": ("has brackets", ""),
    "east_asian": ("is in Chinese or Japanese", ""),
    "core": ("stands amid the article", "stands outside the article"),
}


def _count(none: str, one: str, many: str) -> Callable[[float], str]:
    """Counts are read as logarithms."""

    def told(value: float) -> str:
        count = round(math.expm1(max(0.0, value)))
        return none if not count else one if count == 1 else many.format(f"{count:,}")

    return told


def _distance(here: str, far: str, one: str, many: str) -> Callable[[float], str]:
    """Distances beyond FAR_LINES are all the same."""
    counted = _count(here, one, many)
    return lambda value: far if value > _NEARLY_FAR else counted(value)


def _share(text: str) -> Callable[[float], str]:
    return lambda value: text.format(f"{min(max(value, 0.0), 1.0):.0%}")


_NUMBERS: Mapping[str, Callable[[float], str]] = {
    "width": _count("empty", "one character wide", "{} characters wide"),
    "words": _count("no words", "one word", "{} words"),
    "commas": _count("no commas", "one comma", "{} commas"),
    "sentences": _count("no sentence ends", "one sentence end", "{} sentence ends"),
    "dividers": _count("no dividers", "one divider", "{} dividers"),
    "letters": _share("{} letters"),
    "digits": _share("{} digits"),
    "marks": _share("{} punctuation"),
    "uppers": _share("{} of its letters in upper case"),
    "capitalised": _share("{} of its words capitalised"),
    "prose": _share("reads like running text to {}"),
    "shared_prose": _share("{} of its words stand in the page's running text"),
    "shared_page": _share("{} of its words stand elsewhere on the page"),
    "shared_telling": _share("{} of its long words stand in the page's running text"),
    "shared_telling_words": _count(
        "none of its long words stands in the page's running text",
        "one of its long words stands in the page's running text",
        "{} of its long words stand in the page's running text",
    ),
    "shared_top": _share("{} the same as one of the page's first lines"),
    "repeated": _count(
        "stands once on the page", "stands twice on the page", "stands {} more times on the page"
    ),
    "place": _share("{} down the page"),
    "from_start": _count("the page's first line", "one line from the top", "{} lines from the top"),
    "from_end": _count("the page's last line", "one line from the end", "{} lines from the end"),
    "lines": _count("", "a page of one line", "a page of {} lines"),
    "text_before": _share("{} of the running text stands above"),
    "text_after": _share("{} of the running text stands below"),
    "chars_before": _share("{} of the page stands above"),
    "paragraphs_before": _count("no paragraph above", "one paragraph above", "{} paragraphs above"),
    "paragraphs_after": _count("no paragraph below", "one paragraph below", "{} paragraphs below"),
    "prose_before": _distance(
        "is running text",
        "no running text above it, or far away",
        "right below running text",
        "{} lines below running text",
    ),
    "prose_after": _distance(
        "is running text",
        "no running text below it, or far away",
        "right above running text",
        "{} lines above running text",
    ),
    "from_core": lambda value: (
        _count("", "right below the article", "{} lines below the article")(value)
        if value > 0
        else _count("amid the article", "right above the article", "{} lines above the article")(
            -value
        )
    ),
    "crowd": _share("menus and notices abound to {}"),
    "text": lambda value: (
        f"a page of {'much' if value > 7 else 'little'} running text"
    ),  # about 1,100 characters
    "word_length": lambda value: f"words of {value:.1f} letters",
    "emojis": lambda value: "has emojis" if value > 0.5 else "",  # a count
}


@lru_cache(REMEMBERED_FACTS)
def phrase(part: str, numbers: Facts = ()) -> str:
    """A part of the reasons in words, with some of its numbers as they were measured.

    >>> phrase("shape", (("words", math.log1p(3)), ("ends_colon", 0.0)))
    'its length, punctuation and case: 3 words'
    """
    general = _GROUPS.get(part, f"what the stage '{part}' heard, or did not hear, around it")
    facts = [fact for name, value in numbers if (fact := _fact(name, value))]
    return f"{general}: {', '.join(facts)}" if facts else general


def wording(words: Sequence[str]) -> str:
    """The part of the wording in words, with what of the line weighed most.

    >>> wording(["Kommentare", "3 Antworten"])
    "its words: 'Kommentare', '3 Antworten'"
    """
    general = _GROUPS["wording"]
    return f"{general}: {', '.join(map(repr, words))}" if words else general


@lru_cache(REMEMBERED_FACTS)
def _fact(name: str, value: float) -> str:
    if name in AROUND:
        return name
    if name in _FLAGS:
        return _FLAGS[name][value < 0.5]  # a flag is 0 or 1
    return _NUMBERS[name](value) if name in _NUMBERS else markup_fact(name, value)


def signed(log_odds: float | None) -> str:
    """Log odds with their sign; nothing where they are not known.

    >>> signed(2.604), signed(-0.31), signed(-0.01), signed(None)
    ('+2.6', '-0.3', '+0.0', '')
    """
    # Adding 0.0 turns the -0.0 of a rounded small number into 0.0.
    return "" if log_odds is None else f"{round(log_odds, 1) + 0.0:+.1f}"
