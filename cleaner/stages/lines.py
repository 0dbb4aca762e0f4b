"""What the stages share: shapes of lines, runs of them, and proposals for a rule's hits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import regex

from cleaner.model import NOISE, Bools, Floats, Hit, Ints, Label, Measurements, Page, Proposal

# Several stages ask the same of a page, one after the other.
REMEMBERED_PAGES = 2
# A line reads like running text from here on (see Measurements.prose).
PROSE = 0.5
# A rule this loud names what the line is, however it reads.
KNOWN_WEIGHT = 0.5
NEARLY_SURE = 0.85
DOUBTFUL_WEIGHT = 0.35
# Longer paragraphs count no more for the article's stretch; a line that is none costs half a short
# sentence.
LONG_WIDTH = 400
OTHER_COST = 32.0
# Headlines have at least three words and fit on two lines of a column.
HEADLINE_WORDS = (3, 18)
HEADLINE_WIDTH = 140
# Menu entries and buttons are a word or two.
MENU_WORDS = 3
MENU_WIDTH = 36
# Comments are announced after at least this much running text; they are at most this many times as
# long as the article, without and with commenters' voices in them.
ARTICLE_WIDTH = 250
COMMENTS_PER_ARTICLE = 2
HEARD_COMMENTS_PER_ARTICLE = 12
COMMENT_VOICES = 2
PARAGRAPHS_TO_VOICE = 2
STEM_LETTERS = 7
# Headings beyond the first few are not looked at: a page of a thousand of them has no one section.
MOST_HEADINGS = 20
# Comments have at least this many words; without commenters' voices, this share of them must be
# informal, or they must be shorter than the article's paragraphs by this much.
COMMENT_WORDS = 4
INFORMAL_SHARE = 0.3
SHORT_COMMENTS_SHARE = 0.75
_WORD_RE = regex.compile(r"\p{L}{5,}|[\p{Han}\p{Hiragana}\p{Katakana}]{2,}")
# A section below a heading is no longer than this.
SECTION_LINES = 30
# As many lines of known phrases, or menu entries beyond the first few, as a whole page has.
KNOWN_LINES = 10
MENU_LINES = 40


def runs(mask: Bools) -> Iterator[tuple[int, int]]:
    """First and last index of every stretch of true values.

    >>> list(runs(np.array([False, True, True, False, True])))
    [(1, 2), (4, 4)]
    """
    padded = np.concatenate(([False], mask, [False]))
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield int(start), int(end) - 1


def is_prose(measured: Measurements) -> Bools:
    """Lines that read like running text."""
    return np.asarray(measured.prose >= PROSE)


def is_headline(measured: Measurements) -> Bools:
    """Lines of a headline's shape: a few words, no full stop, no lower-case start."""
    low, high = HEADLINE_WORDS
    loud_or_open = ~measured.ends_sentence | measured.ends_loudly | measured.ends_ellipsis
    return np.asarray(
        (measured.words >= low)
        & (measured.words <= high)
        & (measured.width <= HEADLINE_WIDTH)
        & loud_or_open
        & ~measured.starts_lower
        & ~measured.ends_colon
        & (measured.sentences <= 2)
        & (measured.digits * 4 <= measured.letters)
    )


def is_menu_entry(measured: Measurements) -> Bools:
    """Lines as short as a menu entry or a button, and as bare of punctuation."""
    return np.asarray(
        (measured.words <= MENU_WORDS)
        & (measured.width <= MENU_WIDTH)
        & ~(measured.ends_sentence & ~measured.ends_ellipsis)
    )


