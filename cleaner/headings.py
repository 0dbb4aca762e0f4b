"""What headings announce: reader comments down to the page's end, or a section of a few lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
import regex

from cleaner.model import Bools, Document, Hit, Ints, Label, Measurements, Page

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
# A section below a heading is no longer than this.
SECTION_LINES = 30
_WORD_RE = regex.compile(r"\p{L}{5,}|[\p{Han}\p{Hiragana}\p{Katakana}]{2,}")


def comments_heading(
    document: Document, measured: Measurements, comments: Sequence[Hit], paragraph: Bools
) -> int | None:
    """The line that announces reader comments below it; None if there is none.

    `comments` are the known phrases of comments, `paragraph` the lines of running text. Above the
    article such a line is a link to them, so running text must stand before it. More text below it
    than above may be the article itself, and an article about comments may have a subheading of
    that name: then commenters must be heard below.
    """
    opening = [hit for hit in comments if hit.opens][:MOST_HEADINGS]
    if not opening:
        return None
    widths = np.cumsum(np.where(paragraph, measured.width, 0))
    voices = np.asarray([hit.line for hit in comments if not hit.opens], np.int32)
    for hit in opening:
        line = hit.line
        before, below = int(widths[line]), int(widths[-1] - widths[line])
        if before < ARTICLE_WIDTH or before * HEARD_COMMENTS_PER_ARTICLE < below:
            continue
        if _heard(voices[voices > line], paragraph, line):
            return line
        few = before * COMMENTS_PER_ARTICLE >= below
        if few and _is_plain(document, measured, hit, opening, paragraph):
            return line
    return None


def _heard(voices: Ints, paragraph: Bools, line: int) -> bool:
    """Whether commenters speak below a line, the first of them soon."""
    if len(voices) < COMMENT_VOICES:
        return False
    return int(paragraph[line + 1 : int(voices[0])].sum()) <= PARAGRAPHS_TO_VOICE


def _is_plain(
    document: Document, measured: Measurements, hit: Hit, opening: Sequence[Hit], paragraph: Bools
) -> bool:
    """Whether a heading announces comments even without commenters' voices below it."""
    return (
        _reads_like_comments(measured, hit.line, paragraph)
        and not _is_one_of_many(hit, opening, paragraph)
        and not _is_topic(document, hit.line, paragraph)
    )


def _reads_like_comments(measured: Measurements, line: int, paragraph: Bools) -> bool:
    """Whether the text below a line is written as comments are: informally, or in short."""
    m, below = measured, slice(line + 1, None)
    texts = m.words[below] >= COMMENT_WORDS
    if not texts.any():
        return True
    informal = (m.emojis[below] > 0) | m.starts_lower[below] | ~m.ends_sentence[below]
    above = float(m.width[:line][paragraph[:line]].mean())
    short = float(m.width[below][texts].mean()) < SHORT_COMMENTS_SHARE * above
    return short or float(informal[texts].mean()) >= INFORMAL_SHARE


def _is_one_of_many(hit: Hit, opening: Sequence[Hit], paragraph: Bools) -> bool:
    """Whether the same phrase follows further down, below other text: each post has its count."""
    return any(
        other.rule == hit.rule and paragraph[hit.line : other.line].any()
        for other in opening
        if other.line > hit.line
    )


def _is_topic(document: Document, line: int, paragraph: Bools) -> bool:
    """Whether the article above has a word of this line."""
    stems = {word[:STEM_LETTERS] for word in _WORD_RE.findall(document.content(line).lower())}
    above = (document.content(i).lower() for i in np.flatnonzero(paragraph[:line]).tolist())
    return any(stem in text for text in above for stem in stems)


def section_below(page: Page, hit: Hit) -> range:
    """The lines that belong to a heading.

    They end at running text (but for an article's own headline above it), at a heading of another
    kind, and, where they are a bulleted list, with the list.
    """
    start = hit.line + 1
    stop = min(len(page), start + SECTION_LINES, _next_heading(page, hit))
    if start >= stop:
        return range(start, start)
    text = start + float(page.structure.below[start])
    if text < start + SECTION_LINES:
        stop = min(stop, _headline_above(page, int(text)))
    bullet = page.measured.starts_bullet[start:stop]
    if bullet[:1].any() and not bullet.all():
        stop = start + int(np.argmin(bullet))
    return range(start, max(start, stop))


def _next_heading(page: Page, hit: Hit) -> int:
    """The line of the first heading of another kind below one; the page's end without any."""
    openings = page.structure.openings
    after = bisect_left(openings, hit.line + 1, key=attrgetter("line"))
    near = openings[after : after + 2 * SECTION_LINES]
    return next((other.line for other in near if other.label is not hit.label), len(page))


def _headline_above(page: Page, text: int) -> int:
    """Where a section ends above running text: at the article's headline, byline and date skipped.

    At the text itself where the article does not begin there.
    """
    if page.structure.first_paragraph != text:
        return text
    meta = page.structure.hit_lines[Label.META]
    return next((i for i in range(text - 1, -1, -1) if i not in meta), text)
