"""What the decision reads of a page: measurements and voices as one row of numbers a line.

Every number belongs to a group; what a decision owes to a group is what `explain` tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner import characters as ch
from cleaner.model import LABELS, Label, Page, Proposal

Matrix = npt.NDArray[np.float32]

SHAPE, SHARED, PLACE, WORDING = "shape", "shared", "place", "wording"
# Farther than this is far.
FAR_LINES = 60
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
GROUPS = (*dict.fromkeys(feature.group for feature in FEATURES), WORDING)


def features(page: Page, proposals: Iterable[Proposal]) -> Matrix:
    """The numbers about each line; shape (lines, features).

    `proposals` are those voices that the weights were fitted on.
    """
    found = np.zeros((len(page), len(FEATURES)), np.float32)
    for columns in (_shape(page), _shared(page), _place(page), _headings(page)):
        for name, values in columns.items():
            found[:, COLUMN[name]] = values
    found[:, COLUMN["foreign"]] = page.foreign
    _voices(found, proposals)
    return found


def _voices(found: Matrix, proposals: Iterable[Proposal]) -> None:
    """The greatest weight of each kind of voice, into the rows of the lines it is about."""
    lines: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for first, last, label, weight, _, rule, _ in proposals:
        column = COLUMN.get(rule)
        if column is None:
            column = _RULE_COLUMN[label]
        if first == last:
            lines.append(first)
            columns.append(column)
            weights.append(weight)
        else:
            rows = found[first : last + 1, column]
            np.maximum(rows, weight, out=rows)
    np.maximum.at(found, (lines, columns), np.asarray(weights, np.float32))


def _shape(page: Page) -> dict[str, npt.NDArray[np.generic]]:
    m = page.measured
    width, letters = np.maximum(m.width, 1), np.maximum(m.letters, 1)
    words = np.maximum(m.words, 1)
    counts = {n: np.log1p(getattr(m, n)) for n in ("width", "words", "commas", "sentences")}
    shares = {n: getattr(m, n) / width for n in ("letters", "digits", "marks")}
    return {
        **counts, **shares,
        "uppers": m.uppers / letters,
        "emojis": np.minimum(m.emojis, MANY_EMOJIS),
        "capitalised": m.capitalised / words,
        "word_length": m.letters / words,
        "dividers": np.log1p(m.dividers),
        "brackets": m.brackets > 0,
        "east_asian": _EAST_ASIAN[m.script],
        **{name: getattr(m, name) for name in _FLAGS},
    }  # fmt: skip


def _shared(page: Page) -> dict[str, npt.NDArray[np.generic]]:
    m = page.measured
    return {
        **{name: getattr(m, name) for name in _SHARED},
        "shared_telling_words": np.log1p(m.shared_telling_words),
        "repeated": np.log1p(m.repeated - 1),
    }


def _place(page: Page) -> dict[str, npt.NDArray[np.generic] | float]:
    m, n, structure = page.measured, len(page), page.structure
    at, prose = np.arange(n), structure.prose
    text = m.width * m.prose
    before, paragraphs = np.cumsum(text) - text, np.cumsum(prose)
    total = max(1.0, float(text.sum()))
    chars = np.cumsum(m.width) - m.width
    first, last = structure.core or (n, n)
    from_core = np.where(at < first, at - first, np.maximum(at - last, 0))
    from_core = from_core if structure.core else np.zeros(n, np.int64)
    return {
        "place": at / max(1, n - 1),
        "from_start": np.log1p(at),
        "from_end": np.log1p(n - 1 - at),
        "lines": float(np.log1p(n)),
        "text_before": before / total,
        "text_after": 1 - (before + text) / total,
        "text": float(np.log1p(total)),
        "chars_before": chars / max(1, int(m.width.sum())),
        "paragraphs_before": np.log1p(paragraphs - prose),
        "paragraphs_after": np.log1p(paragraphs[-1:] - paragraphs),
        "prose_before": np.log1p(np.minimum(structure.above, FAR_LINES)),
        "prose_after": np.log1p(np.minimum(structure.below, FAR_LINES)),
        "core": (at >= first) & (at <= last) if structure.core else 0.0,
        "from_core": np.sign(from_core) * np.log1p(np.abs(from_core)),
        "crowd": structure.crowd,
    }


def _headings(page: Page) -> dict[str, npt.NDArray[np.generic]]:
    found: dict[str, npt.NDArray[np.generic]] = {}
    none = np.zeros(len(page), np.bool_)
    far = np.full(len(page), FAR_LINES)
    openings = page.structure.openings
    for label in _HEADED:
        opening = [hit.line for hit in openings if hit.label is label]
        if not opening:
            found[f"opens.{label}"], found[f"since.{label}"] = none, np.log1p(far)
            continue
        opens = none.copy()
        opens[opening] = True
        found[f"opens.{label}"] = opens
        found[f"since.{label}"] = np.log1p(_since(opens))
    return found


def _since(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """How many lines above the nearest true value stands, the line itself included.

    >>> _since(np.array([False, True, False, False])).tolist()
    [60, 0, 1, 2]
    """
    at = np.arange(len(mask))
    last = np.maximum.accumulate(np.where(mask, at, -FAR_LINES - len(mask)))
    return np.minimum(at - last, FAR_LINES)
