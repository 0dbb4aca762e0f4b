"""What the stages share about pages, found once: shapes of lines, the article's stretch, headings.

The stages look at the same few things over and over; what is found here they may take for granted.
Pages are laid end to end: only what is found line after line is found page by page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.measure import joined
from cleaner.measure.places import Places
from cleaner.model import (
    NOISE,
    Bools,
    Document,
    Floats,
    Headline,
    Hit,
    Label,
    Measurements,
    Scores,
    Structure,
)
from cleaner.page.headings import comments_heading
from cleaner.page.headline import OTHER_LABELS, headlines, likeliest
from cleaner.rules.hits import Hits

# A line reads like running text from here on (see Measurements.prose).
PROSE = 0.5
# A rule this loud names what the line is, however it reads.
KNOWN_WEIGHT = 0.5
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
# As many lines of known phrases, or menu entries beyond the first few, as a whole page has.
KNOWN_LINES = 10
FEW_MENU_LINES = 15
MENU_LINES = 40
_NOWHERE = np.float32(np.inf)

Array = TypeVar("Array", bound=npt.NDArray[np.generic])


def structures(
    documents: Sequence[Document],
    measured: Sequence[Measurements],
    hits: Sequence[Sequence[Hit]],
    foreign: Sequence[Floats],
) -> list[Structure]:
    """What the stages share about each of some pages with these rule hits; at least one page.

    `foreign` is how surely each line is in another language than its page.
    """
    places, m = Places.of([len(document.lines) for document in documents]), joined(measured)
    found = Hits.joined(hits, places.starts.tolist())
    loud = found.weights >= KNOWN_WEIGHT
    noise = places.marked(found.lines[loud & found.labelled(*NOISE)])
    meta = places.marked(found.lines[found.labelled(Label.META)])
    others = places.marked(found.lines[found.labelled(*OTHER_LABELS)])
    prose, menu = m.prose >= PROSE, menu_entries(m)
    paragraph = prose & ~noise & (np.concatenate(foreign) == 0)
    above, below = distances(prose, places)
    columns: dict[str, npt.NDArray[Any]] = {
        "prose": prose,
        "paragraph": paragraph,
        "headline_shaped": headline_shaped(m),
        "menu_entry": menu,
        "known": noise | places.marked(found.lines[loud & found.labelled(Label.META)]),
        "above": above,
        "below": below,
        "lone_word": _lone_word(m, prose, places),
    }
    crowds = _crowds(m, menu, found, places)
    gains = np.where(paragraph, np.minimum(m.width, LONG_WIDTH) * m.prose, -OTHER_COST)
    comments = found.where(found.labelled(Label.COMMENT))
    announced = set(places.page[comments.lines[comments.opens]].tolist())
    of_page = comments.apart(places)
    return [
        _structure(
            _OfPage(documents[i], measured[i], of_page[i] if i in announced else None),
            {name: _fixed(column[rows]) for name, column in columns.items()},
            gains[rows],
            (meta[rows], others[rows]),
            crowds[i],
        )
        for i, rows in enumerate(places.rows())
    ]


class _OfPage(NamedTuple):
    document: Document
    measured: Measurements
    comments: Hits | None
    """The hits for comments, where one of them opens a section."""


def _structure(
    page: _OfPage,
    columns: Mapping[str, npt.NDArray[Any]],
    gains: Scores,
    known: tuple[Bools, Bools],
    crowd: float,
) -> Structure:
    """The structure of one page, from its columns.

    `known` are its lines with a known phrase of meta, and those with one of something else.
    """
    paragraph, heading = columns["paragraph"], None
    if page.comments is not None:
        heading = comments_heading(page.document, page.measured, page.comments, paragraph)
    core = _core(gains[:heading])
    first = _first_paragraph(paragraph, core)
    own: tuple[Headline, ...] = ()
    if first is not None:
        own = headlines(page.document, page.measured, first, *known)
    return Structure(
        **columns,
        comments_heading=heading,
        core=core,
        first_paragraph=first,
        crowd=crowd,
        headlines=own,
        headline=likeliest(own),
    )


def runs(mask: Bools) -> Iterator[tuple[int, int]]:
    """First and last index of every stretch of true values.

    >>> list(runs(np.array([False, True, True, False, True])))
    [(1, 2), (4, 4)]
    """
    if not np.count_nonzero(mask):
        return iter(())
    edges = ((mask[1:] != mask[:-1]).nonzero()[0] + 1).tolist()
    if mask[0]:
        edges.insert(0, 0)
    if mask[-1]:
        edges.append(len(mask))
    return zip(edges[::2], [end - 1 for end in edges[1::2]], strict=True)


def headline_shaped(measured: Measurements) -> Bools:
    """Lines of a headline's shape: a few words, no full stop, no lower-case start."""
    m, (low, high) = measured, HEADLINE_WORDS
    full_stop = m.ends_sentence & ~(m.ends_loudly | m.ends_ellipsis)
    return np.asarray(
        (m.words >= low)
        & (m.words <= high)
        & (m.width <= HEADLINE_WIDTH)
        & ~(full_stop | m.starts_lower | m.ends_colon)
        & (m.sentences <= 2)
        & (m.digits * 4 <= m.letters)
    )


