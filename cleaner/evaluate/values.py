"""A result as plain values, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cleaner.evaluate.calibration import Points, calibration_error, reliability
from cleaner.evaluate.results import Result
from cleaner.evaluate.scores import Scores
from cleaner.model import NOISE, Label

DIGITS = 4
NO_LABEL = "none"


def summary(result: Result) -> dict[str, object]:
    """A result as plain values, for JSON; shares lie between 0 and 1, null where undefined."""
    scores = result.scores
    return {
        "gold": result.name,
        **({"folds": result.folds} if result.folds else {}),
        **_values(scores),
        "nothing": _quality(result.nothing),
        "confusion": {
            "weight": _matrix(scores.confusion),
            "lines": _matrix(scores.confusion_lines),
        },
        "calibration": {
            "label": _calibration(scores.label_points),
            "article": _calibration(scores.article_points),
        },
        **({"by": result.grouped_by, "groups": _groups(result)} if result.grouped_by else {}),
    }


def figures(scores: Scores) -> dict[str, object]:
    """The few figures that tell most about some scores; shares between 0 and 1, null undefined."""
    total, title = scores.total, scores.removed_share(Label.TITLE)
    return {
        "pages": len(scores.pages),
        "micro": round(total.f1, DIGITS),
        "macro": round(scores.macro_f1, DIGITS),
        "title_kept": None if title is None else round(1 - title, DIGITS),
        "body_lost": _rounded(scores.removed_share(Label.BODY)),
        "removed": _per_label((x, scores.removed_share(x)) for x in Label if x in NOISE),
        "calibration_error": _rounded(calibration_error(reliability(scores.label_points))),
    }


def _groups(result: Result) -> dict[str, dict[str, object]]:
    return {name: _values(scores) for name, scores in result.groups.items()}


def _values(scores: Scores) -> dict[str, object]:
    body = Label.BODY
    return {
        "pages": len(scores.pages),
        **_quality(scores),
        "body_lost": {
            "weight": scores.removed[body],
            "share": _rounded(scores.removed_share(body)),
            "lines": scores.lines_removed[body],
        },
        "removed": _per_label((x, scores.removed_share(x)) for x in Label),
        "typed": {
            "micro": _rounded(scores.typed_micro),
            "macro": _rounded(scores.typed_macro),
            "labels": _per_label((x, scores.typed_share(x)) for x in Label if x in NOISE),
        },
        "undecided": {"lines": scores.undecided, "share": _rounded(scores.undecided_share)},
        "quarantined": scores.quarantined,
    }


def _quality(scores: Scores) -> dict[str, float]:
    total = scores.total
    return {
        "precision": round(total.precision, DIGITS),
        "recall": round(total.recall, DIGITS),
        "micro": round(total.f1, DIGITS),
        "macro": round(scores.macro_f1, DIGITS),
    }


def _rounded(share: float | None) -> float | None:
    """A share to four digits; None stays None."""
    return None if share is None else round(share, DIGITS)


def _per_label(shares: Iterable[tuple[Label, float | None]]) -> dict[str, float]:
    return {str(label): round(share, DIGITS) for label, share in shares if share is not None}


def _matrix(confusion: Mapping[tuple[Label, Label | None], int]) -> dict[str, dict[str, int]]:
    """Rows by gold label, columns by the label given."""
    rows: dict[str, dict[str, int]] = {}
    for gold in Label:
        cells = {
            str(given or NO_LABEL): confusion.get((gold, given), 0) for given in (*Label, None)
        }
        if any(cells.values()):
            rows[str(gold)] = {given: n for given, n in cells.items() if n}
    return rows


def _calibration(points: Points) -> dict[str, object]:
    bins = reliability(points)
    return {
        "error": _rounded(calibration_error(bins)),
        "bins": [
            {
                "low": each.low,
                "high": each.high,
                "lines": each.lines,
                "score": _rounded(each.score) if each.lines else None,
                "right": _rounded(each.right) if each.lines else None,
            }
            for each in bins
        ],
    }
