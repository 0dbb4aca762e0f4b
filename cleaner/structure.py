"""What the stages share about a page, found once: shapes of lines, the article's stretch, headings.

The stages look at the same few things over and over; what is found here they may take for granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.headings import comments_heading
from cleaner.headline import headlines, likeliest
from cleaner.model import (
    LABELS,
    NOISE,
    Bools,
    Document,
    Floats,
    Hit,
    Label,
    Measurements,
    Structure,
)

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


def structure(document: Document, measured: Measurements, hits: Sequence[Hit]) -> Structure:
    """What the stages share about a page with these rule hits."""
    by_label = _by_label(hits)
    prose = measured.prose >= PROSE
    menu = menu_entries(measured)
    noise = _loud_lines(by_label, NOISE)
    paragraph = _without(prose, noise)
    heading = comments_heading(document, measured, by_label[Label.COMMENT], paragraph)
    core = _core(measured, paragraph, heading)
    first = _first_paragraph(paragraph, core)
    lines = {label: frozenset([hit.line for hit in found]) for label, found in by_label.items()}
    own = () if first is None else headlines(document, measured, first, lines)
    above, below = distances(prose)
    return Structure(
        prose=_fixed(prose),
        paragraph=_fixed(paragraph),
        headline_shaped=_fixed(headline_shaped(measured)),
        menu_entry=_fixed(menu),
        known=_fixed(_at(noise + _loud_lines(by_label, {Label.META}), len(prose))),
        above=_fixed(above),
        below=_fixed(below),
        lone_words=_lone_words(measured, prose),
        hits=by_label,
        hit_lines=lines,
        openings=tuple([hit for hit in hits if hit.opens]),
        comments_heading=heading,
        core=core,
        first_paragraph=first,
        crowd=_crowd(measured, menu, lines),
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


def distances(mask: Bools) -> tuple[Floats, Floats]:
    """How many lines up, and down, the nearest true value is; infinite where there is none.

    >>> [side.tolist() for side in distances(np.array([False, True, False]))]
    [[inf, 0.0, 1.0], [1.0, 0.0, inf]]
    """
    at = np.arange(len(mask), dtype=np.float32)
    last = np.maximum.accumulate(np.where(mask, at, -_NOWHERE))
    following = np.minimum.accumulate(np.where(mask, at, _NOWHERE)[::-1])[::-1]
    return at - last, following - at


def _by_label(hits: Iterable[Hit]) -> Mapping[Label, tuple[Hit, ...]]:
    found: dict[Label, list[Hit]] = {label: [] for label in LABELS}
    for hit in hits:
        found[hit.label].append(hit)
    return {label: tuple(of_label) for label, of_label in found.items()}


def _loud_lines(by_label: Mapping[Label, Sequence[Hit]], labels: Iterable[Label]) -> list[int]:
    return [hit.line for x in labels for hit in by_label[x] if hit.weight >= KNOWN_WEIGHT]


def _without(mask: Bools, lines: list[int]) -> Bools:
    left = mask.copy()
    left[lines] = False
    return left


def _at(lines: list[int], size: int) -> Bools:
    mask = np.zeros(size, np.bool_)
    mask[lines] = True
    return mask


def _core(measured: Measurements, paragraph: Bools, end: int | None) -> tuple[int, int] | None:
    """First and last line of the stretch that holds the article; None if nothing reads like one.

    Maximum subsequence segmentation (Pasternack and Roth, Extracting article text from the web with
    maximum subsequence segmentation, WWW 2009): lines of running text count for, others against.
    Reader comments read like running text too: the stretch lies above `end`, their heading.
    """
    gain = np.minimum(measured.width, LONG_WIDTH) * measured.prose
    values = np.where(paragraph, gain, -OTHER_COST)[:end]
    sums = np.zeros(len(values) + 1)
    np.add.accumulate(values, out=sums[1:])
    best = int((sums - np.minimum.accumulate(sums)).argmax())
    return (int(sums[:best].argmin()), best - 1) if best else None


def _first_paragraph(paragraph: Bools, core: tuple[int, int] | None) -> int | None:
    return None if core is None else core[0] + int(np.argmax(paragraph[core[0] : core[1] + 1]))


def _lone_words(measured: Measurements, prose: Bools) -> frozenset[int]:
    """Lines of one word that stand between paragraphs, as a subheading does, or end loudly."""
    apart = measured.ends_loudly.copy()
    apart[1:-1] |= prose[:-2] & prose[2:]
    return frozenset((apart & (measured.words == 1)).nonzero()[0].tolist())


def _crowd(measured: Measurements, menu: Bools, lines: Mapping[Label, frozenset[int]]) -> float:
    """How much the page looks like a whole web page, 0 to 1; an extracted article is near 0.

    Menus and phrases known from them abound on a whole page. Where there are none, a short line at
    the rim is more likely the article's: a list, a table, a postscript.
    """
    known = len(frozenset().union(*(lines[label] for label in NOISE)))
    entries = int(np.count_nonzero(menu & ~measured.only_marks))
    return min(1.0, max(0.0, known / KNOWN_LINES, (entries - FEW_MENU_LINES) / MENU_LINES))


def _fixed(column: Array) -> Array:
    """The same column, which no stage can write to: the others see it too."""
    column.setflags(write=False)
    return column
