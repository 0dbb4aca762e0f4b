"""Finds text foreign to the site: advertisements, link farms, blocks of foreign headlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from cleaner.html.concealing import concealed
from cleaner.measure.places import sums_before
from cleaner.model import Bools, Label, Page
from cleaner.page.headings import below_headings
from cleaner.page.pages import Pages
from cleaner.rules.searches import matched_words
from cleaner.stages.voices import Voices, by_rules, for_lines, for_runs

# A block of headlines is foreign when this share of it is in another language.
FOREIGN_SHARE = 0.2
FOREIGN_LINES = 2
BLOCK_WEIGHT = 0.97
SECTION_LINES = 12
# A list of so many words, this many between two commas at most, is stuffed when one of them, so
# long, stands there so often, and is this share of all. (On gold pages not one article line is.)
STUFFED_WORDS, WORDS_A_COMMA = 8, 5
STUFFED_CHARS, STUFFED_TIMES, STUFFED_SHARE = 5, 4, 0.25
STUFFED_WEIGHT = 0.7
# Of the words that matched, a reason names so much; no rule looks further into a line.
NAMED_CHARS, NAMED_LINE_CHARS = 60, 4_000
SECTION_WEIGHT = 0.63
# Of 1,850 letters that gold pages so hide, or hide and a rule for spam matches, none are of an
# article; of 8,090 hidden ones in another language 58 are, a formula.
MOST_CONCEALED_SHARE = 0.4
CONCEALED_WEIGHT, UNSEEN_FOREIGN_WEIGHT = 0.95, 0.85
_WORD_RE = re.compile(r"\w+")


def propose(pages: Pages) -> Iterator[Voices]:
    """Spam for known phrases, what follows their headings, and text that nobody shall read.

    The latter are foreign blocks, stuffed lines, and what the markup of a page hides.
    """
    yield _phrases(pages)
    yield _sections(pages)
    yield _blocks(pages)
    yield _stuffed(pages)
    if any(page.document.markup for page in pages.pages):
        yield _concealed(pages)
        yield from _unseen(pages)


def _phrases(pages: Pages) -> Voices:
    """Known phrases; each reason names the words that matched."""
    voices, hits = by_rules("spam", pages, Label.SPAM), pages.hits
    hits = hits.where(hits.labelled(Label.SPAM))
    sayings = [
        said._replace(reason=_named(said.reason, known, pages.content(line)))
        for said, known, line in zip(
            map(voices.sayings.__getitem__, voices.said.tolist()),
            map(hits.known.patterns.__getitem__, hits.rules.tolist()),
            hits.lines.tolist(),
            strict=True,
        )
    ]
    return replace(voices, said=np.arange(len(sayings)), sayings=sayings)


def _named(reason: str, pattern: str, text: str) -> str:
    """The reason of a rule, and the words of the line that it matched."""
    words = matched_words(pattern, text[:NAMED_LINE_CHARS]) if pattern else ""
    if not words:
        return reason
    shown = words if len(words) <= NAMED_CHARS else f"{words[: NAMED_CHARS - 1]}…"
    return f"{reason}: '{shown}'"


def _sections(pages: Pages) -> Voices:
    """What stands below a heading such as 'Sponsored content'."""
    lines, reasons = below_headings(pages, Label.SPAM, SECTION_LINES)
    return for_lines(lines, Label.SPAM, SECTION_WEIGHT, "spam.section", reasons)


def _blocks(pages: Pages) -> Voices:
    """Headlines of the page's own language go with the foreign ones they stand among."""
    foreign = pages.foreign > 0
    # Headline-like lines outside the article.
    loose = (pages.headline_shaped | foreign) & ~(pages.menu_entry | pages.prose | pages.core)
    first, last = pages.places.runs(loose)
    sums, lines = sums_before(foreign), last + 1 - first
    others = sums[last + 1] - sums[first]
    heard = (others >= FOREIGN_LINES) & (others >= FOREIGN_SHARE * lines)
    counts = zip(others[heard].tolist(), lines[heard].tolist(), strict=True)
    reasons = [f"stands in a block of headlines, {some} of {n} foreign" for some, n in counts]
    return for_runs(
        (first[heard], last[heard]), Label.SPAM, BLOCK_WEIGHT, "spam.foreign_block", reasons
    )


def _stuffed(pages: Pages) -> Voices:
    """Lines that list one word over and over, for search engines to find."""
    m = pages.measured
    listing = (m.words >= STUFFED_WORDS) & (m.sentences <= 1) & ~m.truncated
    listing &= (m.commas + m.dividers) * WORDS_A_COMMA >= m.words
    found = {line: _stuffing(pages.content(line)) for line in np.flatnonzero(listing).tolist()}
    said = {line: word for line, word in found.items() if word}
    reasons = [f"repeats '{word}' over and over" for word in said.values()]
    lines = np.fromiter(said, np.intp, len(said))
    return for_lines(lines, Label.SPAM, STUFFED_WEIGHT, "spam.stuffing", reasons)


def _concealed(pages: Pages) -> Voices:
    """Lines of HTML pages that a style hides where others read."""
    found = {
        start + line: way
        for page, start in zip(pages.pages, pages.places.starts.tolist(), strict=True)
        for line, way in _concealed_on(page).items()
    }
    lines = np.fromiter(found, np.intp, len(found))
    return for_lines(lines, Label.SPAM, CONCEALED_WEIGHT, "spam.concealed", list(found.values()))


def _concealed_on(page: Page) -> Mapping[int, str]:
    """How lines of a page are concealed; none where so much is, as a script will show it then."""
    markup = page.document.markup
    found = dict(concealed(markup)) if markup is not None else {}
    letters = page.measured.letters
    if letters[list(found)].sum() > MOST_CONCEALED_SHARE * letters.sum():
        return {}
    return found


def _unseen(pages: Pages) -> Iterator[Voices]:
    """Lines that a page does not show, if they read like spam or are in another language.

    Others are the article's own as often as not: it folds up, has tabs, waits for scripts.
    """
    hidden = np.concatenate([_hidden(page) for page in pages.pages])
    phrases = np.unique(pages.hits.where(pages.hits.labelled(Label.SPAM)).lines)
    phrases = phrases[hidden[phrases]]
    foreign = np.setdiff1d(np.flatnonzero(hidden & (pages.foreign > 0)), phrases)
    for lines, weight, also in (
        (phrases, CONCEALED_WEIGHT, "reads like spam"),
        (foreign, UNSEEN_FOREIGN_WEIGHT, "is in another language than the page"),
    ):
        yield for_lines(lines, Label.SPAM, weight, "spam.unseen", f"is not shown, and {also}")


def _hidden(page: Page) -> Bools:
    markup = page.document.markup
    return np.zeros(len(page), np.bool_) if markup is None else markup.hidden


def _stuffing(text: str) -> str | None:
    """The word that a list repeats as no sentence does.

    >>> _stuffing("cheap shoes, shoes online, buy shoes, best shoes, shoes sale")
    'shoes'
    >>> _stuffing("red shoes, blue hats, green gloves, white shirts, black coats")
    """
    words = [word for word in _WORD_RE.findall(text.casefold()) if len(word) >= STUFFED_CHARS]
    [(word, count)] = Counter(words).most_common(1) or [("", 0)]
    return word if count >= STUFFED_TIMES and count >= STUFFED_SHARE * len(words) else None
