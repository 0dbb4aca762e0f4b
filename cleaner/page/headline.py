"""Which lines may be the page's own headline: those above its first paragraph, weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from cleaner.model import Bools, Document, Headline, Label, Measurements
from cleaner.text.segment import prefix_lines

# The headline stands above the first paragraph, with little between: kicker, byline, date, caption.
LINES_ABOVE = 15
MIN_LETTERS = 4
# It fits on four lines of a column.
MOST_WIDTH = 280
# A line with a known phrase of one of these is something else.
OTHER_LABELS = (Label.META, Label.BOILERPLATE, Label.TICKER, Label.CAPTION)
# Words of a headline that come back in this much of the article make it its headline.
BEGINNING_CHARS = 2_000
MANY_SHARED_WORDS = 4
# What makes a line more or less like a headline, in shared words; found by trying on gold pages.
COPY_BONUS = 2.0
FOLLOWED_BONUS = 0.7
FIRST_BONUS = 1.0
DISTANCE_COST = 0.05
SENTENCE_SHARE = 0.5
# The browser's title is among the page's first lines.
TOP_LINES = 4
# A page that comes to its article within this many lines begins with its headline.
NEAR_LINES = 4
MIN_COPY_CHARS = 10
# Words are compared without their endings; pairs of letters stand for words where no spaces do.
MIN_WORD_LETTERS = 4
STEM_LETTERS = 6
_SPACELESS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"
_LETTER = rf"[\p{{L}}--{_SPACELESS}]"
_STEM = rf"({{0}}{{{{{MIN_WORD_LETTERS},{STEM_LETTERS}}}}}){{0}}*"
_STEM_RE = regex.compile(_STEM.format(_LETTER), regex.V1)
_SPACELESS_RE = regex.compile(rf"{_SPACELESS}{{2,}}", regex.V1)
# The same, where it suffices; four times as fast: where there are Latin and Cyrillic letters,
# punctuation and signs only.
_SIMPLE_RE = re.compile("[\x00-\u024f\u0400-\u052f\u2000-\u206f\u20a0-\u20bf]*")
_SIMPLE_STEM_RE = re.compile(_STEM.format(r"[A-Za-zªµºÀ-ÖØ-öø-\u024f\u0400-\u0481\u048a-\u052f]"))


def headlines(
    document: Document, measured: Measurements, first: int, meta: Bools, others: Bools
) -> tuple[Headline, ...]:
    """The lines above `first` that may be the headline of the article beginning there, in order.

    `meta` and `others` say which lines have a known phrase of META, of OTHER_LABELS. A line is like
    the article's headline when its words come back in the article; when it stands near, and reads
    like no sentence; when the page's first lines hold it too, as the browser's title; when byline,
    date or first paragraph follow at once; or when the page begins with it and comes to the article
    soon.
    """
    top = prefix_lines(document)
    lines = _candidates(measured, slice(max(top, first - LINES_ABOVE), first), others)
    if not lines:
        return ()
    contents = _contents(document, [*range(min(TOP_LINES, lines[-1])), *lines])
    start = int(document.lines.starts[first])
    article = document.text[start : start + BEGINNING_CHARS].lower()
    stems = _stems(article)
    titles = [contents[i].casefold() for i in range(min(TOP_LINES, lines[-1]))]
    # A line holds no \n, so what is found lies in one of them.
    above = ["\n".join(titles[:line]) for line in range(len(titles) + 1)]
    sentence = (measured.ends_sentence[lines] & ~measured.ends_loudly[lines]).tolist()
    found = []
    for line, is_sentence in zip(lines, sentence, strict=True):
        shared, likeness = _likeness_of_words(contents[line], article, stems)
        likeness -= DISTANCE_COST * (first - line)
        likeness += COPY_BONUS * _is_copy(contents[line], above[min(line, len(titles))])
        likeness += FOLLOWED_BONUS * (line + 1 == first or bool(meta[line + 1]))
        likeness += FIRST_BONUS * (line == top and first - line <= NEAR_LINES)
        likeness *= SENTENCE_SHARE if is_sentence else 1.0
        found.append(Headline(line, shared, likeness))
    return tuple(found)


def likeliest(candidates: Sequence[Headline]) -> Headline | None:
    """The likeliest of some candidates; of equals the one nearest to the article."""
    return max(candidates, key=lambda headline: (headline.likeness, headline.line), default=None)


def _contents(document: Document, lines: list[int]) -> dict[int, str]:
    """The texts of some lines."""
    starts, ends = document.lines.starts[lines].tolist(), document.lines.ends[lines].tolist()
    rows = zip(lines, starts, ends, strict=True)
    return {line: document.text[start:end] for line, start, end in rows}


def _candidates(measured: Measurements, above: slice, others: Bools) -> list[int]:
    fits = (measured.letters[above] >= MIN_LETTERS) & (measured.width[above] <= MOST_WIDTH)
    lines: list[int] = (above.start + (fits & ~others[above]).nonzero()[0]).tolist()
    return lines


def _likeness_of_words(content: str, article: str, stems: set[str]) -> tuple[int, float]:
    """How many words of a line come back in the article, and how like a headline that makes it.

    `stems` are those of the article; of pairs of letters, its text tells.
    """
    text = content.lower()
    own, pairs = _stems(text), _pairs(text)
    shared = len(own & stems) + sum([pair in article for pair in pairs])
    return shared, min(shared, MANY_SHARED_WORDS) + shared / max(1, len(own) + len(pairs))


def _is_copy(content: str, titles: str) -> bool:
    """Whether the page's first lines, those further up, hold a line's text."""
    text = content.casefold()
    return len(text) >= MIN_COPY_CHARS and text in titles


def _stems(text: str) -> set[str]:
    """The stems of a lower-case text's words.

    >>> sorted(_stems("der rücktritt des ministers 東京駅"))
    ['minist', 'rücktr']
    """
    simple = _SIMPLE_RE.fullmatch(text)
    return set((_SIMPLE_STEM_RE if simple else _STEM_RE).findall(text))


def _pairs(text: str) -> set[str]:
    """The pairs of letters that no spaces part.

    >>> sorted(_pairs("der rücktritt des ministers 東京駅"))
    ['京駅', '東京']
    """
    if _SIMPLE_RE.fullmatch(text):
        return set()
    return {run[i : i + 2] for run in _SPACELESS_RE.findall(text) for i in range(len(run) - 1)}
