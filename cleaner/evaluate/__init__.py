"""Quality on labelled lines: scores, cross-validation, and the pages that went worst.

A gold page is cleaned as the text of its lines; each line weighs its letters and digits.
"""

from cleaner.evaluate.calibration import Bin, calibration_error, reliability
from cleaner.evaluate.fate import Fate, Judged, fates, judge
from cleaner.evaluate.folds import Train, assign_folds, cross_validate
from cleaner.evaluate.results import Result, cross_evaluate, evaluate_files, result
from cleaner.evaluate.scores import Counts, Scores, doing_nothing, evaluate, score, score_by
from cleaner.evaluate.values import figures, summary
from cleaner.gold import GoldLine, GoldPage, read_gold, weigh

__all__ = [
    "Bin",
    "Counts",
    "Fate",
    "GoldLine",
    "GoldPage",
    "Judged",
    "Result",
    "Scores",
    "Train",
    "assign_folds",
    "calibration_error",
    "cross_evaluate",
    "cross_validate",
    "doing_nothing",
    "evaluate",
    "evaluate_files",
    "fates",
    "figures",
    "judge",
    "read_gold",
    "reliability",
    "result",
    "score",
    "score_by",
    "summary",
    "weigh",
]
