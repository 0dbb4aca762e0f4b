"""What headings announce: reader comments down to the page's end, or a section of a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import regex

from cleaner.measure.places import Positions
from cleaner.model import Bools, Document, Hit, Label, Measurements
from cleaner.page.pages import Pages
from cleaner.rules.hits import Hits

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
    document: Document, measured: Measurements, comments: Hits, paragraph: Bools
) -> int | None:
    """The line that announces reader comments below it; None if there is none.

    `comments` are the known phrases of comments, `paragraph` the lines of running text. Above the
    article such a line is a link to them, so running text must stand before it. More text below it
    than above may be the article itself, and an article about comments may have a subheading of
    that name: then commenters must be heard below.
    """
    opening = list(comments.where(comments.opens))[:MOST_HEADINGS]
    widths = np.cumsum(np.where(paragraph, measured.width, 0))
    voices = comments.lines[~comments.opens]
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


def _heard(voices: Positions, paragraph: Bools, line: int) -> bool:
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


def below_headings(
    pages: Pages, label: Label, most: int | None = None
) -> tuple[Positions, list[str]]:
    """The lines below headings of a kind of section, and the reason to take each for one of it.

    Of each section there are `most` lines; a line may stand below several headings.
    """
    found = [(section[:most], f"follows {rule}") for section, rule in sections(pages, label)]
    lines = [line for section, _ in found for line in section]
    return np.asarray(lines, np.intp), [reason for section, reason in found for _ in section]


def sections(pages: Pages, label: Label) -> Iterator[tuple[range, str]]:
    """The lines below each heading of a kind of section, and the rule that knows it.

    They end at running text (but for an article's own headline above it), at a heading of another
    kind, and, where they are a bulleted list, with the list.
    """
    openings = pages.hits.where(pages.hits.opens)
    own = openings.labelled(label)
    others = np.append(openings.lines[~own], len(pages))
    lines, rules = openings.lines[own], openings.rules[own].tolist()
    if not len(lines):
        return
    stops = np.minimum(others[np.searchsorted(others, lines, "right")], pages.places.end[lines])
    meta = pages.places.marked(pages.hits.lines[pages.hits.labelled(Label.META)])
    for line, stop, rule in zip(lines.tolist(), stops.tolist(), rules, strict=True):
        yield _section_below(pages, line, stop, meta), openings.known.ids[rule]


def _section_below(pages: Pages, line: int, stop: int, meta: Bools) -> range:
    """The lines of the section below a line, which ends above `stop` at the latest."""
    start = line + 1
    stop = min(stop, start + SECTION_LINES)
    if start >= stop:
        return range(start, start)
    text = start + float(pages.below[start])
    if text < start + SECTION_LINES:
        stop = min(stop, _headline_above(pages, int(text), meta))
    bullet = pages.measured.starts_bullet[start:stop]
    if bullet[:1].any() and not bullet.all():
        stop = start + int(np.argmin(bullet))
    return range(start, max(start, stop))


def _headline_above(pages: Pages, text: int, meta: Bools) -> int:
    """Where a section ends above running text: at the article's headline, byline and date skipped.

    At the text itself where the article does not begin there.
    """
    page = int(pages.places.page[text])
    begin = int(pages.places.starts[page])
    if pages.pages[page].structure.first_paragraph != text - begin:
        return text
    return next((i for i in range(text - 1, begin - 1, -1) if not meta[i]), text)
