"""Finds text foreign to the site: advertisements, link farms, blocks of foreign headlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cleaner.measure.places import sums_before
from cleaner.model import Label
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
_WORD_RE = re.compile(r"\w+")


def propose(pages: Pages) -> Iterator[Voices]:
    """Spam for known phrases, what follows their headings, foreign blocks, and stuffed lines."""
    yield _phrases(pages)
    yield _sections(pages)
    yield _blocks(pages)
    yield _stuffed(pages)


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


def _stuffing(text: str) -> str | None:
    """The word that a list repeats as no sentence does.

    >>> _stuffing("cheap shoes, shoes online, buy shoes, best shoes, shoes sale")
    'shoes'
    >>> _stuffing("red shoes, blue hats, green gloves, white shirts, black coats")
    """
    words = [word for word in _WORD_RE.findall(text.casefold()) if len(word) >= STUFFED_CHARS]
    [(word, count)] = Counter(words).most_common(1) or [("", 0)]
    return word if count >= STUFFED_TIMES and count >= STUFFED_SHARE * len(words) else None
