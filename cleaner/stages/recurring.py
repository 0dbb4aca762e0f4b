"""Finds lines that stand on many pages of the site, where that was counted.

What a site prints on its pages stands in runs of lines that recur; of an article single lines do:
a standing heading, a refrain. But its headline and its first sentences recur as well, in teasers on
other pages, and an agency's text on other sites.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.model import WEIGHS_NOTHING, Bools, Label, Scores
from cleaner.page.pages import Pages
from cleaner.recurrence import Counted
from cleaner.stages.voices import Voices, for_lines, rounded

# A site counts as so many pages more, on which the line does not stand: few pages say little.
DOUBTED_PAGES = 3
# From this share of the pages on, running text is the site's, inside the article and if others have
# it, too; and short lines inside the article are.
OFTEN, NEARLY_ALWAYS = 0.5, 0.8
# The headline stands at most so many lines above the first paragraph, usually.
LINES_TO_HEADLINE = 5
# A teaser says at least so much.
TEASER_WORDS = 4
# What a line adds to the log odds of being noise if it is on all pages, beside what each adds.
ALL_PAGES_ODDS = 2.0
# No count of pages decides by itself.
MOST_ODDS = 6.5
# Voices that the weights were not fitted on count so much more than their log odds.
TRUST = 2.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was counted of the lines of all pages; zeros where nothing was."""

    on: Counted
    documents: Counted
    sites: Counted

    @property
    def others(self) -> Counted:
        """On how many other pages of the site each line stands."""
        return np.maximum(self.on - 1, 0)

    @property
    def share(self) -> Scores:
        """On which share of the site's other pages, where few pages make a small one."""
        return self.others / (self.documents + DOUBTED_PAGES)


def recurring(pages: Pages) -> Iterator[Voices]:
    """Ticker for headlines and teasers, else boilerplate, surer the more pages have the line.

    A line that others have, too, is the article's own on one of these pages only: so many to one
    are the odds against it.
    """
    if not any(page.recurrence for page in pages.pages):
        return
    seen = _seen(pages)
    lines = np.flatnonzero(_of_the_site(pages, seen))
    odds = np.log(seen.others[lines]) + ALL_PAGES_ODDS * seen.share[lines]
    weights = np.asarray(rounded(weight_of(np.minimum(odds, MOST_ODDS))))
    reasons = np.asarray(_reasons(pages, seen, lines), np.object_)
    teaser = (pages.headline_shaped & (pages.measured.words >= TEASER_WORDS))[lines]
    for label, said in ((Label.TICKER, teaser), (Label.BOILERPLATE, ~teaser)):
        yield for_lines(lines[said], label, weights[said], "repeats.site", reasons[said].tolist())


def weight_of(odds: npt.NDArray[np.floating]) -> Scores:
    """The weight of a voice that adds so much to the log odds: see `cleaner.decide.strength`.

    >>> [round(float(weight), 2) for weight in weight_of(np.array([0.0, 3.58]))]
    [0.2, 0.6]
    """
    silent = np.log(WEIGHS_NOTHING / (1 - WEIGHS_NOTHING))
    return np.asarray(1 / (1 + np.exp(-(odds / TRUST + silent))))


def _seen(pages: Pages) -> _Seen:
    found = [page.recurrence for page in pages.pages]
    nothing = [np.zeros(len(page), np.int64) for page in pages.pages]
    several = list(zip(found, nothing, strict=True))
    return _Seen(
        np.concatenate([each.on if each else zeros for each, zeros in several]),
        np.asarray([each.documents if each else 0 for each in found])[pages.places.page],
        np.concatenate([each.sites if each else zeros for each, zeros in several]),
    )


def _of_the_site(pages: Pages, seen: _Seen) -> Bools:
    """Which lines are the site's rather than the article's, as far as counts can tell."""
    recurs, share = seen.others > 0, seen.share
    silent = (
        _captions_and_meta(pages)
        | (_above_the_article(pages, recurs) & _may_be_the_headline(pages, share))
        | ((share < OFTEN) & (_copied(pages, recurs) | (pages.prose & (seen.sites > 1))))
        | (pages.core & (share < np.where(pages.prose, OFTEN, NEARLY_ALWAYS)))
        | (_alone(pages, recurs) & ~pages.prose)
    )
    return np.asarray(recurs & ~silent)


def _captions_and_meta(pages: Pages) -> Bools:
    """Authors and sources recur, and dates are alike without their figures: they are told apart."""
    known = pages.hits.lines[pages.hits.labelled(Label.META, Label.CAPTION)]
    return np.asarray(pages.places.marked(known) | pages.measured.dates)


def _above_the_article(pages: Pages, recurs: Bools) -> Bools:
    """Where the headline may stand: from some lines above the first paragraph down to it.

    Above these, a run of headlines that recur may end with the page's own.
    """
    found, ends = np.zeros(len(pages), np.bool_), _last_of_runs(pages, recurs)
    for page, start in zip(pages.pages, pages.places.starts.tolist(), strict=True):
        first, headline = page.structure.first_paragraph, page.structure.headline
        if first is not None:
            near = max(0, first - LINES_TO_HEADLINE)
            begin = near if headline is None else min(near, headline.line)
            found[start : start + begin] = ends[start : start + begin]
            found[start + begin : start + first + 1] = True
    return found


def _may_be_the_headline(pages: Pages, share: Scores) -> Bools:
    return pages.prose | pages.headline_shaped | (share < NEARLY_ALWAYS)


def _copied(pages: Pages, recurs: Bools) -> Bools:
    """Lines of pages whose article is on other pages, too: the crawl has it more than once."""
    width = np.where(pages.prose & pages.core, pages.measured.width, 0)
    copied = pages.places.whole(np.where(recurs, width, 0))
    return np.asarray(2 * copied > pages.places.whole(width))


def _alone(pages: Pages, recurs: Bools) -> Bools:
    """Lines between two of their page that do not recur."""
    first, last = pages.places.at == 0, pages.places.at == pages.places.lines - 1
    beside = first | last
    beside[1:] |= recurs[:-1]
    beside[:-1] |= recurs[1:]
    return np.asarray(~beside)


def _last_of_runs(pages: Pages, recurs: Bools) -> Bools:
    _, last = pages.places.runs(recurs)
    return pages.places.marked(last)


def _reasons(pages: Pages, seen: _Seen, lines: npt.NDArray[np.intp]) -> list[str]:
    on, of, page = (
        column[lines].tolist() for column in (seen.on, seen.documents, pages.places.page)
    )
    sites = [each.recurrence.site if each.recurrence else "" for each in pages.pages]
    return [
        f"stands on {n:,} of {m:,} pages {sites[p]}" for n, m, p in zip(on, of, page, strict=True)
    ]
