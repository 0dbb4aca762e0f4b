"""Lines that stand on many pages of the site, by what was counted of them: see `repeats`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cleaner.measure.places import Positions
from cleaner.model import Bools, Label, Scores
from cleaner.page.pages import Pages
from cleaner.recurrence import Counted
from cleaner.stages.voices import Voices, for_lines, rounded

DOUBT = 3
MOST = 6.5
OFTEN = 0.5
NEAR = 5
NEARLY_ALWAYS = 0.8


def voices(pages: Pages) -> Iterator[Voices]:
    found = [page.recurrence for page in pages.pages]
    if not any(found):
        return
    zeros = [np.zeros(len(p), np.int64) for p in pages.pages]
    on = np.concatenate([r.on if r else z for r, z in zip(found, zeros, strict=True)])
    n = np.asarray([r.documents if r else 0 for r in found])[pages.places.page]
    others = np.maximum(on - 1, 0)
    share = others / (n + DOUBT)
    m = pages.measured
    core = pages.core
    repeats = others > 0
    # own zone
    own = np.zeros(len(pages), np.bool_)
    for page, start in zip(pages.pages, pages.places.starts.tolist(), strict=True):
        s = page.structure
        if s.first_paragraph is not None:
            begin = s.first_paragraph - NEAR
            if s.headline is not None:
                begin = min(begin, s.headline.line)
            own[start + max(begin, 0) : start + s.first_paragraph + 1] = True
    own &= pages.prose | pages.headline_shaped | (share < NEARLY_ALWAYS)
    meta = pages.places.marked(pages.hits.lines[pages.hits.labelled(Label.META, Label.CAPTION)])
    beside = np.zeros(len(pages), np.bool_)
    beside[1:] |= repeats[:-1] & (share[:-1]>=OFTEN)
    beside[:-1] |= repeats[1:] & (share[1:]>=OFTEN)
    inside = core & np.where(pages.prose, share < OFTEN, (share < NEARLY_ALWAYS) | ~beside)
    said = repeats & ~own & ~meta & ~m.dates & ~inside & ~m.only_marks
    lines = np.flatnonzero(said)
    odds = np.minimum(np.log(others[lines]) + 2 * share[lines], MOST)
    weights = 1 / (1 + np.exp(-(odds / 2 - 1.386)))
    reasons = [
        f"on {k} of {of} pages {found[p].site}"
        for k, of, p in zip(on[lines].tolist(), n[lines].tolist(), pages.places.page[lines].tolist())
    ]
    ticker = pages.headline_shaped[lines] & (m.words[lines] >= 4)
    for label, mask in ((Label.TICKER, ticker), (Label.BOILERPLATE, ~ticker)):
        yield for_lines(lines[mask], label, rounded(weights[mask]), "repeats.site", [r for r, x in zip(reasons, mask) if x])
