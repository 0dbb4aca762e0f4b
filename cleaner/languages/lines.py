"""Which lines of a page are in another language than the page.

A line alone seldom tells: names, credits and headlines look like many languages. So each line gets
what speaks for another language as log odds, and what neighbours say is added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cleaner.languages import LanguageEngine
from cleaner.languages.kin import TWO_SCRIPTS, at_home, relatives
from cleaner.languages.pages import PageLanguages
from cleaner.languages.runs import Runs
from cleaner.languages.scripts import LATIN, OF_ONE_LANGUAGE, column, page_scripts
from cleaner.languages.shares import Shares
from cleaner.measure.characters import CHINESE_OR_JAPANESE
from cleaner.measure.places import Places, Positions
from cleaner.model import Bools, Document, Floats, Ints, Measurements, Scores

# A shared word speaks for the page: of names, credits and headlines, most come back in its text.
# (At 6, of article lines of 25 letters and more .8% count as foreign, most of them rightly; of
# foreign lines 98%.)
SHARED_ODDS = 6.0
# An engine is asked about lines of so many letters and words, but for long ones that share so many
# words with the page's running text, and any that share half.
LEAST_LETTERS, LEAST_WORDS = 15, 2
LONG_WIDTH, LONG_SHARED, MOST_SHARED = 180, 0.15, 0.5
# Those are asked about, too, where another line so far away leans towards another language.
BESIDE = (-2, -1, 1, 2)
# A question costs as much as some lines do; a page longer than any article is not asked through.
MOST_QUESTIONS = 300
# A probability below this is not told; so much may speak for another language, at most.
LEAST_PROBABILITY = 0.001
SURE_ODDS = float(-np.log(LEAST_PROBABILITY))
OTHER_SCRIPT_SHARE, OTHER_SCRIPT_LETTERS = 0.6, 4
# Latin letters are at home everywhere: on pages of other scripts they are asked about where they
# are as many as a sentence has, and doubt counts for the page, as with transliterated text.
LATIN_WORDS, LATIN_PROBABILITY = 4, 0.7
# A line alone is foreign when it has so many words, and so much speaks for it; (0.2: a margin of
# 0.1 between two languages; found on lines of real pages, where 1.7% of German lines are flagged);
# between relatives it must be longer, and surer.
LONE_WORDS, LONE_ODDS = 4, 0.2
KIN_LETTERS, KIN_ODDS = 40, 2.0
# Where so many words are capitalised, they are likely names.
NAMES_SHARE, NAMES_ODDS = 0.8, 3.0
# Lines in a run are foreign when so much speaks for it in all, and so much for each.
RUN_LINES, RUN_ODDS, RUN_LINE_ODDS = 2, 4.0, 0.5


_DENSE = sorted(CHINESE_OR_JAPANESE)


class Told(NamedTuple):
    """What is known of the language of some lines; one row a line."""

    leaning: Floats
    """What speaks for another language than the page's, in log odds; against it where negative."""
    foreign: Floats
    """How surely it is in another language, 0 to 1; 0 where that cannot be told."""


class _Lines(NamedTuple):
    """The lines of some pages laid end to end, as far as they matter here."""

    places: Places
    script: Ints
    of_page: Ints  # the script of the page each line is of
    letters: Ints  # an ideograph or kana counts twice
    words: Ints
    shared: Floats
    width: Ints
    script_share: Floats
    capitalised: Ints

    @classmethod
    def of(cls, measured: Sequence[Measurements]) -> _Lines:
        places = Places.of([len(m.width) for m in measured])
        of_page = page_scripts(measured, places.page)[places.page]
        script, letters = column(measured, "script"), column(measured, "letters")
        letters = letters * np.where(np.isin(script, _DENSE), 2, 1)
        names = ("words", "shared_prose", "width", "script_share", "capitalised")
        columns = (column(measured, name) for name in names)
        return cls(places, script, of_page, letters, *columns)


def foreign(
    documents: Sequence[Document],
    measured: Sequence[Measurements],
    languages: Sequence[PageLanguages],
    engine: LanguageEngine,
    min_letters: int,
) -> list[Told]:
    """What speaks for another language than the page's, of each line of some pages.

    The script settles it where it can. The engine is asked only about lines long enough to judge
    that share few words with the page's running text; its doubt counts for the page.
    """
    lines = _Lines.of(measured)
    settled = _other_script(lines, languages)
    leaning, kin = np.where(settled, SURE_ODDS, 0.0), np.zeros(len(settled), np.bool_)
    known = [of_page.known for of_page in languages]

    def ask(rows: Bools) -> None:
        asked = np.flatnonzero(rows)
        asked = asked[_place_on_page(lines.places.page[asked]) < MOST_QUESTIONS]
        page = lines.places.page[asked].tolist()
        places = zip(page, (asked - lines.places.first[asked]).tolist(), strict=True)
        answers = Shares.of(engine([documents[page].content(line) for page, line in places]))
        odds, kin[asked] = _odds(answers, [known[i] for i in page])
        leaning[asked] = odds - SHARED_ODDS * lines.shared[asked]
        leaning[asked] *= (odds != 0) & ~_doubtful(answers, lines, asked)

    worth = _worth_asking(lines, languages, min_letters) & ~settled
    shares_little = lines.shared < MOST_SHARED
    ask(worth & shares_little)
    # Neighbours in another language share its words with each other.
    ask(worth & ~shares_little & _beside(leaning > 0, lines.places))
    surely = _foreign(leaning, lines, min_letters, kin)
    ends = lines.places.ends[:-1]
    columns = (np.split(each.astype(np.float32), ends) for each in (leaning, surely))
    return list(map(Told, *columns))


