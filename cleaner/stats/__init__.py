"""A finished run in numbers: by site, by language, by label and by length."""

from cleaner.stats.counts import Group, Stats, gather

__all__ = ["Group", "Stats", "gather"]