def menu_entries(measured: Measurements) -> Bools:
    """Lines as short as a menu entry or a button, and as bare of punctuation."""
    m = measured
    bare = m.ends_ellipsis | ~m.ends_sentence
    return np.asarray((m.words <= MENU_WORDS) & (m.width <= MENU_WIDTH) & bare)


def distances(mask: Bools, places: Places) -> tuple[Floats, Floats]:
    """How many lines up, and down, the nearest true value of the page is; infinite without any.

    >>> [side.tolist() for side in distances(np.array([False, True, False]), Places.of([2, 1]))]
    [[inf, 0.0, inf], [1.0, 0.0, inf]]
    """
    lines = len(mask)
    at = np.arange(lines)
    last = np.maximum.accumulate(np.where(mask, at, -1))
    following = np.minimum.accumulate(np.where(mask, at, lines)[::-1])[::-1]
    above = np.where(last >= places.first, at - last, _NOWHERE)
    below = np.where(following < places.end, following - at, _NOWHERE)
    return above.astype(np.float32), below.astype(np.float32)


def _core(gains: Scores) -> tuple[int, int] | None:
    """First and last line of the stretch that holds the article; None if nothing reads like one.

    Maximum subsequence segmentation (Pasternack and Roth, Extracting article text from the web with
    maximum subsequence segmentation, WWW 2009): lines of running text count for, others against.
    Reader comments read like running text too: `gains` end above their heading.
    """
    sums = np.zeros(len(gains) + 1)
    np.add.accumulate(gains, out=sums[1:])
    best = int((sums - np.minimum.accumulate(sums)).argmax())
    return (int(sums[:best].argmin()), best - 1) if best else None


def _first_paragraph(paragraph: Bools, core: tuple[int, int] | None) -> int | None:
    return None if core is None else core[0] + int(paragraph[core[0] : core[1] + 1].argmax())


def _lone_word(measured: Measurements, prose: Bools, places: Places) -> Bools:
    """Lines of one word that stand between paragraphs, as a subheading does, or end loudly."""
    inside = (places.page[1:-1] == places.page[:-2]) & (places.page[1:-1] == places.page[2:])
    apart = measured.ends_loudly.copy()
    apart[1:-1] |= prose[:-2] & prose[2:] & inside
    return np.asarray(apart & (measured.words == 1))


def _crowds(measured: Measurements, menu: Bools, hits: Hits, places: Places) -> list[float]:
    """How much each page looks like a whole web page, 0 to 1; an extracted article is near 0.

    Menus and phrases known from them abound on a whole page. Where there are none, a short line at
    the rim is more likely the article's: a list, a table, a postscript.
    """
    pages = len(places.starts)
    heard = places.marked(hits.lines[hits.labelled(*NOISE)])
    known = np.bincount(places.page[heard], minlength=pages)
    entries = np.bincount(places.page[menu & ~measured.only_marks], minlength=pages)
    most = np.maximum(known / KNOWN_LINES, (entries - FEW_MENU_LINES) / MENU_LINES)
    crowds: list[float] = np.clip(most, 0.0, 1.0).tolist()
    return crowds


def _fixed(column: Array) -> Array:
    """The same column, which no stage can write to: the others see it too."""
    column.setflags(write=False)
    return column
