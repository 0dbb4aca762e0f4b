"""What the decision reads of a page: measurements and voices as one row of numbers a line.

Every number belongs to a group; what a decision owes to a group is what `explain` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from cleaner.languages.runs import Runs
from cleaner.measure import characters as ch
from cleaner.measure.places import Places, Positions
from cleaner.model import FAR_LINES, LABELS, Bools, Label, Measurements, Page, Proposal, Scores
from cleaner.page.pages import Pages
from cleaner.stages.voices import Voices

Matrix = npt.NDArray[np.float32]
Columns = dict[str, npt.NDArray[np.generic]]

SHAPE, SHARED, PLACE, MARKUP, WORDING = "shape", "shared", "place", "markup", "wording"
MANY_EMOJIS = 3
# What is added up of a run of foreign lines says no more from here on.
MOST_RUN_ODDS = 40.0
# Between what `foreign_run_lines` is of one line, and of two.
LONE_RUN = float(np.log1p(1.5))
# Headings of these open sections.
_HEADED = (Label.TICKER, Label.COMMENT, Label.SPAM, Label.BOILERPLATE)
_STAGE_OF = {
    Label.TICKER: "ticker",
    Label.COMMENT: "comments",
    Label.SPAM: "spam",
    Label.BOILERPLATE: "boilerplate",
}
# Voices that come from the shape of the page, not from a rule pack; each is a number of its own.
STRUCTURAL = (
    "article.announced", "article.between", "article.core", "article.prose",
    "boilerplate.outside", "comments.section", "comments.thread", "language.foreign",
    "language.menu", "metadata.beside", "metadata.nearest", "metadata.prefix", "metadata.title",
    "repeats.line", "spam.foreign_block", "spam.section", "spam.stuffing", "ticker.marked_run",
    "ticker.run", "ticker.section",
)  # fmt: skip
_FLAGS = (
    "ends_sentence", "ends_loudly", "ends_colon", "ends_ellipsis", "starts_upper", "starts_lower",
    "starts_digit", "starts_bullet", "only_marks", "quoted", "money", "times", "years", "dates",
    "addresses", "handles", "prose",
)  # fmt: skip
_SHARED = ("shared_prose", "shared_page", "shared_telling", "shared_top")
_LANGUAGE = ("foreign", "foreign_leaning", "foreign_run", "foreign_run_lines")
_RULE_STAGES = {
    Label.TITLE: "metadata", Label.BODY: "article", Label.CAPTION: "metadata",
    Label.META: "metadata", **_STAGE_OF,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feature:
    """A number about a line: its name, and the group it belongs to."""

    name: str
    group: str


def _features() -> tuple[Feature, ...]:
    shape = ("width", "words", "letters", "uppers", "digits", "marks", "commas", "emojis",
             "sentences", "capitalised", "word_length", "dividers", "brackets", "east_asian",
             *_FLAGS)  # fmt: skip
    place = ("place", "from_start", "from_end", "lines", "text_before", "text_after", "text",
             "chars_before", "paragraphs_before", "paragraphs_after", "prose_before",
             "prose_after", "core", "from_core", "crowd")  # fmt: skip
    return (
        *(Feature(name, SHAPE) for name in shape),
        *(Feature(name, SHARED) for name in (*_SHARED, "shared_telling_words", "repeated")),
        *(Feature(name, PLACE) for name in place),
        *(Feature(f"opens.{x}", _STAGE_OF[x]) for x in _HEADED),
        *(Feature(f"since.{x}", _STAGE_OF[x]) for x in _HEADED),
        *(Feature(f"rule.{label}", _RULE_STAGES[label]) for label in LABELS),
        *(Feature(rule, rule.partition(".")[0]) for rule in STRUCTURAL),
        *(Feature(name, "language") for name in _LANGUAGE),
    )


FEATURES = _features()
# The numbers that are told in words are the first.
TOLD = sum(feature.group in {SHAPE, SHARED, PLACE} for feature in FEATURES)
COLUMN = {feature.name: i for i, feature in enumerate(FEATURES)}
# What the numbers that come from voices are where nobody speaks.
SILENCE = {
    COLUMN[feature.name]: float(np.log1p(FAR_LINES)) if feature.name.startswith("since.") else 0.0
    for feature in FEATURES
    if feature.group not in {SHAPE, SHARED, PLACE}
}
_RULE_COLUMN = {label: COLUMN[f"rule.{label}"] for label in LABELS}
_EAST_ASIAN = np.isin(np.arange(len(ch.SCRIPTS)), list(ch.CHINESE_OR_JAPANESE))
# Counts of more than this are rare.
_LOGARITHMS = np.log1p(np.arange(4_096))
GROUPS = (*dict.fromkeys(feature.group for feature in FEATURES), MARKUP, WORDING)


def features(page: Page, proposals: Sequence[Proposal]) -> Matrix:
    """The numbers about each line; shape (lines, features).

    `proposals` are those voices that the weights were fitted on.
    """
    return features_of_pages([page], [proposals])


def features_of_pages(
    pages: Sequence[Page], proposals: Sequence[Sequence[Proposal]], more: int = 0
) -> Matrix:
    """The numbers about each line of some pages laid end to end, as `features` gives for each.

    Columns are contiguous: they are written one by one, and so they are scaled. There is room for
    `more` of them, which are zero.
    """
    together = Pages.of(pages)
    measured, starts = together.measured, together.places.starts.tolist()
    found = np.zeros((len(together), len(FEATURES) + more), np.float32, order="F")
    # One kind after the other: they take twice the room of what is made of them.
    kinds: tuple[Callable[[], Columns], ...] = (
        partial(_shape, measured),
        partial(_shared, measured),
        partial(_place, together),
        partial(_headings, together),
        partial(_language, together),
    )
    for kind in kinds:
        for name, values in kind().items():
            found[:, COLUMN[name]] = values
    _hear(found, Voices.joined(list(map(Voices.of, proposals)), starts))
    return found


def _hear(found: Matrix, voices: Voices) -> None:
    """The greatest weight of each kind of voice, into the rows of the lines it is about."""
    known = [COLUMN.get(said.rule, _RULE_COLUMN[said.label]) for said in voices.sayings]
    columns = np.asarray(known, np.intp)[voices.said]
    # Each of them once for every line it is about.
    many = voices.last - voices.first + 1
    lines = np.repeat(voices.first - np.cumsum(many) + many, many) + np.arange(many.sum())
    at = np.repeat(columns, many) * len(found) + lines
    np.maximum.at(found.T.reshape(-1), at, np.repeat(voices.weights.astype(np.float32), many))


def _log1p(counts: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
    """Logarithms of counts plus one; of usual ones from a table, in a tenth of the time."""
    if counts.max(initial=0) < len(_LOGARITHMS):
        return np.asarray(_LOGARITHMS.take(counts))
    return np.asarray(np.log1p(counts), np.float64)


def _shape(m: Measurements) -> Columns:
    width, letters = np.maximum(m.width, 1), np.maximum(m.letters, 1)
    words = np.maximum(m.words, 1)
    counts = {n: _log1p(getattr(m, n)) for n in ("width", "words", "commas", "sentences")}
    shares = {n: getattr(m, n) / width for n in ("letters", "digits", "marks")}
    return {
        **counts, **shares,
        "uppers": m.uppers / letters,
        "emojis": np.minimum(m.emojis, MANY_EMOJIS),
        "capitalised": m.capitalised / words,
        "word_length": m.letters / words,
        "dividers": _log1p(m.dividers),
        "brackets": m.brackets > 0,
        "east_asian": _EAST_ASIAN[m.script],
        **{name: getattr(m, name) for name in _FLAGS},
    }  # fmt: skip


def _shared(m: Measurements) -> Columns:
    return {
        **{name: getattr(m, name) for name in _SHARED},
        "shared_telling_words": _log1p(m.shared_telling_words),
        "repeated": _log1p(m.repeated - 1),
    }


def _place(pages: Pages) -> Columns:
    m, places, prose = pages.measured, pages.places, pages.prose
    at, n, page = places.at, places.lines, places.page
    text = np.multiply(m.width, m.prose, dtype=np.float64)
    before, total = _sums(text, places)
    chars, paragraphs = places.before(m.width), places.before(prose)
    all_chars, all_paragraphs = (places.whole(each) for each in (m.width, prose))
    first, last = pages.core_first[page], pages.core_last[page]
    line = np.arange(len(pages))
    from_core = np.where(line < first, line - first, np.maximum(line - last, 0))
    from_core *= first <= last
    return {
        "place": at / np.maximum(1, n - 1),
        "from_start": _log1p(at),
        "from_end": _log1p(n - 1 - at),
        "lines": _log1p(n),
        "text_before": before / total,
        "text_after": 1 - (before + text) / total,
        "text": np.log1p(total),
        "chars_before": chars / np.maximum(1, all_chars),
        "paragraphs_before": _log1p(paragraphs),
        "paragraphs_after": _log1p(all_paragraphs - paragraphs - prose),
        "prose_before": np.log1p(np.minimum(pages.above, FAR_LINES)),
        "prose_after": np.log1p(np.minimum(pages.below, FAR_LINES)),
        "core": pages.core,
        "from_core": np.sign(from_core) * _log1p(np.abs(from_core)),
        "crowd": pages.crowd[page],
    }


def _language(pages: Pages) -> Columns:
    """What speaks for another language: in the line, and in the run of lines that it stands in."""
    m = pages.measured
    runs = Runs.of(pages.leaning, m.letters, m.words == 0, pages.places)
    return {
        "foreign": pages.foreign,
        "foreign_leaning": np.maximum(pages.leaning, 0),
        "foreign_run": np.minimum(runs.odds, MOST_RUN_ODDS),
        "foreign_run_lines": _log1p(runs.lines),
    }


def in_foreign_run(found: Matrix) -> Bools:
    """Which lines, by their features, are foreign in a run of such lines."""
    in_run = found[:, COLUMN["foreign_run_lines"]] > LONE_RUN
    return np.asarray((found[:, COLUMN["foreign"]] > 0) & in_run)


def _sums(text: Scores, places: Places) -> tuple[Scores, Scores]:
    """Running text above each line, and of its page.

    Page by page: a sum of floats must not depend on what stands before the page.
    """
    before, totals = np.empty_like(text), np.empty(len(places.starts))
    for page, rows in enumerate(places.rows()):
        np.cumsum(text[rows], out=before[rows])
        totals[page] = max(1.0, text[rows].sum())
    return before - text, totals[places.page]


def _headings(pages: Pages) -> Columns:
    openings = pages.hits.where(pages.hits.opens)
    found: Columns = {}
    for label in _HEADED:
        opens = pages.places.marked(openings.lines[openings.labelled(label)])
        found[f"opens.{label}"] = opens
        found[f"since.{label}"] = _log1p(_since(opens, pages.places.first))
    return found


def _since(mask: Bools, first: Positions) -> Positions:
    """How many lines above the nearest true value stands on the page, the line itself included.

    `first` is the first line of each line's page.

    >>> _since(np.array([False, True, False, False]), np.array([0, 0, 0, 3])).tolist()
    [60, 0, 1, 60]
    """
    at = np.arange(len(mask))
    last = np.maximum.accumulate(np.where(mask, at, -1))
    return np.where(last < first, FAR_LINES, np.minimum(at - last, FAR_LINES))