@lru_cache(REMEMBERED_PAGES)
def core(page: Page) -> tuple[int, int] | None:
    """First and last line of the stretch that holds the article; None if nothing reads like one.

    Maximum subsequence segmentation (Pasternack and Roth, Extracting article text from the web with
    maximum subsequence segmentation, WWW 2009): lines of running text count for, others against.
    Reader comments read like running text too: the stretch ends where they are announced.
    """
    measured = page.measured
    prose = is_paragraph(page)
    gain = np.where(prose, np.minimum(measured.width, LONG_WIDTH) * measured.prose, 0.0)
    values = (gain - np.where(prose, 0.0, OTHER_COST))[: comments_heading(page)]
    if not len(values) or values.max() <= 0:
        return None
    sums = np.concatenate(([0.0], np.cumsum(values)))
    lowest = np.minimum.accumulate(sums)
    last = int(np.argmax(sums - lowest))
    first = int(np.argmin(sums[: last + 1]))
    return first, last - 1


@lru_cache(REMEMBERED_PAGES)
def comments_heading(page: Page) -> int | None:
    """The line that announces reader comments below it; None if there is none.

    Above the article such a line is a link to them, so running text must stand before it. More text
    below it than above may be the article itself, and an article about comments may have a
    subheading of that name: then commenters must be heard below.
    """
    opening = [hit for hit in _openings(page) if hit.label is Label.COMMENT][:MOST_HEADINGS]
    if not opening:
        return None
    prose = is_paragraph(page)
    widths = np.cumsum(np.where(prose, page.measured.width, 0))
    voices = np.asarray([h.line for h in page.hits_of(Label.COMMENT) if not h.opens], np.int32)
    for hit in opening:
        line = hit.line
        before = int(widths[line])
        heard = _heard(voices[voices > line], prose, line)
        most = HEARD_COMMENTS_PER_ARTICLE if heard else COMMENTS_PER_ARTICLE
        announced = before >= ARTICLE_WIDTH and before * most >= int(widths[-1]) - before
        if announced and (heard or _is_plain(page, hit, opening, prose)):
            return line
    return None


def _heard(voices: Ints, prose: Bools, line: int) -> bool:
    """Whether commenters speak below a line, the first of them soon."""
    if len(voices) < COMMENT_VOICES:
        return False
    return int(prose[line + 1 : int(voices[0])].sum()) <= PARAGRAPHS_TO_VOICE


def _is_plain(page: Page, hit: Hit, opening: Sequence[Hit], prose: Bools) -> bool:
    """Whether a heading announces comments even without commenters' voices below it."""
    return (
        _reads_like_comments(page, hit.line, prose)
        and not _is_topic(page, hit.line, prose)
        and not _is_one_of_many(hit, opening, prose)
    )


def _reads_like_comments(page: Page, line: int, prose: Bools) -> bool:
    """Whether the text below a line is written as comments are: informally, or in short."""
    m, below = page.measured, slice(line + 1, None)
    texts = m.words[below] >= COMMENT_WORDS
    if not texts.any():
        return True
    informal = (m.emojis[below] > 0) | m.starts_lower[below] | ~m.ends_sentence[below]
    above = float(m.width[:line][prose[:line]].mean())
    short = float(m.width[below][texts].mean()) < SHORT_COMMENTS_SHARE * above
    return short or float(informal[texts].mean()) >= INFORMAL_SHARE


def _is_one_of_many(hit: Hit, opening: Sequence[Hit], prose: Bools) -> bool:
    """Whether the same phrase follows further down, below other text: each post has its count."""
    return any(
        other.rule == hit.rule and prose[hit.line : other.line].any()
        for other in opening
        if other.line > hit.line
    )


def _is_topic(page: Page, line: int, prose: Bools) -> bool:
    """Whether the article above has a word of this line."""
    stems = {word[:STEM_LETTERS] for word in _WORD_RE.findall(page.document.content(line).lower())}
    above = (page.document.content(int(i)).lower() for i in np.flatnonzero(prose[:line]))
    return any(stem in text for text in above for stem in stems)


def is_paragraph(page: Page) -> Bools:
    """Lines that read like running text and have no known phrase of noise."""
    prose = is_prose(page.measured)
    prose[[h.line for h in page.hits if h.label in NOISE and h.weight >= KNOWN_WEIGHT]] = False
    return prose


