"""Measurements and voices to one label a line, neighbours included; the only place with thresholds.

A fitted network (see network.py) reads the numbers about every line among its neighbours and says
how likely each label is; its temperature makes the probabilities honest (Guo et al., On calibration
of modern neural networks, ICML 2017). Voices that it was not fitted on, of stages and rules of the
user's own, are added by their weight. A line is removed only when article text is the less likely
reading: in a run of foreign lines by any margin, elsewhere by a clear one.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.decide.decisions import Decisions
from cleaner.decide.features import TOLD, in_foreign_run
from cleaner.decide.inputs import HTML, TEXT, bags_of_pages, inputs_of, numbers_of_pages
from cleaner.decide.page_ends import tails
from cleaner.decide.reasons import Reasons
from cleaner.decide.strength import strength
from cleaner.decide.weights import Weights
from cleaner.model import ARTICLE, LABELS, Bools, Ints, Label, Page, Proposal
from cleaner.stages.voices import Voices

Table = npt.NDArray[np.float64]

# Below this probability of being title or body a line is removed; losing article text is worse than
# keeping noise, so the scale tips at less than one half.
REMOVE_BELOW = 0.4
# Where nearly all of a page is article, one has to be surer: of letters and digits, this share must
# be article for the limit to fall, and that for it to fall to the lower one. (Articles without any
# noise lost .35% of their body instead of .5%, extracted text .6% instead of .8%, whole pages none
# more or less; F1 of extracted text was .0002 lower.)
REMOVE_FROM_ARTICLE_BELOW = 0.2
MOSTLY_ARTICLE, NEARLY_ALL_ARTICLE = 0.8, 0.95
# Lines in a run of foreign ones must be likelier than not to stay, whatever else is on the page.
# (Of foreign lines in and below articles 97.5% go, .024% of the article with them; with .6 97.7%,
# and .034%.)
REMOVE_FOREIGN_BELOW = 0.5
# A line goes as something: where no label but the article's is as probable as this, it stays. (Of
# the body lost on pages not seen, this keeps 8%; F1 is .0002 lower, of whole pages alone. With .35
# it would be 11% and .001.)
LEAST_PROBABLE = 0.3
# Kept lines less probable than this are flagged.
UNDECIDED_BELOW = 0.6
DECIMALS = 4
_INDEX = {label: i for i, label in enumerate(LABELS)}
_RULE = attrgetter("rule")
_IS_ARTICLE = np.asarray([label in ARTICLE for label in LABELS])


@dataclass(frozen=True, slots=True)
class Heard:
    """A page and every voice about it."""

    page: Page
    proposals: Sequence[Proposal]


def decide(
    heard: Sequence[Heard], weights: Weights, margin: float = 0.0, *, brief: bool = False
) -> list[Decisions]:
    """The decisions about the lines of each page, in order.

    `margin` is how much more than usual must speak against the article for a line to go, in log
    odds: more and more lines stay as it grows, and go as it falls below 0. `brief` decisions tell
    of a line what stages said, and not what each measurement added.
    """
    if not weights.html:
        return _decided(heard, weights, margin, brief=brief)
    marked = [inputs_of(each.page) is HTML for each in heard]
    texts = [each for each, has_markup in zip(heard, marked, strict=True) if not has_markup]
    pages = [each for each, has_markup in zip(heard, marked, strict=True) if has_markup]
    of_texts, of_pages = (
        iter(_decided(texts, weights, margin, brief=brief)),
        iter(_decided(pages, weights.html, margin, brief=brief)),
    )
    return [next(of_pages if has_markup else of_texts) for has_markup in marked]


def _decided(
    heard: Sequence[Heard], weights: Weights, margin: float, *, brief: bool
) -> list[Decisions]:
    if not heard:
        return []
    network, pages = weights.network, [h.page for h in heard]
    split = _by_fit([Voices.of(h.proposals) for h in heard], weights)
    features = numbers_of_pages(pages, [known for known, _ in split], weights.inputs)
    inputs = network.read(features, bags_of_pages(pages, weights.inputs))
    foreign, told = in_foreign_run(features), features[:, :TOLD].copy(order="F")
    del features  # of a long page they are large, and nobody asks for the others again
    lengths = list(map(len, pages))
    ends = np.cumsum(lengths).tolist()
    rows = [slice(end - n, end) for n, end in zip(lengths, ends, strict=True)]
    logits = network.logits(inputs, lengths) / weights.temperature
    _add(logits, rows, [own for _, own in split])
    letters = _letters(pages)
    more = tails(logits, lengths, letters) if weights.inputs is TEXT else [()] * len(pages)
    _add(logits, rows, more)
    page = np.repeat(np.arange(len(pages), dtype=np.int32), lengths)
    columns = _columns(logits, page, letters, foreign, margin)
    reasons = [
        Reasons(
            h.page.document,
            weights,
            told[of_page],
            inputs[of_page],
            logits[of_page],
            [*h.proposals, *voices] if voices else h.proposals,
            columns["labels"][of_page],
        )
        for h, of_page, voices in zip(heard, rows, more, strict=True)
    ]
    return [
        Decisions(
            **{name: column[of_page] for name, column in columns.items()},
            evidence=found.brief if brief else found,
        )
        for found, of_page in zip(reasons, rows, strict=True)
    ]


def _columns(
    logits: Table, page: Ints, letters: Ints, foreign: Bools, margin: float
) -> dict[str, npt.NDArray[Any]]:
    """What is decided of each line, by the names of `Decisions`.

    `page` says which page each line is on, `letters` how many letters and digits it has, `foreign`
    whether it stands in a run of foreign ones.
    """
    probabilities = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    article = probabilities[:, _IS_ARTICLE].sum(axis=1)
    other = probabilities[:, ~_IS_ARTICLE].max(axis=1)
    usual = np.where(foreign, REMOVE_FOREIGN_BELOW, _limits(article, page, letters))
    limits = _lowered(usual, margin)
    stays = (article >= limits) | (other < LEAST_PROBABLE)
    labels = np.where(stays[:, None] == _IS_ARTICLE, probabilities, -1.0).argmax(axis=1)
    scores = probabilities[np.arange(len(labels)), labels]
    return {
        "labels": labels.astype(np.int8),
        "scores": np.round(np.minimum(scores, 1.0), DECIMALS),
        "undecided": stays & (article < UNDECIDED_BELOW),
        "article": np.round(np.minimum(article, 1.0), DECIMALS),
    }


def _letters(pages: Sequence[Page]) -> Ints:
    return np.concatenate([p.measured.letters + p.measured.digits for p in pages])


def _limits(article: Table, page: Ints, letters: Ints) -> Table:
    """How probable as article each line must be to stay."""
    of_page = np.bincount(page, letters * article) / np.maximum(np.bincount(page, letters), 1)
    pure = (of_page - MOSTLY_ARTICLE) / (NEARLY_ALL_ARTICLE - MOSTLY_ARTICLE)
    fall = (REMOVE_BELOW - REMOVE_FROM_ARTICLE_BELOW) * np.clip(pure, 0, 1)
    return np.asarray(REMOVE_BELOW - fall[page])


def _lowered(limits: Table, margin: float) -> Table:
    """The probabilities whose log odds are lower by a margin."""
    return limits / (limits + (1 - limits) * math.exp(margin)) if margin else limits


def _by_fit(voices: Sequence[Voices], weights: Weights) -> list[tuple[Voices, Voices]]:
    """Of each page the voices that the weights were fitted on, and others."""
    tables = {id(each.sayings): each.sayings for each in voices}  # most pages share one
    own = [table for table in tables.values() if not weights.voices.issuperset(map(_RULE, table))]
    unknown = set(map(id, own))  # there are none, as nearly always
    return [
        _parted(each, weights) if id(each.sayings) in unknown else (each, each[:0])
        for each in voices
    ]


def _parted(voices: Voices, weights: Weights) -> tuple[Voices, Voices]:
    known = np.asarray([said.rule in weights.voices for said in voices.sayings], np.bool_)
    return voices.where(known[voices.said]), voices.where(~known[voices.said])


def _add(logits: Table, rows: Iterable[slice], voices: Iterable[Iterable[Proposal]]) -> None:
    """Voices that the network did not hear, page by page, by their strength."""
    for of_page, about in zip(rows, voices, strict=True):
        page = logits[of_page]
        # In one order, whatever the order of the stages: sums of floats depend on it.
        for voice in sorted(about):
            page[voice.first : voice.last + 1, _INDEX[voice.label]] += strength(voice.weight)


def spare(
    decisions: Decisions,
    weights: Ints,
    keep: Collection[Label],
    max_removed_share: float,
    text: Bools | None = None,
) -> Decisions | None:
    """Decisions that keep the whole page, where these would remove more than the limit; else None.

    `weights` are the letters and digits of each line; of a page that has none, all lines must go.
    `text` are lines that must not all go, whatever their share.
    The voices stay, so a reviewer sees what would have been removed and why; the scores are how
    probable it is that each line belongs here.
    """
    stays = decisions.labelled(keep)
    none_left = text is not None and bool(text.any()) and not (stays & text).any()
    spared = none_left and max_removed_share < 1
    if not spared and not _emptied(weights, stays, max_removed_share):
        return None
    kept_label = next(label for label in (Label.BODY, *LABELS) if label in keep)
    labels = np.where(stays, decisions.labels, _INDEX[kept_label]).astype(np.int8)
    article = decisions.scores if decisions.article is None else decisions.article
    scores = np.where(stays, decisions.scores, article)
    everything = np.ones(len(labels), np.bool_)
    return replace(decisions, labels=labels, scores=scores, undecided=everything)


def _emptied(weights: Ints, stays: npt.NDArray[np.bool_], max_removed_share: float) -> bool:
    total = int(weights.sum())
    if not total:
        return max_removed_share < 1 and len(stays) > 0 and not stays.any()
    return int(weights[~stays].sum()) > max_removed_share * total
