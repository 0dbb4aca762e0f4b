"""What the decision reads of a page: measurements and voices as one row of numbers a line.

Every number belongs to a group; what a decision owes to a group is what `explain` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from cleaner import characters as ch
from cleaner.measure import joined
from cleaner.model import FAR_LINES, LABELS, Bools, Label, Measurements, Page, Proposal, Scores

Matrix = npt.NDArray[np.float32]
Columns = dict[str, npt.NDArray[np.generic]]

SHAPE, SHARED, PLACE, MARKUP, WORDING = "shape", "shared", "place", "markup", "wording"
MANY_EMOJIS = 3
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
    "repeats.line", "spam.foreign_block", "spam.section", "ticker.marked_run", "ticker.run",
    "ticker.section",
)  # fmt: skip
_FLAGS = (
    "ends_sentence", "ends_loudly", "ends_colon", "ends_ellipsis", "starts_upper", "starts_lower",
    "starts_digit", "starts_bullet", "only_marks", "quoted", "money", "times", "years", "dates",
    "addresses", "handles", "prose",
)  # fmt: skip
_SHARED = ("shared_prose", "shared_page", "shared_telling", "shared_top")
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
        Feature("foreign", "language"),
    )


FEATURES = _features()
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


def features_of_pages(pages: Sequence[Page], proposals: Sequence[Sequence[Proposal]]) -> Matrix:
    """The numbers about each line of some pages laid end to end, as `features` gives for each."""
    measured, places = joined([page.measured for page in pages]), _Places.of(pages)
    found = np.zeros((len(places.first), len(FEATURES)), np.float32)
    for columns in (
        _shape(measured),
        _shared(measured),
        _place(measured, pages, places),
        _headings(pages, places),
    ):
        for name, values in columns.items():
            found[:, COLUMN[name]] = values
    found[:, COLUMN["foreign"]] = np.concatenate([page.foreign for page in pages])
    _voices(found, proposals, places.starts)
    return found


def _voices(
    found: Matrix, proposals: Sequence[Sequence[Proposal]], starts: npt.NDArray[np.intp]
) -> None:
    """The greatest weight of each kind of voice, into the rows of the lines it is about."""
    said = list(chain.from_iterable(proposals))
    if not said:
        return
    first, last, labels, weights, _, rules, _ = zip(*said, strict=True)
    by_label = map(_RULE_COLUMN.__getitem__, labels)
    columns = np.fromiter(map(COLUMN.get, rules, by_label), np.intp, len(said))
    begin = np.array(first, np.intp)
    # Each of them once for every line it is about.
    many = np.array(last, np.intp) - begin + 1
    begin += np.repeat(starts, list(map(len, proposals)))
    lines = np.repeat(begin - np.cumsum(many) + many, many) + np.arange(many.sum())
    at = lines * len(FEATURES) + np.repeat(columns, many)
    np.maximum.at(found.reshape(-1), at, np.repeat(np.array(weights, np.float32), many))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the lines of some pages laid end to end stand; one row a line, but for `starts`."""

    starts: npt.NDArray[np.intp]  # the first line of each page; shape (pages,)
    page: npt.NDArray[np.intp]  # the page it is of
    first: npt.NDArray[np.intp]  # the first line of that page
    at: npt.NDArray[np.intp]  # its place there, from 0
    lines: npt.NDArray[np.intp]  # how many lines there are

    @classmethod
    def of(cls, pages: Sequence[Page]) -> _Places:
        lengths = np.fromiter(map(len, pages), np.intp, len(pages))
        starts = np.cumsum(lengths) - lengths
        page = np.repeat(np.arange(len(pages)), lengths)
        first = starts[page]
        return cls(starts, page, first, np.arange(len(page)) - first, lengths[page])

    def of_page(self, values: Iterable[float]) -> npt.NDArray[np.float64]:
        """The value of each line's page."""
        return np.fromiter(values, np.float64, len(self.starts))[self.page]

    def before(self, values: npt.NDArray[np.integer | np.bool_]) -> npt.NDArray[np.intp]:
        """The sum of whole numbers of the lines above on the page."""
        sums = np.zeros(len(values) + 1, np.intp)
        np.cumsum(values, out=sums[1:])
        return sums[:-1] - sums[self.first]


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


def _place(m: Measurements, pages: Sequence[Page], places: _Places) -> Columns:
    found = [page.structure for page in pages]
    at, n, prose = places.at, places.lines, np.concatenate([each.prose for each in found])
    above = np.concatenate([each.above for each in found])
    below = np.concatenate([each.below for each in found])
    text = np.multiply(m.width, m.prose, dtype=np.float64)
    before, totals = _sums(text, places)
    total, chars = places.of_page(totals), places.before(m.width)
    paragraphs = places.before(prose)
    all_chars = places.of_page(int(page.measured.width.sum()) for page in pages)
    all_paragraphs = places.of_page(int(each.prose.sum()) for each in found).astype(np.intp)
    has_core = places.of_page(each.core is not None for each in found) > 0
    first = places.of_page(each.core[0] if each.core else 0 for each in found).astype(np.intp)
    last = places.of_page(each.core[1] if each.core else 0 for each in found).astype(np.intp)
    from_core = has_core * np.where(at < first, at - first, np.maximum(at - last, 0))
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
        "prose_before": np.log1p(np.minimum(above, FAR_LINES)),
        "prose_after": np.log1p(np.minimum(below, FAR_LINES)),
        "core": has_core & (from_core == 0),
        "from_core": np.sign(from_core) * _log1p(np.abs(from_core)),
        "crowd": places.of_page(each.crowd for each in found),
    }


def _sums(text: Scores, places: _Places) -> tuple[Scores, list[float]]:
    """Running text above each line, and of each page.

    Page by page: a sum of floats must not depend on what stands before the page.
    """
    before, totals = np.empty_like(text), []
    ends = [*places.starts[1:].tolist(), len(text)]
    for start, end in zip(places.starts.tolist(), ends, strict=True):
        np.cumsum(text[start:end], out=before[start:end])
        totals.append(max(1.0, float(text[start:end].sum())))
    return before - text, totals


def _headings(pages: Sequence[Page], places: _Places) -> Columns:
    found: Columns = {}
    for label in _HEADED:
        opens = np.zeros(len(places.at), np.bool_)
        opens[
            [
                start + hit.line
                for start, page in zip(places.starts.tolist(), pages, strict=True)
                for hit in page.structure.openings
                if hit.label is label
            ]
        ] = True
        found[f"opens.{label}"] = opens
        found[f"since.{label}"] = _log1p(_since(opens, places.first))
    return found


def _since(mask: Bools, first: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """How many lines above the nearest true value stands on the page, the line itself included.

    `first` is the first line of each line's page.

    >>> _since(np.array([False, True, False, False]), np.array([0, 0, 0, 3])).tolist()
    [60, 0, 1, 60]
    """
    at = np.arange(len(mask))
    last = np.maximum.accumulate(np.where(mask, at, -1))
    return np.where(last < first, FAR_LINES, np.minimum(at - last, FAR_LINES))
