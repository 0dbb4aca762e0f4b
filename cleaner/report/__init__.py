"""A folder of static pages that shows what a run removed, where it stood, and why."""

from cleaner.report.write import write_report

__all__ = ["write_report"]
