"""What cleaning changed, as lines for a terminal or Markdown: in a run, or between two runs."""

from cleaner.diff.documents import diff_of_run
from cleaner.diff.runs import compare

__all__ = ["compare", "diff_of_run"]