def _beside(mask: Bools, places: Places) -> Bools:
    """Lines near one of these on the same page."""
    at, found = np.arange(len(mask)), np.zeros(len(mask), np.bool_)
    for offset in BESIDE:
        other = at + offset
        inside = (other >= places.first) & (other < places.end)
        found |= inside & mask[np.where(inside, other, at)]
    return found


def _other_script(lines: _Lines, languages: Sequence[PageLanguages]) -> Bools:
    """Lines in another script than the page's; Latin letters are at home everywhere."""
    one_script = [not x.second and x.first not in TWO_SCRIPTS for x in languages]
    return np.asarray(
        (lines.of_page > 0)
        & (lines.script != lines.of_page)
        & (lines.script != LATIN)
        & (lines.script_share >= OTHER_SCRIPT_SHARE)
        & (lines.letters >= OTHER_SCRIPT_LETTERS)
        & np.asarray(one_script, np.bool_)[lines.places.page]
    )


def _worth_asking(lines: _Lines, languages: Sequence[PageLanguages], min_letters: int) -> Bools:
    known = np.asarray([bool(x.first) for x in languages], np.bool_)[lines.places.page]
    enough = np.where(
        (lines.script == LATIN) & (lines.of_page != LATIN),
        (lines.letters >= min_letters) & (lines.words >= LATIN_WORDS),
        (lines.letters >= min(LEAST_LETTERS, min_letters)) & (lines.words >= LEAST_WORDS),
    )
    own = (lines.shared >= LONG_SHARED) & (lines.width >= LONG_WIDTH)
    own |= (lines.script == lines.of_page) & np.isin(lines.script, OF_ONE_LANGUAGE)
    return np.asarray(known & enough & ~own)


def _place_on_page(pages: Positions) -> Positions:
    """How many before each of some rows, sorted by page, are of the same page."""
    return np.arange(len(pages)) - np.searchsorted(pages, pages)


def _odds(answers: Shares, languages: Sequence[tuple[str, ...]]) -> tuple[Scores, Bools]:
    """The log odds of the likeliest other language against the page's, and whether it is kin."""
    own, others = np.zeros(len(answers)), np.zeros(len(answers))
    kin = np.zeros(len(answers), np.bool_)
    places: dict[tuple[str, ...], list[int]] = {}
    for row, codes in enumerate(languages):
        places.setdefault(codes, []).append(row)
    for codes, of_codes in places.items():
        rows, home = np.asarray(of_codes, np.intp), at_home(codes)
        own[rows] = answers.at_home(rows, home)
        others[rows], kin[rows] = answers.likeliest_but(rows, home, relatives(codes))
    floor = LEAST_PROBABILITY
    return np.log(np.maximum(others, floor) / np.maximum(own, floor)), kin


def _doubtful(answers: Sequence[Mapping[str, float]], lines: _Lines, asked: Positions) -> Bools:
    """Latin lines on pages of other scripts that look like no language in particular."""
    doubtful = (lines.script[asked] == LATIN) & (lines.of_page[asked] != LATIN)
    for row in np.flatnonzero(doubtful).tolist():
        doubtful[row] = _most(answers[row]) < LATIN_PROBABILITY
    return np.asarray(doubtful)


def _most(answer: Mapping[str, float]) -> float:
    """How probable the likeliest language is, with those that are the same to an engine."""
    best = max(answer, key=lambda code: answer[code], default="")
    return sum(answer.get(code, 0.0) for code in at_home([best]))


def _foreign(leaning: Scores, lines: _Lines, min_letters: int, kin: Bools) -> Scores:
    """How surely each line is foreign, by itself or in its run."""
    m = lines
    runs = Runs.of(leaning, m.letters, m.words == 0, m.places)
    settled = leaning >= SURE_ODDS
    alone = (m.letters >= min_letters) & (m.words >= LONE_WORDS) & (leaning >= LONE_ODDS)
    alone &= (m.capitalised < NAMES_SHARE * m.words) | (leaning >= NAMES_ODDS)
    alone &= ~kin | ((m.letters >= KIN_LETTERS) & (leaning >= KIN_ODDS))
    among = (runs.lines >= RUN_LINES) & (runs.odds >= RUN_ODDS) & (leaning >= RUN_LINE_ODDS)
    among &= runs.letters >= np.where(kin, KIN_LETTERS, min_letters)
    mean = np.where(among, runs.odds / np.maximum(runs.lines, 1), 0.0)
    most = np.maximum(mean, np.where(alone, leaning, 0.0))
    # Of two languages with these log odds, the margin between their probabilities.
    return np.asarray(np.where(settled, 1.0, np.tanh(most / 2)))
