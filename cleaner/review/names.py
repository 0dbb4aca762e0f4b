"""Names of reviewers."""

from __future__ import annotations

LONGEST_NAME_CHARS = 60


def name_of(given: str) -> str | None:
    r"""A reviewer's name as it is kept; None where it cannot be one.

    >>> name_of("  Anna Schmidt "), name_of(""), name_of("a\u202eb")
    ('Anna Schmidt', None, None)
    """
    name = " ".join(given.split())
    return name if name.isprintable() and 0 < len(name) <= LONGEST_NAME_CHARS else None