def first_paragraph(page: Page, found: tuple[int, int]) -> int:
    """The first line of running text in the article's stretch."""
    prose = np.flatnonzero(is_paragraph(page)[found[0] : found[1] + 1])
    return found[0] + (int(prose[0]) if len(prose) else 0)


def section_below(page: Page, hit: Hit) -> range:
    """The lines that belong to a heading.

    They end at running text (but for an article's own headline above it), at a heading of another
    kind, and, where they are a bulleted list, with the list.
    """
    start, stop = hit.line + 1, min(len(page), hit.line + 1 + SECTION_LINES)
    openings = _openings(page)
    near = openings[bisect_left(openings, start, key=_line_of) :][: SECTION_LINES * 2]
    ends = [other.line for other in near if other.label is not hit.label]
    prose = np.flatnonzero(is_prose(page.measured)[start:stop])
    if len(prose):
        ends.append(_headline_above(page, start + int(prose[0])))
    bullet = page.measured.starts_bullet[start:stop]
    if bullet[:1].any() and not bullet.all():
        ends.append(start + int(np.argmin(bullet)))
    return range(start, max(start, min([stop, *ends])))


@lru_cache(REMEMBERED_PAGES)
def _openings(page: Page) -> tuple[Hit, ...]:
    """The hits that are headings of a section, in order of lines."""
    return tuple(hit for hit in page.hits if hit.opens)


def _line_of(hit: Hit) -> int:
    return hit.line


def _headline_above(page: Page, first: int) -> int:
    """The line above the article's first paragraph, byline and date skipped; else `first`."""
    found = core(page)
    if not found or first_paragraph(page, found) != first:
        return first
    meta = {hit.line for hit in page.hits_of(Label.META)}
    return next((i for i in range(first - 1, -1, -1) if i not in meta), first)


@lru_cache(REMEMBERED_PAGES)
def crowd(page: Page) -> float:
    """How much the page looks like a whole web page, 0 to 1; an extracted article is near 0.

    Menus and phrases known from them abound on a whole page. Where there are none, a short line at
    the rim is more likely the article's: a list, a table, a postscript.
    """
    known = len({hit.line for hit in page.hits if hit.label in NOISE})
    menu = int((is_menu_entry(page.measured) & ~page.measured.only_marks).sum())
    return float(np.clip(max(known / KNOWN_LINES, (menu - 15) / MENU_LINES), 0, 1))


def distance_to(mask: Bools) -> Floats:
    """How many lines away the nearest true value is; infinite where there is none.

    >>> distance_to(np.array([False, True, False, False])).tolist()
    [1.0, 0.0, 1.0, 2.0]
    """
    places = np.flatnonzero(mask)
    if not len(places):
        return np.full(len(mask), np.inf, np.float32)
    at = np.arange(len(mask))
    after = np.searchsorted(places, at)
    right = places[np.minimum(after, len(places) - 1)]
    left = places[np.maximum(after - 1, 0)]
    return np.asarray(np.minimum(np.abs(at - left), np.abs(at - right)), dtype=np.float32)


def by_rules(stage: str, page: Page, *labels: Label) -> Iterator[Proposal]:
    """The proposals of all rules for these labels, each for its own line.

    A single word between two paragraphs may be their subheading ('Newsletter'), one with an
    exclamation mark somebody's ('Start!'): there a rule that is not nearly sure weighs less.
    """
    prose = is_prose(page.measured)
    for hit in page.hits_of(*labels):
        i = hit.line
        alone = 0 < i < len(page) - 1 and bool(prose[i - 1] and prose[i + 1])
        apart = alone or bool(page.measured.ends_loudly[i])
        doubtful = apart and page.measured.words[i] == 1 and hit.weight < NEARLY_SURE
        weight = min(hit.weight, DOUBTFUL_WEIGHT) if doubtful else hit.weight
        yield Proposal(i, i, hit.label, weight, stage, hit.rule, hit.reason)
